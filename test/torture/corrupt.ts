import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { createHash } from 'node:crypto'
import { ORPCError, safe } from '@orpc/client'
import Database from 'better-sqlite3'
import { svixHeaders, whsec } from '#test/e2e/providers.ts'
import {
  newestRow,
  openEngine,
  type OpenedEngine,
  post,
  until,
} from '#test/integration/opened-engine.ts'
import { Breach, expectNone } from './breach.ts'
import { type Chance, noise, seeded } from './chance.ts'
import { FailedRound, type Summary, type TortureOptions } from './rounds.ts'

const SECRET = whsec('corruption')
const SMALL = 120
const SPOOLED = 2
const DATABASE = 'countersign.sqlite'

interface Known {
  id: number
  target: string
  sha256: string
}

/** A data directory that was in use; `log`: its last writes are in the log alone. */
interface Ground {
  folder: string
  log: boolean
  deliveries: Known[]
}

async function fill({ client, url }: OpenedEngine, chance: Chance): Promise<void> {
  await client.endpoints.create({
    name: 'svix',
    path: '/svix',
    schemeId: 'svix',
    secrets: [{ text: SECRET }],
  })
  for (let n = 0; n < SMALL; n += 1) {
    const text = noise(chance, chance.between(20, 6_000)).toString('base64')
    const body = JSON.stringify({ type: 'noise', n, text })
    const headers = n % 3 === 0 ? [] : svixHeaders(SECRET, body, { id: `msg_${n >> 1}` })
    await post(`${url}/${n % 3 === 0 ? `free/${n}` : 'svix'}`, body, headers)
  }
  for (let n = 0; n < SPOOLED; n += 1) await post(`${url}/large/${n}`, noise(chance, 1_100_000))
  await client.deliveries.mark({
    selection: { ids: [1, 2, 3] },
    change: { pinned: true, addTags: ['kept'], removeTags: [] },
  })
}

async function knownOf({ client }: OpenedEngine): Promise<Known[]> {
  const { rows } = await client.deliveries.list({ limit: 500 })
  const known: Known[] = []
  for (const { id, target } of rows) known.push({ id, target, sha256: await digest(client, id) })
  return known.reverse()
}

async function digest(client: OpenedEngine['client'], id: number): Promise<string> {
  const hash = createHash('sha256')
  for (let offset = 0; ;) {
    const { error, data } = await safe(client.deliveries.body({ id, offset }))
    if (error instanceof ORPCError && error.code === 'NOT_FOUND') return 'gone'
    if (error) throw error
    const part = Buffer.from(await data.arrayBuffer())
    if (part.length === 0) return hash.digest('hex')
    hash.update(part)
    offset += part.length
  }
}

async function prepare(folder: string, log: boolean, chance: Chance): Promise<Ground> {
  const made = path.join(folder, log ? 'with-log-live' : 'closed')
  const app = await openEngine(made)
  await fill(app, chance)
  await until(async () => (await app.client.status.get()).indexing === null, 'all is indexed')
  const deliveries = await knownOf(app)
  if (!log) {
    await app.engine.close()
    return { folder: made, log, deliveries }
  }
  // As a power cut leaves it: nothing was written back.
  const copy = path.join(folder, 'with-log')
  fs.mkdirSync(copy)
  for (const name of [DATABASE, `${DATABASE}-wal`, 'data.key']) {
    fs.copyFileSync(path.join(made, name), path.join(copy, name))
  }
  fs.cpSync(path.join(made, 'bodies'), path.join(copy, 'bodies'), { recursive: true })
  await app.engine.close()
  return { folder: copy, log, deliveries }
}

/** Damages a file somewhere; returns what was done, for whoever has to look at it. */
function damage(file: string, chance: Chance): string {
  const { size } = fs.statSync(file)
  const fd = fs.openSync(file, 'r+')
  try {
    const kind = chance.pick(['flip', 'flip', 'truncate', 'block', 'zero'] as const)
    const at = chance.below(size)
    if (kind === 'truncate') {
      fs.ftruncateSync(fd, at)
      return `truncated to ${at} of ${size}`
    }
    if (kind === 'flip') {
      const count = chance.pick([1, 1, 4, 16, 64])
      const byte = Buffer.alloc(1)
      for (let n = 0; n < count; n += 1) {
        const where = n === 0 ? at : chance.below(size)
        fs.readSync(fd, byte, 0, 1, where)
        byte[0] = (byte[0] ?? 0) ^ (1 << chance.below(8))
        fs.writeSync(fd, byte, 0, 1, where)
      }
      return `${count} bits flipped, the first at ${at} of ${size}`
    }
    const length = Math.min(size - at, chance.pick([16, 512, 4096, 20_000]))
    fs.writeSync(fd, kind === 'zero' ? Buffer.alloc(length) : noise(chance, length), 0, length, at)
    return `${kind} of ${length} bytes at ${at} of ${size}`
  } finally {
    fs.closeSync(fd)
  }
}

interface Outcome {
  setAside: boolean
  lost: number
  told: number
}

/** A call during which the database was found to be damaged may fail; after it was replaced not. */
async function settled<T>(app: OpenedEngine, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch {
    await app.client.health.examine({ repair: true })
    return work()
  }
}

async function look(dataDir: string, ground: Ground): Promise<Outcome> {
  const app = await openEngine(dataDir)
  try {
    const { findings } = await app.client.health.examine({ repair: true })
    const now = await settled(app, () => knownOf(app))
    const { setAside } = await app.client.health.facts()
    const found = new Map(now.map((one) => [one.id, one]))
    const lost = ground.deliveries.filter(({ id }) => !found.has(id))
    const changed = ground.deliveries.filter(({ id, sha256 }) => {
      const one = found.get(id)
      return one !== undefined && one.sha256 !== sha256
    })
    const told = setAside.reduce((sum, { unreadable }) => sum + unreadable, 0)
    if (lost.length > 0 && told === 0) {
      // Of a log whose frames do not fit SQLite takes what comes before, and nobody can know.
      if (!ground.log) throw new Breach('Deliveries are gone and nobody says so', lost.slice(0, 5))
    }
    const words = findings.map(({ sentence }) => sentence).join(' ')
    const toldOf = changed.filter(
      ({ id }) =>
        !words.includes(`#${id}`) &&
        !setAside.some(({ sentence }) => /not what|gone/.test(sentence)),
    )
    if (!/and \d+ more/.test(words)) expectNone('Bodies were changed and nobody says so', toldOf)
    await until(async () => (await post(`${app.url}/after`, 'goes on')).status === 200, 'captures')
    const { id } = await newestRow(app.client)
    const highest = Math.max(0, ...now.map((one) => one.id))
    if (id <= highest) throw new Breach('An id was given twice', { id, highest })
    return { setAside: setAside.length > 0, lost: lost.length, told }
  } finally {
    await app.engine.close()
  }
}

function assertSound(dataDir: string): void {
  const db = new Database(path.join(dataDir, DATABASE), { readonly: true })
  try {
    const found = db.pragma('integrity_check', { simple: true })
    if (found !== 'ok') throw new Breach('What goes on is damaged', found)
    const loose = db.pragma('foreign_key_check')
    if (Array.isArray(loose) && loose.length > 0) throw new Breach('Rows refer to nothing', loose)
  } finally {
    db.close()
  }
}

/** Nothing that was there may be gone from the disk. */
function assertKept(dataDir: string, bodies: readonly string[]): void {
  const everywhere = new Set(
    fs.readdirSync(dataDir, { recursive: true }).map((name) => path.basename(String(name))),
  )
  expectNone(
    'Body files are gone',
    bodies.filter((name) => !everywhere.has(name)),
  )
}

/**
 * Damages a copy of a filled data directory at random places, opens it, and looks whether the engine
 * goes on, what is gone is told, no body is changed without a word, and nothing was deleted.
 */
export async function corruptRounds(options: TortureOptions): Promise<Summary> {
  const { rounds, seed, from, onProgress } = options
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'countersign-corrupt-'))
  const chances = seeded(seed)
  const grounds = [
    await prepare(folder, false, chances.of(-1)),
    await prepare(folder, true, chances.of(-2)),
  ]
  const summary = { setAside: 0, deliveries: 0, lost: 0 }
  for (let number = from; number < from + rounds; number += 1) {
    const chance = chances.of(number)
    const ground = chance.pick(grounds)
    const dataDir = path.join(folder, `round-${number}`)
    fs.cpSync(ground.folder, dataDir, { recursive: true })
    const inLog = ground.log && chance.isBelow(0.5)
    const done = damage(path.join(dataDir, inLog ? `${DATABASE}-wal` : DATABASE), chance)
    try {
      const outcome = await look(dataDir, ground)
      assertSound(dataDir)
      assertKept(dataDir, fs.readdirSync(path.join(ground.folder, 'bodies')))
      summary.setAside += Number(outcome.setAside)
      summary.deliveries += ground.deliveries.length
      summary.lost += outcome.lost
      onProgress(
        `round ${number}: ${inLog ? 'log' : 'database'} ${done}: ${outcome.setAside ? 'set aside' : 'as it is'}, ${outcome.lost} of ${ground.deliveries.length} lost`,
      )
    } catch (error) {
      throw new FailedRound(number, dataDir, error)
    }
    fs.rmSync(dataDir, { recursive: true, force: true })
  }
  fs.rmSync(folder, { recursive: true, force: true })
  return summary
}
