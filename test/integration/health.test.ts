import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { svixHeaders, whsec } from '#test/e2e/providers.ts'
import { runCli } from './cli-process.ts'
import {
  newestRow,
  openEngine,
  type OpenedEngine,
  post,
  temporaryDataDir,
  until,
} from './opened-engine.ts'

const SECRET = whsec('health')
const FILE = 'countersign.sqlite'
const LARGE = Buffer.alloc(1_300_000, 'large ')

let dataDir: string
let app: OpenedEngine | null = null
beforeEach(() => {
  dataDir = temporaryDataDir()
})
afterEach(async () => {
  await app?.engine.close()
  app = null
  fs.rmSync(dataDir, { recursive: true, force: true })
})

async function start(): Promise<OpenedEngine> {
  app = await openEngine(dataDir)
  return app
}

/** An endpoint with a secret, two small deliveries and one in a file. */
async function fill({ client, url }: OpenedEngine): Promise<void> {
  const secrets = [{ text: SECRET }]
  await client.endpoints.create({ name: 'svix', path: '/svix', schemeId: 'svix', secrets })
  await post(`${url}/svix`, '{"a":1}', svixHeaders(SECRET, '{"a":1}'))
  await post(`${url}/plain`, 'plain')
  await post(`${url}/large`, LARGE)
}

/** Writes over the first page of a table or index, behind the back of whoever has it open. */
function overwrite(name: string): void {
  const file = path.join(dataDir, FILE)
  const db = new Database(file)
  const page = db
    .prepare<[string], number>('SELECT rootpage FROM sqlite_schema WHERE name = ?')
    .pluck()
    .get(name)
  db.pragma('wal_checkpoint(TRUNCATE)')
  db.close()
  const fd = fs.openSync(file, 'r+')
  fs.writeSync(fd, Buffer.alloc(4096, 0xa5), 0, 4096, ((page ?? 0) - 1) * 4096)
  fs.closeSync(fd)
}

const indexed = () =>
  until(async () => (await app?.client.settings.stored())?.deliveries === 3, 'all is indexed')

const doctor = (...args: string[]) => runCli(['doctor', '--data-dir', dataDir, ...args])

const codes = async ({ client }: OpenedEngine) =>
  (await client.status.get()).problems.map(({ code }) => code.replace(/-\d.*/, ''))

describe('a database that is damaged while the engine runs', () => {
  it('is set aside, and the engine goes on at the same port with what could be read', async () => {
    const running = await start()
    await fill(running)
    const { client, url } = running
    const before = await client.deliveries.list({})
    overwrite('deliveries_by_verdict')
    const { repaired, findings } = await client.health.examine({ repair: true })
    expect(repaired).toHaveLength(1)
    expect(findings.filter(({ level }) => level === 'wrong')).toEqual([])
    expect((await client.status.get()).listening?.url).toBe(url)
    const ids = async () => (await client.deliveries.list({})).rows.map(({ id }) => id)
    expect(await ids()).toEqual(before.rows.map(({ id }) => id))
    expect((await post(`${url}/svix`, '{}', svixHeaders(SECRET, '{}'))).status).toBe(200)
    expect((await newestRow(client)).verdict).toBe('valid')
    const [aside] = (await client.health.facts()).setAside
    expect(fs.readdirSync(aside?.folder ?? '')).toContain(FILE)
    expect(await codes(running)).toEqual(['database-set-aside'])
    expect((await client.status.get()).problems[0]?.sentence).toContain(aside?.folder)
    await client.health.acknowledge({ id: aside?.id ?? '' })
    expect(await codes(running)).toEqual([])
  })

  it('is found by whoever reads it, and subscribers stay subscribed', async () => {
    const running = await start()
    await fill(running)
    const { client, url } = running
    const changes = await client.status.changes()
    await changes.next()
    overwrite('replays')
    const list = () => client.replays.list({})
    await list().catch(() => undefined)
    await until(async () => (await codes(running)).includes('database-set-aside'), 'it is found')
    expect(await list()).toEqual([])
    await changes.next()
    const told = changes.next()
    expect((await post(`${url}/again`, 'x')).status).toBe(200)
    await told
    expect((await client.deliveries.count({})).count).toBe(4)
    await changes.return()
  }, 60_000)
})

describe('countersign backup', () => {
  it('restores into an empty folder, while the engine goes on', async () => {
    const { client } = await start()
    await fill(app ?? (await start()))
    const timed = async () =>
      (await client.deliveries.list({})).rows.every(({ durationMs }) => durationMs !== null)
    await until(timed, 'the times of the answers are stored')
    const target = path.join(dataDir, 'mine.tar')
    const made = await runCli(['backup', target, '--data-dir', dataDir])
    expect(made).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('3 deliveries and 1 body'),
    })
    expect(fs.statSync(target).mode & 0o777).toBe(0o600)
    const again = await runCli(['backup', target, '--data-dir', dataDir])
    expect(again).toMatchObject({ code: 2, stderr: expect.stringContaining('--force') })
    expect(fs.readdirSync(path.join(dataDir, 'backups'))).toEqual([])
    const listed = await client.deliveries.list({})

    const restored = temporaryDataDir()
    execFileSync('tar', ['-xf', target, '-C', restored])
    expect(fs.existsSync(path.join(restored, 'data.key'))).toBe(false)
    fs.copyFileSync(path.join(dataDir, 'data.key'), path.join(restored, 'data.key'))
    const other = await openEngine(restored)
    try {
      expect((await other.client.deliveries.list({})).rows).toEqual(listed.rows)
      const body = await other.client.deliveries.body({ id: 3 })
      expect(Buffer.from(await body.arrayBuffer())).toEqual(LARGE.subarray(0, body.size))
      const [endpoint] = await other.client.endpoints.list()
      const secret = await other.client.secrets.reveal({ id: endpoint?.secrets[0]?.id ?? 0 })
      expect(secret.text).toBe(SECRET)
      const { findings } = await other.client.health.examine({})
      expect(findings.filter(({ level }) => level === 'wrong')).toEqual([])
    } finally {
      await other.engine.close()
      fs.rmSync(restored, { recursive: true })
    }
  }, 60_000)

  it('holds no secret in the clear', async () => {
    await fill(await start())
    const { stdout } = await runCli(['backup', '--json', '--data-dir', dataDir])
    const { file } = JSON.parse(String(stdout)) as { file: string }
    expect(fs.readFileSync(file).includes(SECRET)).toBe(false)
    expect(fs.readFileSync(file).includes(SECRET.slice(6))).toBe(false)
  })
})

describe('countersign doctor', () => {
  it('exits 0 for what is sound, with and without an engine, and changes nothing', async () => {
    await fill(await start())
    await indexed()
    const running = await doctor()
    expect(running.code).toBe(0)
    expect(String(running.stdout)).toContain('Every page and every index')
    expect(String(running.stdout)).toContain('All 1 open with the data key')
    await app?.engine.close()
    app = null
    const before = fs.readFileSync(path.join(dataDir, FILE))
    const alone = await doctor('--json')
    expect(alone.code).toBe(0)
    expect(JSON.parse(String(alone.stdout))).toMatchObject({ repaired: [] })
    expect(fs.readFileSync(path.join(dataDir, FILE))).toEqual(before)
  }, 60_000)

  it('finds and repairs what is wrong without an engine, and deletes nothing', async () => {
    await fill(await start())
    await indexed()
    await app?.engine.close()
    app = null
    const bodies = path.join(dataDir, 'bodies')
    const [name = ''] = fs.readdirSync(bodies)
    fs.writeFileSync(path.join(bodies, 'nobodys.body'), 'orphan')
    fs.chmodSync(path.join(dataDir, FILE), 0o644)
    const db = new Database(path.join(dataDir, FILE))
    db.exec('DELETE FROM facets WHERE id = 1')
    db.prepare(`UPDATE bodies SET bytes = ? WHERE delivery_id = 2`).run(Buffer.from('PLAIN'))
    db.close()
    const found = await doctor()
    expect(found.code).toBe(1)
    const text = String(found.stdout)
    for (const word of ['nobodys.body', 'Other users can read', 'index says', '#2']) {
      expect(text).toContain(word)
    }
    expect(text).not.toContain('#1,')
    const repaired = JSON.parse(String((await doctor('--repair', '--json')).stdout)) as {
      findings: { code: string; level: string }[]
      repaired: string[]
    }
    expect(repaired.repaired).toHaveLength(3)
    const left = repaired.findings.filter(({ level }) => level === 'wrong')
    expect(left.map(({ code }) => code)).toEqual(['changed-bodies', 'search'])
    const aside = path.join(dataDir, 'set-aside', 'bodies', 'nobodys.body')
    expect(fs.readFileSync(aside, 'utf8')).toBe('orphan')
    expect(fs.readdirSync(bodies)).toEqual([name])
    // The index is made anew by the next start.
    const { client } = await start()
    await indexed()
    expect((await client.deliveries.list({ filter: { query: 'plain' } })).rows).toHaveLength(1)
  }, 60_000)

  it('sets a damaged database aside, and commands say so until it is acknowledged', async () => {
    await fill(await start())
    await app?.engine.close()
    app = null
    overwrite('checks')
    expect((await doctor()).code).toBe(1)
    expect((await doctor('--repair')).code).toBe(0)
    const listed = await runCli(['list', '--data-dir', dataDir])
    expect(listed.stderr).toContain(path.join(dataDir, 'set-aside'))
    expect(String(listed.stdout).trim().split('\n')).toHaveLength(3)
    expect((await doctor('--acknowledge')).code).toBe(0)
    expect((await runCli(['list', '--data-dir', dataDir])).stderr).toBe('')
  }, 60_000)

  it('names secrets that do not open, and says that there is no database', async () => {
    await fill(await start())
    await app?.engine.close()
    app = null
    const db = new Database(path.join(dataDir, FILE))
    db.prepare('UPDATE secrets SET sealed = ?').run(Buffer.alloc(60, 1))
    db.close()
    const found = await doctor()
    expect(found.code).toBe(1)
    expect(String(found.stdout)).toMatch(/have to be entered again: .* of svix/)
    const nowhere = await runCli(['doctor', '--data-dir', path.join(dataDir, 'nowhere')])
    expect(nowhere).toMatchObject({ code: 1, stderr: expect.stringContaining('no database') })
  })
})
