import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { EngineStartError } from '#engine/options.ts'
import { databaseFile } from './database-file.ts'
import { APPLICATION_ID, migrate } from './migrate.ts'
import { migrations } from './migrations/all.ts'
import { digestOf, makeDelivery, temporaryDataDir } from './new-delivery.fixture.ts'
import { openReader } from './open-reader.ts'
import { openStore } from './open-store.ts'

function startError(dataDir: string): EngineStartError {
  try {
    openStore(dataDir).close()
  } catch (error) {
    if (error instanceof EngineStartError) return error
    throw error
  }
  throw new Error('It opened.')
}

/** Makes a closed database, changes it behind the store's back, and returns its directory. */
function tampered(sql: string): string {
  const dataDir = temporaryDataDir()
  openStore(dataDir).close()
  const db = new Database(databaseFile(dataDir))
  db.exec(sql)
  db.close()
  return dataDir
}

const mode = (file: string): number => fs.statSync(file).mode & 0o777

describe('openStore', () => {
  it('creates what it needs, for nobody else to read, with the pragmas of the design', () => {
    const dataDir = temporaryDataDir()
    const store = openStore(dataDir)
    expect(mode(dataDir)).toBe(0o700)
    expect(mode(path.join(dataDir, 'bodies'))).toBe(0o700)
    expect(mode(databaseFile(dataDir))).toBe(0o600)
    store.commit([makeDelivery()])
    expect(mode(`${databaseFile(dataDir)}-wal`)).toBe(0o600)
    store.close()
    const db = new Database(databaseFile(dataDir), { readonly: true })
    expect(db.pragma('application_id', { simple: true })).toBe(APPLICATION_ID)
    expect(db.pragma('auto_vacuum', { simple: true })).toBe(2)
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal')
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
    db.close()
  })

  it('has everything after a restart, and gives no id twice', () => {
    const dataDir = temporaryDataDir()
    const first = openStore(dataDir)
    const [one] = first.commit([makeDelivery()])
    first.settings.set('bodyLimitBytes', '2048')
    first.close()
    const db = new Database(databaseFile(dataDir))
    db.exec('DELETE FROM deliveries; DELETE FROM bodies')
    db.close()
    const second = openStore(dataDir)
    expect(second.settings.get('bodyLimitBytes')).toBe('2048')
    const [two] = second.commit([makeDelivery()])
    expect(two?.id).toBe((one?.id ?? 0) + 1)
    second.close()
  })

  it('refuses a newer database and does not touch it', () => {
    const dataDir = tampered(`PRAGMA journal_mode = DELETE; PRAGMA user_version = 999`)
    const before = digestOf(fs.readFileSync(databaseFile(dataDir)))
    const error = startError(dataDir)
    expect(error.code).toBe('database-newer')
    expect(error.message).toContain('newer version')
    expect(digestOf(fs.readFileSync(databaseFile(dataDir)))).toBe(before)
    expect(fs.readdirSync(dataDir).sort()).toEqual(['bodies', 'countersign.sqlite'])
  })

  it('refuses a migration that it does not know, and one whose text was another', () => {
    const later = tampered(`INSERT INTO migrations VALUES (99, 'later', 'ab', 0)`)
    expect(startError(later).code).toBe('database-newer')
    const changed = tampered(`UPDATE migrations SET sha256 = 'ab'`)
    const error = startError(changed)
    expect(error.code).toBe('database-newer')
    expect(error.message).toContain('another build')
  })

  it('refuses files that are no database, or one of another program, and leaves them', () => {
    const text = temporaryDataDir()
    fs.mkdirSync(text)
    fs.writeFileSync(databaseFile(text), 'just text, long enough to be read as a header'.repeat(9))
    expect(startError(text).code).toBe('not-a-database')

    for (const sql of ['PRAGMA application_id = 7', 'PRAGMA user_version = 0']) {
      const foreign = temporaryDataDir()
      fs.mkdirSync(foreign)
      const db = new Database(databaseFile(foreign))
      db.exec(`CREATE TABLE theirs (a); ${sql}`)
      db.close()
      const before = digestOf(fs.readFileSync(databaseFile(foreign)))
      expect(startError(foreign).code).toBe('not-a-database')
      expect(digestOf(fs.readFileSync(databaseFile(foreign)))).toBe(before)
    }
  })

  it('says that a data directory cannot be used', () => {
    const dataDir = temporaryDataDir()
    fs.writeFileSync(dataDir, 'a file')
    const error = startError(dataDir)
    expect(error.code).toBe('data-dir-unusable')
    expect(error.message).toContain(dataDir)
  })

  it('writes nothing of a batch when one of it cannot be written', () => {
    const dataDir = temporaryDataDir()
    const store = openStore(dataDir)
    const bad = makeDelivery({ endpointId: 4711 })
    expect(() => store.commit([makeDelivery(), bad])).toThrow(/FOREIGN KEY/)
    const reader = openReader(dataDir)
    expect(reader.count({})).toEqual({ count: 0, capped: false })
    reader.close()
    store.close()
  })
})

/** Runs a script on its own and waits for its end, which is a SIGKILL by itself. */
function killedWhile(script: string, ...values: string[]): void {
  const ended = spawnSync(process.execPath, ['-e', script, ...values], { timeout: 20_000 })
  expect({ signal: ended.signal, stderr: String(ended.stderr) }).toEqual({
    signal: 'SIGKILL',
    stderr: '',
  })
}

describe('migrate', () => {
  it('begins anew after a kill in the middle of the first migration', () => {
    const dataDir = temporaryDataDir()
    fs.mkdirSync(dataDir)
    const script = `
      const db = new (require('better-sqlite3'))(process.argv[1])
      db.pragma('auto_vacuum = INCREMENTAL')
      db.pragma('journal_mode = WAL')
      db.pragma('cache_size = 1')
      db.exec('BEGIN IMMEDIATE; CREATE TABLE migrations (a); CREATE TABLE filler (a)')
      const fill = db.prepare('INSERT INTO filler VALUES (zeroblob(100000))')
      for (let row = 0; row < 50; row += 1) fill.run()
      process.kill(process.pid, 'SIGKILL')`
    killedWhile(script, databaseFile(dataDir))
    expect(fs.statSync(`${databaseFile(dataDir)}-wal`).size).toBeGreaterThan(1_000_000)
    const store = openStore(dataDir)
    expect(store.commit([makeDelivery()])[0]?.id).toBe(1)
    store.close()
    const db = new Database(databaseFile(dataDir), { readonly: true })
    expect(db.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'filler'`).get()).toBeUndefined()
    expect(db.pragma('auto_vacuum', { simple: true })).toBe(2)
    db.close()
  })

  it('leaves the state before a migration that fails in its middle', () => {
    const dataDir = temporaryDataDir()
    openStore(dataDir).close()
    const file = databaseFile(dataDir)
    const number = migrations.length + 1
    const broken = { number, name: 'broken', sql: 'CREATE TABLE half (a); SELECT nonsense()' }
    const db = new Database(file)
    expect(() => migrate(db, [...migrations, broken], file)).toThrow(/nonsense/)
    expect(db.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'half'`).get()).toBeUndefined()
    expect(db.prepare('SELECT count(*) FROM migrations').pluck().get()).toBe(number - 1)
    expect(db.pragma('user_version', { simple: true })).toBe(number - 1)
    migrate(db, [...migrations, { ...broken, sql: 'CREATE TABLE whole (a)' }], file)
    expect(db.pragma('user_version', { simple: true })).toBe(number)
    db.close()
    expect(startError(dataDir).code).toBe('database-newer')
  })
})
