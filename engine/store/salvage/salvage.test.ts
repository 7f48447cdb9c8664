import fs from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { databaseFile } from '#engine/store/database-file.ts'
import { digestOf, makeDelivery, temporaryDataDir } from '#engine/store/new-delivery.fixture.ts'
import { openStore } from '#engine/store/open-store.ts'
import { listIncidents } from './incident.ts'
import { KEPT_TABLES } from './kept-tables.ts'
import { recoverDatabase } from './recover.ts'
import { salvage } from './salvage.ts'

/** A closed database with enough deliveries that its trees have inner pages. */
function filled(count = 300): string {
  const dataDir = temporaryDataDir()
  const store = openStore(dataDir)
  const bytes = Buffer.alloc(2_000, 'body ')
  for (let n = 0; n < count; n += 50) {
    store.commit(
      Array.from({ length: 50 }, (_, at) =>
        makeDelivery({
          target: `/n/${n + at}`,
          body: { kind: 'memory', bytes },
          bodySha256: digestOf(bytes),
        }),
      ),
    )
  }
  store.settings.set('retention', '{"maxCount":7}')
  store.marks.apply([1, 2], { pinned: true, addTags: ['one'], removeTags: [] })
  store.close()
  return dataDir
}

function dump(file: string): Record<string, unknown[]> {
  const db = new Database(file, { readonly: true })
  const tables = [...KEPT_TABLES, 'sqlite_sequence']
  const rows = tables.map((table) => [table, db.prepare(`SELECT * FROM ${table}`).all()] as const)
  db.close()
  return Object.fromEntries(rows)
}

function change(file: string, at: number, bytes: Uint8Array): void {
  const fd = fs.openSync(file, 'r+')
  fs.writeSync(fd, bytes, 0, bytes.length, at)
  fs.closeSync(fd)
}

/** The page that begins a table, or one of its leaves. */
function pagesOf(file: string, table: string): number[] {
  const db = new Database(file, { readonly: true })
  const pages = db
    .prepare<[string], number>(`SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf'`)
    .pluck()
    .all(table)
  db.close()
  return pages
}

/** Files of a database in use, of which most stands in the log alone; each commit is one row. */
function inUse(): string {
  const store = openStore(temporaryDataDir())
  for (let n = 0; n < 60; n += 1) store.commit([makeDelivery({ target: `/n/${n}` })])
  store.settings.set('retention', '{"maxCount":7}')
  const copy = temporaryDataDir()
  fs.mkdirSync(path.join(copy, 'bodies'), { recursive: true })
  fs.writeFileSync(path.join(copy, 'bodies', `${'a'.repeat(64)}-${'b'.repeat(24)}.body`), 'x')
  for (const suffix of ['', '-wal']) {
    fs.copyFileSync(databaseFile(store.dataDir) + suffix, databaseFile(copy) + suffix)
  }
  store.close()
  return copy
}

describe('salvage', () => {
  it('carries over every row of a sound database, ids and sequences too', () => {
    const dataDir = filled()
    const target = path.join(dataDir, 'new.sqlite')
    const done = salvage(databaseFile(dataDir), target)
    expect(dump(target)).toEqual(dump(databaseFile(dataDir)))
    expect(done).toMatchObject({ badPages: 0, lostDeliveries: 0, changedBodies: [] })
    expect(done.tables.find(({ table }) => table === 'deliveries')).toEqual({
      table: 'deliveries',
      copied: 300,
      unreadable: 0,
      mended: 0,
    })
  })

  it('reads what only the log has', () => {
    const dataDir = filled(50)
    const store = openStore(dataDir)
    store.commit([makeDelivery({ target: '/in-the-log' })])
    const copy = temporaryDataDir()
    fs.mkdirSync(copy)
    for (const suffix of ['', '-wal']) {
      fs.copyFileSync(databaseFile(dataDir) + suffix, databaseFile(copy) + suffix)
    }
    store.close()
    const target = path.join(copy, 'new.sqlite')
    salvage(databaseFile(copy), target)
    expect(dump(target)['deliveries']).toHaveLength(51)
  })

  it('loses the rows of one leaf only, counts them, and gives none of their ids again', () => {
    const dataDir = filled()
    const file = databaseFile(dataDir)
    const [leaf = 0] = pagesOf(file, 'deliveries').slice(-2)
    change(file, (leaf - 1) * 4096, Buffer.alloc(4096, 0xa5))
    const store = openStore(dataDir)
    const [incident] = listIncidents(dataDir)
    expect(incident).toMatchObject({ state: 'done', acknowledgedAtMs: null })
    const [next] = store.commit([makeDelivery()])
    store.close()
    expect(next?.id).toBe(301)
    const rows = dump(file)['deliveries'] ?? []
    const lost = 301 - rows.length
    expect(lost).toBeGreaterThan(0)
    expect(lost).toBeLessThan(12)
    expect(incident?.unreadable).toBe(lost)
  })

  it('says that rows are gone also when whatever knew of them is gone with them', () => {
    const untold = [0.95, 0.8, 0.6, 0.4, 0.2].filter((share) => {
      const dataDir = filled()
      const file = databaseFile(dataDir)
      fs.truncateSync(file, Math.floor(fs.statSync(file).size * share))
      openStore(dataDir).close()
      const copied = dump(file)['deliveries']?.length ?? 0
      const [incident] = listIncidents(dataDir)
      return copied < 300 && (incident?.unreadable === 0 || !incident?.sentence.includes('page'))
    })
    expect(untold).toEqual([])
  })

  it('finds leaves below an inner page that is gone', () => {
    const dataDir = filled()
    const file = databaseFile(dataDir)
    const db = new Database(file, { readonly: true })
    const root = db
      .prepare<[], number>(`SELECT rootpage FROM sqlite_schema WHERE name = 'deliveries'`)
      .pluck()
      .get()
    db.close()
    change(file, ((root ?? 0) - 1) * 4096, Buffer.alloc(4096))
    openStore(dataDir).close()
    expect(listIncidents(dataDir)).toHaveLength(1)
    expect(dump(file)['deliveries']).toHaveLength(300)
  })

  it('needs neither header nor schema', () => {
    const dataDir = filled()
    const file = databaseFile(dataDir)
    const before = dump(file)
    change(file, 0, Buffer.alloc(4096, 0x11))
    fs.writeFileSync(path.join(dataDir, 'data.key'), 'a key')
    openStore(dataDir).close()
    const [incident] = listIncidents(dataDir)
    expect(incident?.reason).toMatch(/header/)
    expect(dump(file)['deliveries']).toEqual(before['deliveries'])
    expect(dump(file)['settings']).toEqual(before['settings'])
  })

  it('keeps every file of the damaged database and the bodies that lost their delivery', () => {
    const dataDir = filled(50)
    const file = databaseFile(dataDir)
    fs.writeFileSync(path.join(dataDir, 'bodies', 'a-body.body'), 'bytes')
    fs.truncateSync(file, 5_000)
    const damaged = fs.readFileSync(file)
    openStore(dataDir).close()
    const [incident] = listIncidents(dataDir)
    const folder = incident?.folder ?? ''
    expect(fs.readFileSync(path.join(folder, 'countersign.sqlite'))).toEqual(damaged)
    expect(fs.readFileSync(path.join(folder, 'bodies', 'a-body.body'), 'utf8')).toBe('bytes')
    expect(fs.existsSync(path.join(dataDir, 'bodies', 'a-body.body'))).toBe(false)
  })

  describe('of a log', () => {
    it('whose header is damaged, takes all of it, and what nobody refers to is kept', () => {
      const dataDir = inUse()
      change(`${databaseFile(dataDir)}-wal`, 3, Buffer.from([0xff]))
      const store = openStore(dataDir)
      store.sweepOrphanedBodies()
      store.close()
      const rows = dump(databaseFile(dataDir))
      expect(rows['deliveries']).toHaveLength(60)
      expect(rows['settings']).toHaveLength(1)
      const [incident] = listIncidents(dataDir)
      expect(incident?.reason).toContain('header of its log')
      expect(fs.readdirSync(path.join(incident?.folder ?? '', 'bodies'))).toHaveLength(1)
    })

    it('that is damaged in between counts up to there, as after a power cut, and bodies are kept', () => {
      const dataDir = inUse()
      const log = `${databaseFile(dataDir)}-wal`
      const frames = Math.floor((fs.statSync(log).size - 32) / 4120)
      change(log, 32 + 4120 * Math.floor((frames * 3) / 4) + 1_000, Buffer.from('damaged'))
      const store = openStore(dataDir)
      store.sweepOrphanedBodies()
      store.close()
      const { length } = dump(databaseFile(dataDir))['deliveries'] ?? []
      expect(length).toBeGreaterThan(10)
      expect(length).toBeLessThan(60)
      expect(listIncidents(dataDir)).toEqual([])
      expect(fs.readdirSync(path.join(dataDir, 'set-aside', 'bodies'))).toHaveLength(1)
    })

    it('counts where the file beside it is damaged before anything was written back', () => {
      const dataDir = inUse()
      change(databaseFile(dataDir), 68, Buffer.from([0x40]))
      openStore(dataDir).close()
      expect(dump(databaseFile(dataDir))['deliveries']).toHaveLength(60)
      expect(listIncidents(dataDir)).toHaveLength(1)
    })

    it('whose end is damaged leaves no commit behind, and bodies are kept all the same', () => {
      const dataDir = inUse()
      const log = `${databaseFile(dataDir)}-wal`
      fs.truncateSync(log, fs.statSync(log).size - 2_000)
      const store = openStore(dataDir)
      store.sweepOrphanedBodies()
      store.close()
      expect(listIncidents(dataDir)).toEqual([])
      expect(fs.readdirSync(path.join(dataDir, 'set-aside', 'bodies'))).toHaveLength(1)
    })

    it('that is whole says that a body without a row was never answered for: it goes', () => {
      const dataDir = inUse()
      const store = openStore(dataDir)
      store.sweepOrphanedBodies()
      store.close()
      expect(fs.readdirSync(path.join(dataDir, 'bodies'))).toEqual([])
      expect(fs.existsSync(path.join(dataDir, 'set-aside'))).toBe(false)
    })

    it('is nothing to be told of when it begins anew over an earlier round, or ends torn', () => {
      const store = openStore(temporaryDataDir())
      for (let n = 0; n < 60; n += 1) store.commit([makeDelivery({ target: `/n/${n}` })])
      const other = new Database(databaseFile(store.dataDir))
      other.pragma('wal_checkpoint(RESTART)')
      other.close()
      store.commit([makeDelivery({ target: '/anew' })])
      const copy = temporaryDataDir()
      fs.mkdirSync(copy)
      for (const suffix of ['', '-wal']) {
        fs.copyFileSync(databaseFile(store.dataDir) + suffix, databaseFile(copy) + suffix)
      }
      store.close()
      fs.appendFileSync(`${databaseFile(copy)}-wal`, Buffer.alloc(5_000, 1))
      openStore(copy).close()
      expect(listIncidents(copy)).toEqual([])
      expect(dump(databaseFile(copy))['deliveries']).toHaveLength(61)
    })
  })

  it('goes on where a crash interrupted it', () => {
    const dataDir = filled(50)
    const file = databaseFile(dataDir)
    recoverDatabase(dataDir, 'tried')
    const [incident] = listIncidents(dataDir)
    const folder = incident?.folder ?? ''
    const report = path.join(folder, 'report.json')
    const text = fs.readFileSync(report, 'utf8')
    // Between moving and having made the new one.
    fs.rmSync(file)
    fs.writeFileSync(`${file}.salvaged`, 'half of a file')
    fs.writeFileSync(report, text.replace('"done"', '"salvaging"'))
    openStore(dataDir).close()
    expect(dump(file)['deliveries']).toHaveLength(50)
    expect(listIncidents(dataDir)[0]?.state).toBe('done')
    // Before anything was moved.
    fs.writeFileSync(report, text.replace('"done"', '"moving"'))
    fs.rmSync(path.join(folder, 'countersign.sqlite'))
    openStore(dataDir).close()
    expect(dump(file)['deliveries']).toHaveLength(50)
    expect(listIncidents(dataDir)).toHaveLength(1)
  })
})
