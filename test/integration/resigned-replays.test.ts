import { rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { schemes } from '#engine/signatures/catalogue.ts'
import { secretTextFor, settingsOf } from '#engine/signatures/made-request.ts'
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

const verdictOf = async (id: number) => {
  const { verdict, verification } = await app.client.deliveries.get({ id })
  return `${verdict}: ${verification.reason.sentence}`
}

/** Those that keep what is signed in the body or the URL are among them. */
describe.each(schemes.map((scheme) => [scheme.id, scheme] as const))('%s', (id, scheme) => {
  it('takes our test webhook, and the replay of it, signed anew', async () => {
    const endpoint = await app.client.endpoints.create({
      name: id,
      path: `/${id}`,
      schemeId: id,
      settings: { ...settingsOf(scheme) },
      secrets: [{ text: secretTextFor(scheme) }],
    })
    const { deliveryId } = await app.client.tools.sendTest({ endpointId: endpoint.id })
    expect(await verdictOf(deliveryId)).toMatch(/^valid: /)
    const { target } = await app.client.deliveries.get({ id: deliveryId })
    const replay = await app.client.replays.create({
      deliveryId,
      url: app.url + target,
      resign: true,
    })
    expect(replay.arrivedAsDeliveryId).not.toBeNull()
    expect(await verdictOf(replay.arrivedAsDeliveryId ?? 0)).toMatch(/^valid: /)
  })
})
