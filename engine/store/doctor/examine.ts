import fs from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import type { Finding } from '#contract/health.ts'
import { databaseFile } from '#engine/store/database-file.ts'
import { checkApplied } from '#engine/store/migrate.ts'
import { migrations } from '#engine/store/migrations/all.ts'
import { checkLines, foundWrong, ONLY_SEARCH } from '#engine/store/quick-look.ts'
import { isDamage } from '#engine/store/salvage/damage.ts'
import { setAsideFolder } from '#engine/store/salvage/incident.ts'
import { examineBodies, unreadableDeliveries } from './content.ts'
import { count, size, someOf } from './words.ts'

const MOST_LINES = 50

/** The codes whose repair is to set the database aside and make a new one of what can be read. */
export const REBUILT: readonly string[] = ['integrity', 'foreign-keys', 'values']

const REBUILD = 'The database is set aside, and what can be read is copied into a new one.'

type Look = (db: Database.Database) => Finding

function fine(code: string, title: string, sentence: string): Finding {
  return { code, level: 'fine', title, sentence, repair: null }
}

function wrong(code: string, title: string, sentence: string, repair: string | null): Finding {
  return { code, level: 'wrong', title, sentence, repair }
}

function integrity(lines: readonly string[]): Finding {
  const real = lines.filter((line) => !ONLY_SEARCH.test(line))
  if (real.length === 0) {
    return fine('integrity', 'Integrity', 'Every page and every index of the database is sound.')
  }
  const more = lines.length >= MOST_LINES ? ' or more' : ''
  const sentence = `${count(real.length, 'fault')}${more} in the database: ${someOf(real.slice(0, 3))}.`
  return wrong('integrity', 'Integrity', sentence, REBUILD)
}

const foreignKeys: Look = (db) => {
  const found = db
    .prepare<[], { table: string; parent: string }>('SELECT * FROM pragma_foreign_key_check')
    .all()
  if (found.length === 0) {
    return fine('foreign-keys', 'References', 'Everything refers to something that is there.')
  }
  const which = [...new Set(found.map(({ table, parent }) => `${table} to ${parent}`))]
  const sentence = `${count(found.length, 'row')} refer to something that is gone: ${someOf(which)}.`
  return wrong('foreign-keys', 'References', sentence, REBUILD)
}

const values: Look = (db) => {
  const ids = unreadableDeliveries(db)
  if (ids.length === 0) return fine('values', 'Values', 'Every stored delivery can be read.')
  const sentence = `${count(ids.length, 'delivery has', 'deliveries have')} values that cannot be read: ${someOf(ids)}.`
  return wrong('values', 'Values', sentence, REBUILD)
}

function searchIndex(db: Database.Database, lines: readonly string[]): Finding {
  const title = 'Search index'
  const repair = 'The index is made anew, in the background of the next start.'
  const told = lines.filter((line) => ONLY_SEARCH.test(line) && line.includes('FTS5'))
  if (told.length > 0) return wrong('search', title, `The index is damaged: ${told[0]}.`, repair)
  const row = db
    .prepare<[], { told: number; held: number; facets: number; behind: number }>(
      `SELECT deliveries AS told, (SELECT count(*) FROM facets) AS facets,
         (SELECT count(*) FROM deliveries WHERE id <= indexed_to) AS held,
         (SELECT count(*) FROM deliveries WHERE id > indexed_to) AS behind FROM search_state`,
    )
    .get()
  if (row === undefined) return wrong('search', title, 'Its state is lost.', repair)
  if (row.told !== row.held || row.facets !== row.held) {
    const sentence = `The index says ${row.told.toLocaleString('en-US')} deliveries and ${count(row.facets, 'row')}, and there are ${row.held.toLocaleString('en-US')}.`
    return wrong('search', title, sentence, repair)
  }
  const rest =
    row.behind === 0 ? '' : ` ${count(row.behind, 'delivery', 'deliveries')} wait for it.`
  return fine('search', title, `The index holds what it should.${rest}`)
}

function bodies(db: Database.Database, dataDir: string, settledMs: number): Finding[] {
  const { changed, missing, orphans, looked } = examineBodies(db, dataDir, settledMs)
  const found: Finding[] = []
  if (changed.length > 0) {
    const sentence = `${count(changed.length, 'body is', 'bodies are')} not what was received: ${someOf(changed)}. Their digest was taken at receipt.`
    found.push(wrong('changed-bodies', 'Bodies', sentence, null))
  }
  if (missing.length > 0) {
    const sentence = `${count(missing.length, 'body is', 'bodies are')} gone, of ${someOf(missing)}. A backup may have them.`
    found.push(wrong('missing-bodies', 'Bodies', sentence, null))
  }
  if (orphans.length > 0) {
    const folder = path.join(setAsideFolder(dataDir), 'bodies')
    const sentence = `${count(orphans.length, 'body file belongs', 'body files belong')} to no delivery: ${someOf(orphans)}.`
    const repair = `Moved to ${folder}; nothing is deleted.`
    found.push({ code: 'orphaned-bodies', level: 'wrong', title: 'Bodies', sentence, repair })
  }
  if (found.length > 0) return found
  const sentence = `Every body is what was received; ${count(looked, 'one lies', 'lie')} in ${looked === 1 ? 'a file' : 'files'}.`
  return [fine('bodies', 'Bodies', sentence)]
}

function sizes(db: Database.Database, dataDir: string): Finding {
  const file = databaseFile(dataDir)
  const bytes = fs.statSync(file).size
  const deliveries = db.prepare<[], number>('SELECT count(*) FROM deliveries').pluck().get() ?? 0
  const free = Number(db.pragma('freelist_count', { simple: true }))
  const page = Number(db.pragma('page_size', { simple: true }))
  const sentence = `${count(deliveries, 'delivery', 'deliveries')} in ${size(bytes)}, of which ${size(free * page)} are free to be used again.`
  return fine('size', 'Size', sentence)
}

const version: Look = (db) => {
  const applied = checkApplied(db, migrations, db.name)
  if (applied === migrations.length) {
    return fine('version', 'Schema', `Version ${applied}, the newest that this program knows.`)
  }
  const sentence = `Version ${applied}; the next start brings it to ${migrations.length}, after a backup.`
  return { code: 'version', level: 'note', title: 'Schema', sentence, repair: null }
}

/** The files that nobody else may read; on Windows the folder of the user is closed to others. */
export function openFiles(dataDir: string): string[] {
  if (process.platform === 'win32') return []
  const file = databaseFile(dataDir)
  const named = [file, `${file}-wal`, path.join(dataDir, 'data.key')]
  return named.filter((each) => {
    const found = fs.statSync(each, { throwIfNoEntry: false })
    return found !== undefined && (found.mode & 0o077) !== 0
  })
}

function permissions(dataDir: string): Finding {
  const open = openFiles(dataDir)
  if (open.length === 0) return fine('permissions', 'Permissions', 'Only you can read the data.')
  const sentence = `Other users can read ${someOf(open)}.`
  return wrong('permissions', 'Permissions', sentence, 'They are closed to others (0600).')
}

/**
 * Looks through everything in a database that can be opened; only reads.
 * @throws SqliteError or DamagedDatabase when it cannot even be opened
 */
export function examineDatabase(dataDir: string, settledMs: number): Finding[] {
  const db = new Database(databaseFile(dataDir), { readonly: true, fileMustExist: true })
  try {
    const schema = version(db)
    // Older ones have no such tables yet.
    const isCurrent = schema.level === 'fine'
    const lines = checkLines(db, `integrity_check(${MOST_LINES})`)
    return [
      integrity(lines),
      schema,
      sizes(db, dataDir),
      foreignKeys(db),
      values(db),
      ...bodies(db, dataDir, settledMs),
      ...(isCurrent ? [searchIndex(db, lines)] : []),
      permissions(dataDir),
    ]
  } finally {
    db.close()
  }
}

/** The first thing that is wrong with pages or values; `null`: nothing is. */
export function verifyDatabase(dataDir: string): string | null {
  const db = new Database(databaseFile(dataDir), { readonly: true, fileMustExist: true })
  try {
    const [first] = foundWrong(db, 'quick_check(5)')
    const unreadable = first === undefined ? unreadableDeliveries(db).length : 0
    if (unreadable > 0) return `${count(unreadable, 'delivery', 'deliveries')} cannot be read`
    return first ?? null
  } catch (error) {
    if (!(error instanceof Error) || !isDamage(error)) throw error
    return error.message
  } finally {
    db.close()
  }
}
