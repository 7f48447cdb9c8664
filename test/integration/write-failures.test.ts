import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ORPCError, safe } from '@orpc/client'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { EngineStartError } from '#engine/options.ts'
import { svixHeaders, whsec } from '#test/e2e/providers.ts'
import {
  newestRow,
  openEngine,
  type OpenedEngine,
  post,
  temporaryDataDir,
  until,
} from './opened-engine.ts'

const SECRET = whsec('write failures')
const HELD = /Another program holds the database/

/** Holds the write lock of the database, as another program would. */
function holdDatabase(dataDir: string): { release(): void } {
  const db = new Database(join(dataDir, 'countersign.sqlite'))
  db.exec('BEGIN IMMEDIATE')
  return {
    release: () => {
      db.exec('ROLLBACK')
      db.close()
    },
  }
}

let dataDir: string
let app: OpenedEngine
let held: { release(): void } | null
beforeEach(async () => {
  dataDir = temporaryDataDir()
  app = await openEngine(dataDir)
  held = null
})
afterEach(async () => {
  held?.release()
  await app.engine.close()
  rmSync(dataDir, { recursive: true, force: true })
})
const release = () => {
  held?.release()
  held = null
}
const problems = async () => (await app.client.status.get()).problems
const addSvix = () =>
  app.client.endpoints.create({
    name: 'svix',
    path: '/svix',
    schemeId: 'svix',
    secrets: [{ text: SECRET }],
  })

async function refusal(call: Promise<unknown>) {
  const { error } = await safe(call)
  if (!(error instanceof ORPCError)) return error
  return { code: error.code, defined: error.defined, message: error.message }
}

describe('a database that another program holds', () => {
  it('refuses deliveries with 503, says why, and takes the next one after', async () => {
    expect((await post(`${app.url}/a`, 'before')).status).toBe(200)
    held = holdDatabase(dataDir)
    const answers = await Promise.all([1, 2, 3].map((n) => post(`${app.url}/a`, `held ${n}`)))
    for (const { status, tookMs, text } of answers) {
      expect(status).toBe(503)
      expect(text).toContain('send it again')
      expect(tookMs).toBeLessThan(3000)
    }
    expect(await problems()).toMatchObject([
      { code: 'write-failed', sentence: expect.stringMatching(HELD) },
    ])
    release()
    expect((await post(`${app.url}/a`, 'after')).status).toBe(200)
    expect(await problems()).toEqual([])
    const { rows } = await app.client.deliveries.list({})
    const bodies = await Promise.all(rows.map(({ id }) => app.client.deliveries.body({ id })))
    expect(await Promise.all(bodies.map((body) => body.text()))).toEqual(['after', 'before'])
  })

  it('leaves no file of a large body that it refused', async () => {
    held = holdDatabase(dataDir)
    const answer = await post(`${app.url}/large`, 'x'.repeat(2_000_000))
    expect(answer.status).toBe(503)
    await until(() => readdirSync(join(dataDir, 'bodies')).length === 0, 'the file is gone')
    release()
    expect((await post(`${app.url}/large`, 'x'.repeat(2_000_000))).status).toBe(200)
    expect(readdirSync(join(dataDir, 'bodies'))).toHaveLength(1)
  })

  it('is UNAVAILABLE for every call that writes, and leaves nothing half done', async () => {
    const { id, secrets } = await addSvix()
    const secretId = secrets[0]?.id ?? 0
    await post(`${app.url}/svix`, '{}', svixHeaders(SECRET, '{}'))
    const { id: deliveryId } = await newestRow(app.client)
    const { client } = app
    held = holdDatabase(dataDir)
    const twoSecrets = [{ text: SECRET }, { text: SECRET }]
    const other = { name: 'other', path: '/other', schemeId: 'svix', secrets: twoSecrets }
    const request = { method: 'POST', target: '/p', rawHeaders: [], bodyBase64: '' }
    const calls = [
      client.endpoints.create(other),
      client.endpoints.update({ id, schemeId: 'stripe' }),
      client.endpoints.remove({ id }),
      client.secrets.add({ endpointId: id, text: 'x' }),
      client.secrets.replace({ id: secretId, text: 'x' }),
      client.secrets.remove({ id: secretId }),
      client.replays.create({ deliveryId, url: `${app.url}/svix`, resign: true }),
      client.settings.update({ listener: { bodyLimitBytes: 2048 } }),
      client.verifying.check({ request, schemeId: null, secrets: [], store: true }),
    ]
    for (const outcome of await Promise.all(calls.map(refusal))) {
      expect(outcome).toEqual({
        code: 'UNAVAILABLE',
        defined: true,
        message: expect.stringMatching(HELD),
      })
    }
    release()
    const [endpoint, ...none] = await client.endpoints.list()
    expect(none).toEqual([])
    expect(endpoint).toMatchObject({ schemeId: 'svix', secrets: [{ id: secretId }] })
    expect((await client.settings.get()).listener.bodyLimitBytes).not.toBe(2048)
    expect((await client.endpoints.create(other)).secrets).toHaveLength(2)
  })

  it('delays judging anew until it lets go, and says so meanwhile', async () => {
    const { secrets } = await addSvix()
    for (let n = 0; n < 5; n++) {
      await post(`${app.url}/svix`, `${n}`, svixHeaders(SECRET, `${n}`, { id: `msg_${n}` }))
    }
    await until(async () => (await app.client.status.get()).judging === null, 'all judged')
    await app.client.secrets.replace({ id: secrets[0]?.id ?? 0, text: whsec('wrong') })
    held = holdDatabase(dataDir)
    const invalid = async () =>
      (await app.client.deliveries.count({ filter: { verdicts: ['invalid'] } })).count
    await until(async () => (await problems()).length > 0, 'the person is told')
    expect(await problems()).toMatchObject([{ code: 'judging-failed' }])
    expect((await app.client.status.get()).judging).not.toBeNull()
    release()
    await until(async () => (await invalid()) === 5, 'judged by itself')
    await until(async () => (await problems()).length === 0, 'the problem is cleared')
  })

  it('lets a replay into the own listener end in an answer either way', async () => {
    await post(`${app.url}/x`, 'once')
    const { id: deliveryId } = await newestRow(app.client)
    // Takes the lock between the replay being stored and its delivery coming in.
    const sent = app.client.replays.create({ deliveryId, url: `${app.url}/x`, resign: false })
    await until(async () => (await app.client.replays.list({})).length > 0, 'the replay is stored')
    held = holdDatabase(dataDir)
    const { error, data } = await safe(sent)
    const ending = error instanceof ORPCError ? error.code : data?.answer?.status
    expect([200, 503, 'UNAVAILABLE']).toContain(ending)
    release()
    expect((await post(`${app.url}/x`, 'goes on')).status).toBe(200)
  })
})

describe('large bodies', () => {
  const large = Buffer.alloc(1_500_000, 'x')

  it('get 503 while their folder is gone, and the problem ends with the next one stored', async () => {
    renameSync(join(dataDir, 'bodies'), join(dataDir, 'away'))
    expect((await post(`${app.url}/big`, large)).status).toBe(503)
    expect(await problems()).toMatchObject([
      { code: 'body-not-stored', sentence: expect.stringContaining('503') },
    ])
    expect((await post(`${app.url}/small`, 'still taken')).status).toBe(200)
    expect(await problems()).toHaveLength(1)
    mkdirSync(join(dataDir, 'bodies'))
    expect((await post(`${app.url}/big`, large)).status).toBe(200)
    expect(await problems()).toEqual([])
  })

  it('whose file was removed are incomplete, and do not stop the judging of others', async () => {
    const { secrets } = await addSvix()
    const send = (body: string, id: string) =>
      post(`${app.url}/svix`, body, svixHeaders(SECRET, body, { id }))
    await send('small', 'msg_1')
    await send(large.toString(), 'msg_2')
    rmSync(join(dataDir, 'bodies'), { recursive: true })
    mkdirSync(join(dataDir, 'bodies'))
    await app.client.secrets.replace({ id: secrets[0]?.id ?? 0, text: whsec('wrong') })
    await until(async () => (await app.client.status.get()).judging === null, 'judged')
    const { rows } = await app.client.deliveries.list({})
    expect(rows.map(({ verdict }) => verdict)).toEqual(['incomplete', 'invalid'])
    const { verification } = await app.client.deliveries.explain({ id: rows[0]?.id ?? 0 })
    expect(verification.reason.sentence).toContain('missing from the data directory')
    expect(await problems()).toEqual([])
  })
})

const canMount = process.platform === 'linux' && process.getuid?.() === 0 && triesToMount()

function triesToMount(): boolean {
  const folder = temporaryDataDir()
  try {
    execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', folder], { stdio: 'ignore' })
    execFileSync('umount', [folder])
    return true
  } catch {
    // A container without that capability: the tests below are then skipped by name.
    return false
  } finally {
    rmSync(folder, { recursive: true })
  }
}

describe.skipIf(!canMount)('a small disk of its own (skipped unless root on Linux)', () => {
  let disk: string
  beforeEach(() => {
    disk = temporaryDataDir()
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', disk])
  })
  afterEach(() => {
    execFileSync('umount', [disk])
    rmSync(disk, { recursive: true })
  })

  it('that is full gets 503 for what does not fit, loses nothing, and recovers', async () => {
    const small = await openEngine(disk)
    let stored = 0
    try {
      const status = async () => (await small.client.status.get()).problems
      writeFileSync(join(disk, 'filler'), Buffer.alloc(2_000_000))
      const body = Buffer.alloc(100_000, 'y')
      let taken = 0
      let answer = await post(`${small.url}/n`, body)
      for (; answer.status === 200 && taken < 100; taken++) {
        answer = await post(`${small.url}/n`, body)
      }
      expect(answer.status).toBe(503)
      expect(answer.tookMs).toBeLessThan(3000)
      expect(await status()).toMatchObject([
        { code: 'write-failed', sentence: expect.stringMatching(/disk is full|disk reported/) },
      ])
      const large = await post(`${small.url}/big`, Buffer.alloc(3_000_000))
      expect(large.status).toBe(503)
      const told = (await status()).map(({ code }) => code).sort()
      expect(told).toEqual(['body-not-stored', 'write-failed'])
      rmSync(join(disk, 'filler'))
      expect((await post(`${small.url}/n`, body)).status).toBe(200)
      expect((await status()).map(({ code }) => code)).not.toContain('write-failed')
      stored = taken + 1
      expect((await small.client.deliveries.count({})).count).toBe(stored)
    } finally {
      await small.engine.close()
    }
    const again = await openEngine(disk)
    expect((await again.client.deliveries.count({})).count).toBe(stored)
    await again.engine.close()
  })

  it('that is read-only is refused at the start, in words', async () => {
    const small = await openEngine(disk)
    await small.engine.close()
    execFileSync('mount', ['-o', 'remount,ro', disk])
    const error = await openEngine(disk).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(EngineStartError)
    expect(error).toMatchObject({
      code: 'data-dir-unusable',
      message: expect.stringContaining('--data-dir'),
    })
  })
})
