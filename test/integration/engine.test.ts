import { Webhook } from 'svix'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { judged, type StartedEngine, startEngine } from './started-engine.ts'

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const OTHER = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD'

function signed(body: string, { id = 'msg_1', secret = SECRET, at = new Date() } = {}) {
  return {
    'content-type': 'application/json',
    'svix-id': id,
    'svix-timestamp': String(Math.floor(at.getTime() / 1000)),
    'svix-signature': new Webhook(secret).sign(id, at, body),
  }
}

describe('the engine as a whole', () => {
  let app: StartedEngine
  beforeEach(async () => {
    app = await startEngine()
  })
  afterEach(() => app.end())

  const post = (path: string, body: string, headers: Record<string, string> = {}) =>
    fetch(app.url + path, { method: 'POST', body, headers })
  const newest = async () => {
    const { rows } = await app.client.deliveries.list({})
    const row = rows[0]
    if (!row) throw new Error('Nothing was stored.')
    return row
  }
  const addSvix = (secret = SECRET) =>
    app.client.endpoints.create({
      name: 'svix',
      path: '/svix',
      schemeId: 'svix',
      secrets: [{ text: secret }],
    })

  it('records what no endpoint takes, names its scheme, and lets an endpoint adopt it', async () => {
    const answer = await post('/hooks', '{"type":"a.b"}', signed('{"type":"a.b"}'))
    expect(answer.status).toBe(200)
    expect(await answer.text()).toBe('')
    const row = await newest()
    expect(row).toMatchObject({ endpointId: null, schemeId: 'svix', verdict: 'no-secret' })

    const suggestion = await app.client.deliveries.suggestEndpoint({ id: row.id })
    expect(suggestion).toMatchObject({ name: 'Svix', path: '/hooks', schemeId: 'svix' })
    const endpoint = await app.client.endpoints.create({
      name: suggestion?.name ?? '',
      path: suggestion?.path ?? '/',
      schemeId: suggestion?.schemeId ?? null,
      secrets: [{ text: SECRET }],
    })
    await judged(app.client)
    expect(await newest()).toMatchObject({
      endpointId: endpoint.id,
      verdict: 'valid',
      verdictAtReceipt: 'no-secret',
      eventType: 'a.b',
    })
  })

  it('follows a change of secret, and back, also for what came an hour ago', async () => {
    const { id, secrets } = await addSvix()
    await post('/svix', '{}', signed('{}'))
    await post('/svix', '{}', signed('{}', { id: 'msg_old', at: new Date(Date.now() - 3_600_000) }))
    const verdicts = async () =>
      (await app.client.deliveries.list({ filter: { endpoint: id } })).rows.map((r) => r.verdict)
    expect(await verdicts()).toEqual(['stale', 'valid'])

    const secretId = secrets[0]?.id ?? 0
    await app.client.secrets.replace({ id: secretId, text: OTHER })
    await judged(app.client)
    expect(await verdicts()).toEqual(['invalid', 'invalid'])
    const invalid = await app.client.deliveries.explain({ id: (await newest()).id })
    expect(invalid.comparisons[0]).toMatchObject({ matches: false, firstDifference: 0 })

    await app.client.secrets.replace({ id: secretId, text: SECRET })
    await judged(app.client)
    expect(await verdicts()).toEqual(['stale', 'valid'])
    const delivery = await app.client.deliveries.get({ id: (await newest()).id })
    expect(delivery.verificationAtReceipt.verdict).toBe('stale')
  })

  it('marks duplicates by kind', async () => {
    await addSvix()
    const first = signed('{"a":1}', { at: new Date(Date.now() - 5000) })
    await post('/svix', '{"a":1}', first)
    await post('/svix', '{"a":1}', first)
    await post('/svix', '{"a":1}', signed('{"a":1}'))
    await post('/svix', '{"a":2}', signed('{"a":2}'))
    const { rows } = await app.client.deliveries.list({})
    expect(rows.map((row) => row.duplicate?.kind ?? null)).toEqual([
      'id-reuse',
      'retry',
      'exact-replay',
      null,
    ])
    expect(rows[0]?.duplicate).toMatchObject({ originalId: rows[3]?.id, ordinal: 4 })
    expect(await app.client.deliveries.attempts({ id: rows[0]?.id ?? 0 })).toHaveLength(4)
  })

  it('keeps everything over a restart, and an endpoint’s deliveries when it is removed', async () => {
    const endpoint = await addSvix()
    await post('/svix', '{"kept":true}', signed('{"kept":true}'))
    await app.restart()
    const row = await newest()
    expect(row.verdict).toBe('valid')
    expect((await app.client.endpoints.list())[0]?.secrets[0]).toMatchObject({ state: 'usable' })
    const body = await app.client.deliveries.body({ id: row.id })
    expect(await body.text()).toBe('{"kept":true}')

    await app.client.endpoints.remove({ id: endpoint.id })
    expect(await app.client.endpoints.list()).toEqual([])
    expect(await newest()).toMatchObject({ id: row.id, endpointName: 'svix' })
  })

  it('replays into its own listener, marked and not counted', async () => {
    const { secrets } = await addSvix()
    expect(secrets).toHaveLength(1)
    await post('/svix', '{"n":1}', signed('{"n":1}', { at: new Date(Date.now() - 3_600_000) }))
    const original = await newest()
    const url = `${app.url}/svix`
    const replay = await app.client.replays.create({ deliveryId: original.id, url, resign: true })
    expect(replay.answer?.status).toBe(200)
    const arrived = await newest()
    expect(arrived).toMatchObject({ verdict: 'valid', duplicate: null, replayId: replay.id })
    const [stored] = await app.client.replays.list({ deliveryId: original.id })
    expect(stored?.arrivedAsDeliveryId).toBe(arrived.id)
  })

  it('sends a test webhook that is signed as the endpoint’s sender would', async () => {
    const endpoint = await addSvix()
    const { deliveryId } = await app.client.tools.sendTest({ endpointId: endpoint.id })
    expect(await newest()).toMatchObject({ id: deliveryId, verdict: 'valid' })
    await app.client.tools.sendTest({})
    expect(await newest()).toMatchObject({ endpointId: null, verdict: 'no-scheme' })
  })

  it('tells subscribers that deliveries arrived and verdicts changed', async () => {
    const endpoint = await addSvix()
    await judged(app.client)
    const stop = new AbortController()
    const changes = await app.client.status.changes(undefined, { signal: stop.signal })
    const next = async () => {
      const { value, done } = await changes.next()
      if (done) throw new Error('The subscription ended.')
      return value
    }
    const start = await next()
    await post('/svix', '{}', signed('{}'))
    const change = await next()
    expect(change).toMatchObject({ fromSeq: start.toSeq, arrived: 1 })
    await app.client.secrets.add({ endpointId: endpoint.id, text: OTHER })
    const seen = await next()
    expect(seen).toMatchObject({ endpoints: true, fromSeq: change.toSeq })
    stop.abort()
  })

  it('spools a large body, verifies it while it streams, and gives its ranges back', async () => {
    await addSvix()
    const body = JSON.stringify({ type: 'big', filler: 'x'.repeat(3_000_000) })
    await post('/svix', body, signed(body, { id: 'msg_big' }))
    const row = await newest()
    expect(row).toMatchObject({ verdict: 'valid', bodyByteLength: body.length })
    const range = await app.client.deliveries.body({ id: row.id, offset: 2_000_000, length: 10 })
    expect(await range.text()).toBe(body.slice(2_000_000, 2_000_010))
    const { verification } = await app.client.deliveries.explain({ id: row.id })
    expect(verification.verdict).toBe('valid')
  })

  it('answers 413 over the limit and records what came as incomplete', async () => {
    await app.client.settings.update({ listener: { bodyLimitBytes: 1024 } })
    const answer = await post('/any', 'y'.repeat(5000))
    expect(answer.status).toBe(413)
    expect(await newest()).toMatchObject({ verdict: 'incomplete', problem: 'body-too-large' })
  })
})
