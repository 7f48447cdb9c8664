import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openStore } from '#engine/store/open-store.ts'
import { migrations } from '#engine/store/migrations/all.ts'
import {
  AT_MS,
  BODIES,
  CLIENT_CERTIFICATE,
  FILE_KEY,
  LARGE_BODY,
  LARGE_NAME,
  SECRET_TEXT,
} from './health-fixtures/populate.ts'
import { openEngine, post, temporaryDataDir, until } from './opened-engine.ts'

const fixtures = path.join(import.meta.dirname, 'health-fixtures')
const FILE = 'countersign.sqlite'

let dataDir: string
beforeEach(() => {
  dataDir = temporaryDataDir()
})
afterEach(() => fs.rmSync(dataDir, { recursive: true, force: true }))

/** A data directory as that version left it. */
function lay(version: number): Buffer {
  const bytes = gunzipSync(fs.readFileSync(path.join(fixtures, `v${version}.sqlite.gz`)))
  fs.writeFileSync(path.join(dataDir, FILE), bytes)
  fs.mkdirSync(path.join(dataDir, 'bodies'))
  fs.writeFileSync(path.join(dataDir, 'bodies', LARGE_NAME), LARGE_BODY)
  const key = `countersign-key-file-1:${FILE_KEY.toString('base64')}\n`
  fs.writeFileSync(path.join(dataDir, 'data.key'), key, { mode: 0o600 })
  return bytes
}

const versions = fs
  .readdirSync(fixtures)
  .flatMap((name) => /^v(\d+)\.sqlite\.gz$/.exec(name)?.[1] ?? [])
  .map(Number)
  .sort((a, b) => a - b)

it('has a fixture of every earlier version', () => {
  const earlier = migrations.slice(0, -1).map(({ number }) => number)
  expect(versions).toEqual(expect.arrayContaining(earlier))
})

describe.each(versions)('a database of version %i', (version) => {
  it('is migrated after a backup and read with everything that was in it', async () => {
    const before = lay(version)
    const { engine, client, url } = await openEngine(dataDir)
    try {
      const { rows } = await client.deliveries.list({})
      expect(rows.map(({ id, verdict }) => [id, verdict])).toEqual([
        [4, 'no-scheme'],
        [3, 'no-scheme'],
        [2, 'valid'],
        [1, 'valid'],
      ])
      const first = await client.deliveries.get({ id: 1 })
      expect(first).toMatchObject({
        receivedAtMs: AT_MS + 1000,
        target: '/svix',
        eventType: 'user.created',
        messageId: 'msg_1',
        skewSeconds: -1.25,
        rawHeaders: [
          ['Host', '127.0.0.1:4100'],
          ['X-Twice', 'one'],
          ['x-twice', 'two'],
        ],
        verificationAtReceipt: { verdict: 'valid', matchedSecretName: 'live key' },
      })
      const attempts = await client.deliveries.attempts({ id: 2 })
      expect(attempts.map(({ id, kind }) => [id, kind])).toEqual([
        [1, null],
        [2, 'retry'],
      ])
      for (const [id, text] of Object.entries(BODIES)) {
        expect(await (await client.deliveries.body({ id: Number(id) })).text()).toBe(text)
      }
      expect(await digest(client, 4)).toBe(createHash('sha256').update(LARGE_BODY).digest('hex'))

      const [endpoint, ...others] = await client.endpoints.list()
      expect(others).toEqual([])
      expect(endpoint).toMatchObject({
        name: 'Svix',
        path: '/svix',
        schemeId: 'svix',
        secrets: [{ id: 1, name: 'live key', state: 'usable' }],
      })
      expect((await client.secrets.reveal({ id: 1 })).text).toBe(SECRET_TEXT)
      expect((await client.settings.get()).retention.maxCount).toBe(5000)
      const [replay] = (await client.replays.list({ deliveryId: 1 })) ?? []
      expect(replay).toMatchObject({ url: 'http://127.0.0.1:3000/hook', messageId: 'msg_again' })
      await expectLaterThings(version, client)

      expect((await post(`${url}/new`, 'goes on')).status).toBe(200)
      expect((await client.deliveries.list({ limit: 1 })).rows[0]?.id).toBe(5)
      await until(async () => (await client.status.get()).indexing === null, 'all is indexed')
      const found = await client.deliveries.list({ filter: { query: 'Okafor' } })
      expect(found.rows.map(({ id }) => id)).toEqual([2, 1])
      const { findings, facts } = await client.health.examine({})
      expect(findings.filter(({ level }) => level === 'wrong')).toEqual([])
      const backups = facts.backups.slice(0, 1)
      const made = version === migrations.length ? [] : [{ kind: 'before-migration', version }]
      expect(backups).toMatchObject(made)
      for (const { file } of backups) assertSame(file, before, version)
    } finally {
      await engine.close()
    }
  }, 60_000)
})

type Client = Awaited<ReturnType<typeof openEngine>>['client']

/** What later versions added, in a database of a version that had it. */
async function expectLaterThings(version: number, client: Client): Promise<void> {
  const { deliveries } = client
  const later: { since: number; read: () => Promise<unknown>; is: unknown }[] = [
    {
      since: 3,
      read: () => deliveries.get({ id: 3 }),
      is: expect.objectContaining({ challengeNote: 'told why' }),
    },
    {
      since: 4,
      read: async () => (await client.schemes.list()).map(({ id }) => id),
      is: expect.arrayContaining(['house']),
    },
    {
      since: 5,
      read: () => deliveries.get({ id: 1 }),
      is: expect.objectContaining({
        pinned: true,
        note: 'the first one',
        times: expect.objectContaining({ answeredAtMs: AT_MS + 1004.25 }),
      }),
    },
    { since: 5, read: () => deliveries.tags(), is: [{ name: 'billing', count: 1 }] },
    {
      since: 5,
      read: () => client.savedFilters.list(),
      is: [expect.objectContaining({ name: 'Failures', query: '-verdict:valid' })],
    },
    {
      since: 7,
      read: () => client.hosts.list(),
      is: expect.arrayContaining(['example.test']),
    },
    {
      since: 7,
      read: () => client.batches.list({}),
      is: [expect.objectContaining({ state: 'done', total: 1 })],
    },
    {
      since: 7,
      read: () => deliveries.get({ id: 1 }),
      is: expect.objectContaining({ answer: expect.objectContaining({ by: 'canned' }) }),
    },
    {
      since: 8,
      read: () => deliveries.get({ id: 2 }),
      is: expect.objectContaining({ clientCertificate: CLIENT_CERTIFICATE }),
    },
  ]
  for (const { read, is } of later.filter(({ since }) => version >= since)) {
    expect(await read()).toEqual(is)
  }
}

async function digest(client: Client, id: number): Promise<string> {
  const hash = createHash('sha256')
  for (let offset = 0; ;) {
    const part = Buffer.from(await (await client.deliveries.body({ id, offset })).arrayBuffer())
    if (part.length === 0) return hash.digest('hex')
    hash.update(part)
    offset += part.length
  }
}

/** The backup is what the database was, to the row. */
function assertSame(backup: string, before: Buffer, version: number): void {
  const original = path.join(dataDir, 'original.sqlite')
  fs.writeFileSync(original, before)
  expect(fs.statSync(backup).mode & 0o777).toBe(0o600)
  const dump = (file: string) => {
    const db = new Database(file, { readonly: true })
    const tables = db
      .prepare<[], string>(
        `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'search%'`,
      )
      .pluck()
      .all()
    const rows = tables.map((table) => [table, db.prepare(`SELECT * FROM ${table}`).all()])
    expect(db.pragma('user_version', { simple: true })).toBe(version)
    db.close()
    return rows
  }
  expect(dump(backup)).toEqual(dump(original))
}

it('keeps the newest three backups, and those that were asked for', () => {
  const asked = path.join(dataDir, 'backups', 'countersign-v6-2026-01-01T00-00-00-000Z.tar')
  for (let n = 0; n < 5; n += 1) {
    lay(6)
    openStore(dataDir).close()
    if (n === 0) fs.writeFileSync(asked, '')
    fs.rmSync(path.join(dataDir, 'bodies'), { recursive: true })
  }
  const names = fs.readdirSync(path.join(dataDir, 'backups')).sort()
  expect(names.filter((name) => name.startsWith('countersign-before-v6-'))).toHaveLength(3)
  expect(names.filter((name) => name.endsWith('.tar'))).toHaveLength(1)
})

it('is refused and untouched when it is of a newer version', async () => {
  const bytes = lay(versions.at(-1) ?? 0)
  const file = path.join(dataDir, FILE)
  const db = new Database(file)
  db.exec(`INSERT INTO migrations VALUES (99, 'later', '${'ab'.repeat(32)}', 0)`)
  db.pragma('user_version = 99')
  db.pragma('wal_checkpoint(TRUNCATE)')
  db.pragma('journal_mode = DELETE')
  db.close()
  const newer = fs.readFileSync(file)
  expect(newer).not.toEqual(bytes)
  await expect(openEngine(dataDir)).rejects.toMatchObject({
    code: 'database-newer',
    message: expect.stringContaining('newer version'),
  })
  expect(fs.readFileSync(file)).toEqual(newer)
  expect(fs.existsSync(path.join(dataDir, 'backups'))).toBe(false)
  expect(fs.existsSync(path.join(dataDir, 'set-aside'))).toBe(false)
})
