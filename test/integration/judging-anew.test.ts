import { rmSync } from 'node:fs'
import http from 'node:http'
import { join } from 'node:path'
import { setImmediate, setTimeout } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Verdict } from '#contract/verdict.ts'
import { svixHeaders, whsec } from '#test/e2e/providers.ts'
import { openEngine, type OpenedEngine, post, temporaryDataDir, until } from './opened-engine.ts'

const SECRET = whsec('judging anew')
const WRONG = whsec('not the one')
const MANY = 3_000

const dataDir = temporaryDataDir()
let app: OpenedEngine
let secretId = 0
let endpointId = 0
let sent = 0
const agent = new http.Agent({ keepAlive: true, maxSockets: 32 })

/** Sends `count` deliveries, `lanes` at a time; the milliseconds that each answer took, in order. */
async function send(count: number, lanes: number, path = '/many'): Promise<number[]> {
  const took: number[] = []
  let left = count
  const lane = async () => {
    while (left-- > 0) {
      const body = `{"n":${++sent}}`
      const headers = svixHeaders(SECRET, body, { id: `msg_${sent}` })
      const { status, tookMs } = await post(app.url + path, body, headers, { agent })
      if (status !== 200) throw new Error(`answered ${status}`)
      took.push(tookMs)
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  return took.sort((a, b) => a - b)
}
const p95 = (sorted: number[]) => sorted[Math.floor(sorted.length * 0.95)] ?? Number.NaN

const count = async (verdict: Verdict) =>
  (await app.client.deliveries.count({ filter: { endpoint: endpointId, verdicts: [verdict] } }))
    .count
/** Read from the file, while no engine goes on with them. */
function storedAs(verdict: Verdict): number {
  const db = new Database(join(dataDir, 'countersign.sqlite'), { readonly: true })
  const found = db
    .prepare<[string], { n: number }>('SELECT count(*) AS n FROM deliveries WHERE verdict = ?')
    .get(verdict)
  db.close()
  return found?.n ?? 0
}
async function verdicts(id: number): Promise<Verdict[]> {
  const { rows } = await app.client.deliveries.list({ filter: { endpoint: id } })
  return [...new Set(rows.map(({ verdict }) => verdict))]
}
const judged = () => until(() => app.engine.status().judging === null, 'nothing is left to judge')
const replace = (text: string) => app.client.secrets.replace({ id: secretId, text })

beforeAll(async () => {
  app = await openEngine(dataDir)
  const endpoint = await app.client.endpoints.create({
    name: 'many',
    path: '/many',
    schemeId: 'svix',
    secrets: [{ text: SECRET }],
  })
  endpointId = endpoint.id
  secretId = endpoint.secrets[0]?.id ?? 0
  await send(MANY, 32)
  await judged()
})
afterAll(async () => {
  agent.destroy()
  await app.engine.close()
  rmSync(dataDir, { recursive: true, force: true })
})

describe('three thousand deliveries', () => {
  it('are judged anew with those on screen first, and the progress shows', async () => {
    // The oldest ones, which would come last by themselves.
    const shown = (await app.client.deliveries.list({ before: { id: 0 }, limit: 50 })).rows
    const onScreen = shown.map(({ id }) => id)
    const db = new Database(join(dataDir, 'countersign.sqlite'), { readonly: true })
    const invalid = db.prepare<[], number>("SELECT id FROM deliveries WHERE verdict = 'invalid'")
    const seen = new Set<number>()
    await replace(WRONG)
    expect(app.engine.status().judging).not.toBeNull()
    let first: number[] = []
    for (let rounds = 0; app.engine.status().judging !== null; rounds++) {
      const { done, total } = app.engine.status().judging ?? { done: 0, total: 0 }
      if (total > 0) seen.add(done / total)
      if (first.length === 0) first = invalid.pluck().all()
      if (rounds % 50 === 0) await setTimeout(1)
      else await setImmediate()
    }
    db.close()
    expect(first.length).toBeLessThan(MANY)
    expect(first).toEqual(expect.arrayContaining(onScreen))
    expect(seen.size).toBeGreaterThan(5)
    expect(Math.max(...seen)).toBeLessThanOrEqual(1)
    expect(await count('invalid')).toBe(MANY)
    expect(await count('valid')).toBe(0)
  })

  it('do not hold up capture meanwhile, and what arrives ends with the current verdict', async () => {
    const idle = p95(await send(300, 4))
    await replace(SECRET)
    const busy = p95(await send(300, 4))
    // Some 8 ms here; a machine with other work stalls now and then, with or without judging.
    expect(busy).toBeLessThan(Math.max(100, 5 * idle))
    await judged()
    expect(await count('valid')).toBe(sent)
  })

  it('go on where they stopped when the engine is closed in the middle', async () => {
    await replace(WRONG)
    await until(() => (app.engine.status().judging?.done ?? 0) > 0, 'it has begun')
    await app.engine.close()
    expect(storedAs('valid')).toBeGreaterThan(0)
    app = await openEngine(dataDir)
    await judged()
    expect(await count('invalid')).toBe(sent)
    expect(app.engine.status().problems).toEqual([])
  })

  it('follow changes that overtake each other, to the last one', async () => {
    for (const text of [SECRET, WRONG, SECRET, WRONG]) {
      await replace(text)
      await setTimeout(20)
    }
    await Promise.all([send(40, 8), replace(SECRET)])
    await judged()
    expect(await count('valid')).toBe(sent)
  })
})

describe('each kind of change', () => {
  const few = { name: 'few', path: '/few', schemeId: 'svix', secrets: [{ text: SECRET }] }

  it('scheme, tolerance and the removal of the secret are followed, and taken back', async () => {
    const { id, secrets } = await app.client.endpoints.create(few)
    const at = new Date(Date.now() - 200_000)
    for (let n = 0; n < 5; n++) {
      await post(`${app.url}/few`, '{}', svixHeaders(SECRET, '{}', { id: `few_${n}`, at }))
    }
    const { client } = app
    const after = async (change: Promise<unknown>) => {
      await change
      await judged()
      return verdicts(id)
    }
    expect(await verdicts(id)).toEqual(['valid'])
    const strict = { pastSeconds: 100, futureSeconds: 100 }
    expect(await after(client.endpoints.update({ id, tolerance: strict }))).toEqual(['stale'])
    expect(await after(client.endpoints.update({ id, tolerance: null }))).toEqual(['valid'])
    expect(await after(client.endpoints.update({ id, schemeId: 'github' }))).toEqual(['unsigned'])
    expect(await after(client.endpoints.update({ id, schemeId: null }))).toEqual(['valid'])
    expect(await after(client.endpoints.update({ id, schemeId: 'svix' }))).toEqual(['valid'])
    const secret = secrets[0]?.id ?? 0
    expect(await after(client.secrets.remove({ id: secret }))).toEqual(['no-secret'])
    const revision = (await client.endpoints.list()).find((one) => one.id === id)?.revision
    await client.endpoints.update({ id, name: 'only its name' })
    const named = (await client.endpoints.list()).find((one) => one.id === id)
    expect(named).toMatchObject({ revision, name: 'only its name' })
    const added = client.secrets.add({ endpointId: id, text: SECRET })
    expect(await after(added)).toEqual(['valid'])
  })

  it('reaches a body that was still streaming in when all others were judged', async () => {
    const slow = { ...few, name: 'slow', path: '/slow' }
    const { secrets } = await app.client.endpoints.create(slow)
    await judged()
    const body = Buffer.alloc(2_000_000, 'z')
    const headers = svixHeaders(SECRET, body.toString(), { id: 'msg_slow' })
    const all = ['Host', 'h', ...headers, 'Content-Length', String(body.length)]
    const request = http.request(`${app.url}/slow`, { method: 'POST', headers: all })
    const answered = new Promise<number>((resolve, reject) => {
      request.on('response', (response) => resolve(response.resume().statusCode ?? 0))
      request.on('error', reject)
    })
    request.write(body.subarray(0, 1_900_000))
    // Past the megabyte that is kept in memory the engine has begun to HMAC with today's secret.
    await setTimeout(300)
    await app.client.secrets.replace({ id: secrets[0]?.id ?? 0, text: WRONG })
    await judged()
    request.end(body.subarray(1_900_000))
    expect(await answered).toBe(200)
    await judged()
    const { rows } = await app.client.deliveries.list({ limit: 1 })
    expect(rows).toMatchObject([{ verdict: 'invalid', verdictAtReceipt: 'valid' }])
  })
})
