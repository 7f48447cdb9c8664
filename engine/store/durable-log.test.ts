import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { durableLog } from './durable-log.ts'

let folder: string
let db: Database.Database
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'countersign-log-'))
  db = new Database(path.join(folder, 'a.sqlite'))
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  db.exec('CREATE TABLE things (id INTEGER PRIMARY KEY)')
})
afterEach(() => {
  vi.restoreAllMocks()
  db.close()
  fs.rmSync(folder, { recursive: true, force: true })
})
const open = () => durableLog(db, path.join(folder, 'a.sqlite'))
const insert = () => db.prepare('INSERT INTO things DEFAULT VALUES').run()
const FULL = 2

describe('durableLog', () => {
  it('leaves everything but soft work as durable as it was', () => {
    const log = open()
    log.softly(insert)
    expect(db.pragma('synchronous', { simple: true })).toBe(FULL)
    expect(() =>
      log.softly(() => {
        throw new Error('no')
      }),
    ).toThrow('no')
    expect(db.pragma('synchronous', { simple: true })).toBe(FULL)
    log.close()
  })

  it('syncs the log for every commit before the call, together for those that wait', async () => {
    const sync = vi.spyOn(fs, 'fdatasync')
    const log = open()
    log.softly(insert)
    const first = log.sync()
    log.softly(insert)
    // The one under way began before this commit: it does not count for it.
    const others = [log.sync(), log.sync()]
    expect(sync).toHaveBeenCalledTimes(1)
    await first
    expect(sync).toHaveBeenCalledTimes(2)
    await Promise.all(others)
    expect(sync).toHaveBeenCalledTimes(2)
    log.close()
  })

  it('after a failed sync, takes what is in doubt into the database before anything else', async () => {
    const log = open()
    log.softly(insert)
    vi.spyOn(fs, 'fdatasync').mockImplementationOnce((_fd, done) =>
      setImmediate(() => done(new Error('EIO: i/o error, fdatasync'))),
    )
    await expect(log.sync()).rejects.toMatchObject({ code: 'SQLITE_IOERR_FSYNC' })
    expect(fs.statSync(path.join(folder, 'a.sqlite-wal')).size).toBe(0)
    log.softly(insert)
    await log.sync()
    expect(db.prepare('SELECT count(*) FROM things').pluck().get()).toBe(2)
    log.close()
  })

  it('refuses soft work while what is in doubt cannot be settled', async () => {
    const log = open()
    log.softly(insert)
    const reader = new Database(path.join(folder, 'a.sqlite'), { readonly: true })
    reader.exec('BEGIN')
    reader.prepare('SELECT * FROM things').all()
    log.softly(insert)
    db.pragma('busy_timeout = 0')
    vi.spyOn(fs, 'fdatasync').mockImplementationOnce((_fd, done) =>
      setImmediate(() => done(new Error('EIO: i/o error, fdatasync'))),
    )
    await expect(log.sync()).rejects.toMatchObject({ code: 'SQLITE_IOERR_FSYNC' })
    expect(() => log.softly(insert)).toThrow(/could not be synced/)
    reader.exec('COMMIT')
    reader.close()
    log.softly(insert)
    await log.sync()
    expect(db.prepare('SELECT count(*) FROM things').pluck().get()).toBe(3)
    log.close()
  })
})
