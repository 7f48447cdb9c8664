import { rmSync } from 'node:fs'
import { safe } from '@orpc/client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CheckReport } from '#contract/check.ts'
import { battery } from '#engine/replay/check/battery/battery.ts'
import { openStore } from '#engine/store/open-store.ts'
import { serve, type Handler } from './check-rig.ts'
import { weakHandler } from './check-weak-handlers.ts'
import { openEngine, temporaryDataDir, until, type OpenedEngine } from './opened-engine.ts'

const secret = `whsec_${Buffer.from('a secret that is stored with an endpoint').toString('base64')}`
const schemeId = 'standard-webhooks'
const quick = ['accepts', 'rejects']

let dataDir = ''
let opened: OpenedEngine
let handler: Handler
beforeAll(async () => {
  dataDir = temporaryDataDir()
  opened = await openEngine(dataDir)
  handler = await serve(weakHandler('accepts-unsigned', [secret]))
})
afterAll(async () => {
  await opened.engine.close()
  await handler.close()
  rmSync(dataDir, { recursive: true, force: true })
})

async function ended(id: number): Promise<CheckReport> {
  await until(
    async () => (await opened.client.checks.get({ id })).state !== 'running',
    'the check has ended',
  )
  return opened.client.checks.get({ id })
}

async function endpointWithSecret(): Promise<number> {
  const { client } = opened
  const endpoint = await client.endpoints.create({ name: 'shop', path: '/shop', schemeId })
  await client.secrets.add({ endpointId: endpoint.id, name: 'live', text: secret })
  return endpoint.id
}

describe('an endpoint check through the API', () => {
  test('runs with the secrets of an endpoint, is stored without them, and can be read again', async () => {
    const endpointId = await endpointWithSecret()
    const { client } = opened
    const started = await client.checks.start({
      url: handler.url,
      schemeId,
      endpointId,
      only: quick,
    })
    expect(started).toMatchObject({ state: 'running', schemeName: 'Standard Webhooks' })
    const report = await ended(started.id)
    expect(report).toMatchObject({ state: 'done', problem: null, total: report.results.length })
    const failed = report.results.filter(({ outcome }) => outcome === 'failed')
    expect(failed.map(({ id }) => id)).toEqual(['rejects.missing-signature'])
    const [summary] = await client.checks.list({})
    expect(summary).toMatchObject({ id: started.id, failed: 1, done: report.total, state: 'done' })

    await opened.engine.close()
    const store = openStore(dataDir)
    const row = store.checks.get(started.id)
    store.close()
    expect(`${row?.summary}${row?.results}`).not.toContain(secret.slice(6))
    opened = await openEngine(dataDir)
    expect(await opened.client.checks.get({ id: started.id })).toEqual(report)
  })

  test('its report comes as a page, JSON and JUnit, without any secret', async () => {
    const { client } = opened
    const input = { url: handler.url, schemeId, secretTexts: [secret], only: ['rejects'] }
    const { id } = await client.checks.start(input)
    await ended(id)
    for (const format of ['html', 'json', 'junit'] as const) {
      const { text, name } = await client.checks.report({ id, format })
      expect(text).toContain('rejects.missing-signature')
      expect(text).not.toContain(secret.slice(6))
      expect(text).not.toContain(Buffer.from(secret.slice(6), 'base64').toString('hex'))
      expect(name).toMatch(/^endpoint-check-\d+\.(?:html|json|xml)$/)
    }
  })

  test('tells how it goes, and ends when it is cancelled', async () => {
    const slow = await serve(async (received) => {
      await new Promise((resolve) => setTimeout(resolve, 30))
      return weakHandler('none', [secret])(received)
    })
    try {
      const { client } = opened
      const input = { url: slow.url, schemeId, secretTexts: [secret] }
      const { id, total } = await client.checks.start(input)
      expect(total).toBe(battery.length)
      const done = async () => (await client.checks.list({}))[0]?.done ?? 0
      await until(async () => (await done()) >= 2, 'two cases were asked')
      await client.checks.cancel({ id })
      const report = await ended(id)
      expect(report.state).toBe('cancelled')
      expect(report.results.at(-1)).toMatchObject({
        outcome: 'skipped',
        found: 'The check was cancelled.',
      })
      await client.checks.cancel({ id })
    } finally {
      await slow.close()
    }
  })

  test('one that ran when Countersign ended was cancelled; one that it died of has failed', async () => {
    const silent = await serve(() => new Promise(() => undefined))
    try {
      const input = { url: silent.url, schemeId, secretTexts: [secret] }
      const { id } = await opened.client.checks.start(input)
      await opened.engine.close()
      // As a process that was killed leaves it.
      const store = openStore(dataDir)
      const summary = JSON.parse(store.checks.get(id)?.summary ?? '')
      expect(summary.state).toBe('cancelled')
      store.checks.update(id, JSON.stringify({ ...summary, state: 'running', endedAtMs: null }))
      store.close()
      opened = await openEngine(dataDir)
      expect(await opened.client.checks.get({ id })).toMatchObject({
        state: 'failed',
        problem: 'Countersign ended while the check was running. Start it again.',
      })
    } finally {
      await silent.close()
    }
  })

  test('is removed, also while it runs', async () => {
    const { client } = opened
    const { id } = await client.checks.start({ url: handler.url, schemeId, secretTexts: [secret] })
    await client.checks.remove({ id })
    expect((await client.checks.list({})).map((each) => each.id)).not.toContain(id)
    const missing = { code: 'NOT_FOUND', message: `There is no check ${id}.` }
    expect((await safe(client.checks.get({ id }))).error).toMatchObject(missing)
    expect((await safe(client.checks.remove({ id }))).error).toMatchObject(missing)
    expect((await safe(client.checks.cancel({ id }))).error).toMatchObject(missing)
  })

  test('says what it cannot do', async () => {
    const { client } = opened
    const before = await client.checks.list({})
    const input = { url: handler.url, schemeId, secretTexts: [secret] }
    const refused = async (changes: Partial<typeof input> & Record<string, unknown>) => {
      const { error } = await safe(client.checks.start({ ...input, ...changes }))
      return error
    }
    expect(await refused({ schemeId: 'nobody' })).toMatchObject({ code: 'NOT_FOUND' })
    expect(await refused({ secretTexts: [] })).toMatchObject({
      message: 'There is no secret to sign with.',
    })
    expect(await refused({ only: ['everything'] })).toMatchObject({
      message: 'There is no case or group “everything”.',
    })
    expect(await refused({ endpointId: 99 })).toMatchObject({
      message: 'There is no endpoint 99.',
    })
    expect(await refused({ schemeId: 'discord', secretTexts: ['ab'.repeat(32)] })).toMatchObject({
      message: expect.stringContaining('signs with a private key that only it has'),
    })
    expect(await refused({ url: 'http://203.0.113.9/hook' })).toMatchObject({
      code: 'HOST_NOT_ALLOWED',
      data: { host: '203.0.113.9' },
    })
    expect(await client.checks.list({})).toEqual(before)
  })

  test('names the cases of a scheme, without those that do not apply', async () => {
    const { client } = opened
    const of = async (id: string) =>
      (await client.checks.cases({ schemeId: id })).map((each) => each.id)
    expect(await of('stripe')).toEqual(expect.arrayContaining(['rejects.too-old']))
    expect(await of('github')).not.toContain('rejects.too-old')
    expect(await of('gitlab-token')).not.toContain('rejects.tampered-byte')
    expect(await of('discord')).not.toContain('behaves.constant-time')
    for (const each of await client.checks.cases({ schemeId: 'stripe' })) {
      expect(each.why.length).toBeGreaterThan(40)
      expect(each.fix.length).toBeGreaterThan(40)
    }
  })
})
