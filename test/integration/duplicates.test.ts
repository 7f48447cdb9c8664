import { createHmac } from 'node:crypto'
import { rmSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { DeliveryRow } from '#contract/delivery.ts'
import { stripeHeaders, svixHeaders, whsec } from '#test/e2e/providers.ts'
import {
  newestRow,
  openEngine,
  type OpenedEngine,
  post,
  temporaryDataDir,
  until,
} from './opened-engine.ts'

const SECRET = whsec('duplicates')
const dataDir = temporaryDataDir()
let app: OpenedEngine
beforeAll(async () => {
  app = await openEngine(dataDir)
})
afterAll(async () => {
  await app.engine.close()
  rmSync(dataDir, { recursive: true, force: true })
})

/** An endpoint (or, unnamed, a path of the catch-all) of its own for each test. */
let used = 0
async function endpoint(schemeId = 'svix', secret = SECRET) {
  const name = `e${++used}`
  const secrets = [{ text: secret }]
  const made = await app.client.endpoints.create({ name, path: `/${name}`, schemeId, secrets })
  return { ...made, secretId: made.secrets[0]?.id ?? 0 }
}
const freePath = () => `/free${++used}`

async function send(path: string, body: string, headers: readonly string[]): Promise<DeliveryRow> {
  expect((await post(app.url + path, body, headers)).status).toBe(200)
  return newestRow(app.client)
}
const secondsAgo = (seconds: number) => new Date(Date.now() - seconds * 1000)
const svix = (body: string, id: string, ageSeconds = 0, secret = SECRET) =>
  svixHeaders(secret, body, { id, at: secondsAgo(ageSeconds) })
/** As NotifyKit documents it. */
function signed(body: string, seconds: number): string[] {
  const hash = createHmac('sha256', 'nk').update(`${seconds}.${body}`).digest('hex')
  const signature = `t=${seconds},v1=${hash}`
  return ['X-Webhook-Timestamp', String(seconds), 'X-Webhook-Signature', signature]
}
const event = (n: number) => `{"id":"evt_same","type":"a","n":${n}}`
const kind = ({ duplicate }: DeliveryRow) => duplicate?.kind ?? null
const judged = () =>
  until(async () => (await app.client.status.get()).judging === null, 'nothing is left to judge')

it('tells retry, exact replay and reuse of an id, with ordinal and original', async () => {
  const { path } = await endpoint()
  const first = svix('{"a":1}', 'msg', 30)
  const original = await send(path, '{"a":1}', first)
  expect(original.duplicate).toBeNull()
  const later = svix('{"a":1}', 'msg', 10)
  const all = [
    await send(path, '{"a":1}', later),
    await send(path, '{"a":1}', first),
    await send(path, '{"a":1}', later),
    await send(path, '{"a":2}', svix('{"a":2}', 'msg', 5)),
    await send(path, '{"a":1}', svix('{"a":1}', 'msg')),
  ]
  expect(all.map(kind)).toEqual(['retry', 'exact-replay', 'exact-replay', 'id-reuse', 'retry'])
  expect(all.map(({ duplicate }) => duplicate?.ordinal)).toEqual([2, 3, 4, 5, 6])
  for (const { duplicate, receivedAtMs } of all) {
    expect(duplicate?.originalId).toBe(original.id)
    expect(duplicate?.sinceOriginalMs).toBe(receivedAtMs - original.receivedAtMs)
  }
  const other = await send(path, '{"a":1}', svix('{"a":1}', 'another'))
  expect(other.duplicate).toBeNull()
  expect(await app.client.deliveries.attempts({ id: original.id })).toHaveLength(6)
})

it('counts what comes at the same moment once each', async () => {
  const { id, path } = await endpoint()
  const headers = svix('{}', 'msg')
  await Promise.all(Array.from({ length: 12 }, () => post(app.url + path, '{}', headers)))
  const { rows } = await app.client.deliveries.list({ filter: { endpoint: id } })
  const oldest = rows.at(-1)
  expect(rows.map(kind)).toEqual([...Array.from({ length: 11 }, () => 'exact-replay'), null])
  expect(rows.map(({ duplicate }) => duplicate?.ordinal ?? 1)).toEqual([
    12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1,
  ])
  expect(new Set(rows.slice(0, -1).map(({ duplicate }) => duplicate?.originalId))).toEqual(
    new Set([oldest?.id]),
  )
  const filter = { endpoint: id, duplicates: true }
  expect((await app.client.deliveries.count({ filter })).count).toBe(11)
})

it('knows a scheme without ids by the body, and says no more than that', async () => {
  const { path } = await endpoint('notifykit', 'nk')
  const now = Math.floor(Date.now() / 1000)
  expect(kind(await send(path, '{"event":"a"}', signed('{"event":"a"}', now - 9)))).toBeNull()
  const again = await send(path, '{"event":"a"}', signed('{"event":"a"}', now))
  expect(again).toMatchObject({ verdict: 'valid', duplicate: { kind: 'same-body', ordinal: 2 } })
  expect(kind(await send(path, '{"event":"b"}', signed('{"event":"b"}', now)))).toBeNull()
})

it('reads the id from the body where the scheme keeps it there', async () => {
  const { path } = await endpoint('stripe', 'whsec_x')
  const kinds = []
  for (const n of [1, 2])
    kinds.push(kind(await send(path, event(n), stripeHeaders('whsec_x', event(n)))))
  expect(kinds).toEqual([null, 'id-reuse'])
})

it('takes the first right one for the original, not the forged one before it', async () => {
  const { path } = await endpoint()
  const forged = await send(path, '{"evil":1}', svix('{"evil":1}', 'msg', 9, whsec('forger')))
  expect(forged).toMatchObject({ verdict: 'invalid', duplicate: null })
  const genuine = await send(path, '{"a":1}', svix('{"a":1}', 'msg', 6))
  expect(genuine).toMatchObject({ verdict: 'valid', duplicate: null })
  const retry = await send(path, '{"a":1}', svix('{"a":1}', 'msg', 3))
  expect(retry.duplicate).toMatchObject({ kind: 'retry', originalId: genuine.id })
  const forgedAgain = await send(path, '{"evil":1}', svix('{"evil":1}', 'msg', 0, whsec('forger')))
  expect(forgedAgain.duplicate).toMatchObject({ kind: 'id-reuse', originalId: genuine.id })
})

it('keeps endpoints, and paths of the catch-all, apart; the query makes no difference', async () => {
  const [one, two] = [await endpoint(), await endpoint()]
  const [free, other] = [freePath(), freePath()]
  const headers = svix('{}', 'msg')
  const kinds = []
  for (const path of [one.path, two.path, free, other, `${free}?a=1`, `${one.path}?b=2`]) {
    kinds.push(kind(await send(path, '{}', headers)))
  }
  expect(kinds).toEqual([null, null, null, null, 'exact-replay', 'exact-replay'])
})

it('marks replays of ours and does not count them, also when they come first', async () => {
  const { path } = await endpoint()
  const original = await send(path, '{}', svix('{}', 'msg', 9))
  const url = app.url + path
  const target = { deliveryId: original.id, url }
  await app.client.replays.create({ ...target, resign: false })
  const asItWas = await newestRow(app.client)
  await app.client.replays.create({ ...target, resign: true })
  const anew = await newestRow(app.client)
  await app.client.replays.create({ ...target, resign: true, messageId: 'new' })
  const renamed = await newestRow(app.client)
  for (const row of [asItWas, anew, renamed]) {
    expect(row).toMatchObject({ duplicate: null, replayId: expect.any(Number), verdict: 'valid' })
  }
  const retry = await send(path, '{}', svix('{}', 'msg'))
  expect(retry.duplicate).toMatchObject({ kind: 'retry', ordinal: 2, originalId: original.id })
  const first = await send(path, '{}', svix('{}', renamed.messageId ?? '', 1))
  expect(first).toMatchObject({ duplicate: null, replayId: null })
})

it('goes on counting where the catch-all stopped when an endpoint adopts', async () => {
  const path = freePath()
  const first = svix('{}', 'msg', 9)
  const original = await send(path, '{}', first)
  const copies = [await send(path, '{}', first), await send(path, '{}', svix('{}', 'msg', 6))]
  expect(copies.map(kind)).toEqual(['exact-replay', 'retry'])
  const secrets = [{ text: SECRET }]
  const made = await app.client.endpoints.create({ name: path, path, schemeId: 'svix', secrets })
  await judged()
  const { rows } = await app.client.deliveries.list({ filter: { endpoint: made.id } })
  expect(rows.map(({ verdict, id }) => [verdict, id])).toEqual(
    [copies[1], copies[0], original].map((row) => ['valid', row?.id]),
  )
  expect(rows.map(kind)).toEqual(['retry', 'exact-replay', null])
  const next = await send(path, '{}', svix('{}', 'msg'))
  expect(next.duplicate).toMatchObject({ kind: 'retry', ordinal: 4, originalId: original.id })
  const attempts = await app.client.deliveries.attempts({ id: next.id })
  expect(attempts.map((attempt) => attempt.kind)).toEqual([null, 'exact-replay', 'retry', 'retry'])
})

it('joins what several paths held under one adopting endpoint', async () => {
  const folder = freePath()
  const rows = []
  for (const [leaf, age] of [
    ['a', 9],
    ['b', 6],
    ['a', 3],
  ] as const) {
    rows.push(await send(`${folder}/${leaf}`, '{}', svix('{}', 'msg', age)))
  }
  expect(rows.map(kind)).toEqual([null, null, 'retry'])
  const made = { name: folder, path: `${folder}/*`, schemeId: 'svix', secrets: [{ text: SECRET }] }
  await app.client.endpoints.create(made)
  await judged()
  const next = await send(`${folder}/c`, '{}', svix('{}', 'msg'))
  expect(next.duplicate).toMatchObject({ kind: 'retry', ordinal: 4, originalId: rows[0]?.id })
  expect(await app.client.deliveries.attempts({ id: next.id })).toHaveLength(4)
})

it('follows a secret put right: what was invalid can be an original then', async () => {
  const { path, secretId } = await endpoint('svix', whsec('mistyped'))
  const first = await send(path, '{}', svix('{}', 'msg', 9))
  expect(first).toMatchObject({ verdict: 'invalid', duplicate: null })
  expect(kind(await send(path, '{}', svix('{}', 'msg', 6)))).toBe('retry')
  await app.client.secrets.replace({ id: secretId, text: SECRET })
  await judged()
  const third = await send(path, '{}', svix('{}', 'msg', 3))
  expect(third.duplicate).toMatchObject({ kind: 'retry', ordinal: 3, originalId: first.id })
})
