/** Receiver code over the contract, for schemes of the catalogue and for a person's own. */
import { rmSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { findScheme } from '#engine/signatures/catalogue.ts'
import { openEngine, type OpenedEngine, temporaryDataDir } from './opened-engine.ts'

const dataDir = temporaryDataDir()
let app: OpenedEngine
beforeAll(async () => {
  app = await openEngine(dataDir)
})
afterAll(async () => {
  await app.engine.close()
  rmSync(dataDir, { recursive: true, force: true })
})

it('there is code or a reason for every target that is offered', async () => {
  const { tools } = app.client
  const targets = await tools.verifierTargets()
  expect(targets.map(({ id }) => id)).toContain('express')
  for (const { id, language } of targets) {
    const made = await tools.verifierCode({ schemeId: 'stripe', target: id })
    expect(made).toMatchObject({ language, code: expect.stringMatching(/stripe/i) })
  }
})

it('knows a scheme of a person’s own, and says what it does not know', async () => {
  const { tools, schemes } = app.client
  const scheme = { ...findScheme('github'), id: 'my-shop', name: 'My shop' }
  await schemes.save({ scheme })
  const made = await tools.verifierCode({ schemeId: 'my-shop', target: 'express' })
  expect(made).toMatchObject({ filename: 'my-shop-webhook.ts' })
  const unknown = tools.verifierCode({ schemeId: 'nobody', target: 'express' })
  await expect(unknown).rejects.toMatchObject({ code: 'NOT_FOUND' })
  const cobol = tools.verifierCode({ schemeId: 'stripe', target: 'cobol' })
  await expect(cobol).rejects.toMatchObject({ code: 'BAD_REQUEST' })
})
