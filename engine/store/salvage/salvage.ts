import fs from 'node:fs'
import Database from 'better-sqlite3'
import { migrate } from '#engine/store/migrate.ts'
import { migrations } from '#engine/store/migrations/all.ts'
import { checkBodies, keepSequences, makeConsistent } from './consistent.ts'
import { countWords, keptTables } from './kept-tables.ts'
import { oldRoots } from './old-schema.ts'
import { lookAtLog, openPages, type PageFile } from './page-file.ts'
import { refillAll, type TableCount } from './refill.ts'
import { LARGEST_ID, shapeOf } from './shape.ts'
import { type Row, treeReader, type TreeReport } from './tree-rows.ts'

/** Where the header keeps it: https://sqlite.org/fileformat2.html#the_database_header */
const USER_VERSION_OFFSET = 60

/** What became of a damaged database. */
export interface Salvage {
  tables: TableCount[]
  /** Pages that are gone or cannot be read, and that one of the carried tables reached. */
  badPages: number
  /** Deliveries that other tables know of and that could not be read. */
  lostDeliveries: number
  /** Deliveries whose body is not what was received, or is gone. */
  changedBodies: number[]
  missingBodies: number[]
  lostEndpoints: string[]
}

function versionOf(pages: PageFile): number {
  const told = pages.page(1)?.readUInt32BE(USER_VERSION_OFFSET) ?? 0
  return told >= 1 && told <= migrations.length ? told : migrations.length
}

function makeTarget(file: string, version: number): Database.Database {
  fs.rmSync(file, { force: true })
  fs.closeSync(fs.openSync(file, 'wx', 0o600))
  const db = new Database(file)
  db.pragma('auto_vacuum = INCREMENTAL')
  // Nothing of it counts before it is synced and renamed as a whole.
  db.pragma('journal_mode = OFF')
  db.pragma('synchronous = OFF')
  db.pragma('foreign_keys = OFF')
  db.pragma('trusted_schema = OFF')
  migrate(db, migrations.slice(0, version), file)
  return db
}

function sequences(rows: readonly Row[], tables: readonly string[]): Map<string, number> {
  const found = new Map<string, number>()
  for (const { values } of rows) {
    const [name, seq] = values
    if (
      typeof name === 'string' &&
      typeof seq === 'number' &&
      seq < LARGEST_ID &&
      tables.includes(name)
    ) {
      found.set(name, seq)
    }
  }
  return found
}

/** Ids that bodies, marks and facets know and deliveries do not: each was one that is lost now. */
function countLost(db: Database.Database, knownElsewhere: ReadonlySet<number | bigint>): number {
  const stands = db.prepare<[number | bigint]>('SELECT 1 FROM deliveries WHERE id = ?')
  let lost = 0
  for (const id of knownElsewhere) if (stands.get(id) === undefined) lost += 1
  return lost
}

/**
 * Reads what can be read of a damaged database, page by page around what is wrong, into a new one
 * of the same version. The damaged files are only read. The new file is complete and synced when
 * this returns.
 * @param damaged its log stands beside it
 */
export function salvage(damaged: string, target: string): Salvage {
  const isLogDamaged = lookAtLog(`${damaged}-wal`).state === 'damaged'
  const views = isLogDamaged ? [openPages(damaged), openPages(damaged, true)] : [openPages(damaged)]
  const newest = views.at(-1)
  const db = makeTarget(target, newest === undefined ? 0 : versionOf(newest))
  try {
    const copied = views.map((pages) => copyAll(db, pages))
    const { lostEndpoints } = makeConsistent(db)
    const known = new Set(copied.flatMap(({ knownIds }) => knownIds))
    for (const id of db.prepare<[], number>('SELECT delivery_id FROM bodies').pluck().iterate()) {
      known.add(id)
    }
    const { changed, missing } = checkBodies(db)
    return {
      tables: sumsOf(copied.map(({ counts }) => counts)),
      badPages: copied.reduce((sum, { badPages }) => sum + badPages, Number(isLogDamaged)),
      lostDeliveries: countLost(db, known),
      changedBodies: changed,
      missingBodies: missing,
      lostEndpoints,
    }
  } finally {
    db.close()
    for (const pages of views) pages.close()
    syncFile(target)
  }
}

interface Copied {
  counts: TableCount[]
  badPages: number
  /** Of deliveries that the search index knows. */
  knownIds: (number | bigint)[]
}

/** Copies what a view of the damaged files holds and the new database does not have yet. */
function copyAll(db: Database.Database, pages: PageFile): Copied {
  const report: TreeReport = { badPages: 0, badRows: 0 }
  const reader = treeReader(pages)
  const roots = oldRoots(pages, reader, db, report)
  const all = db
    .prepare<[], string>(`SELECT name FROM sqlite_schema WHERE type = 'table'`)
    .pluck()
    .all()
  const tables = keptTables(all)
  // What cannot be read of these is made anew, or known from elsewhere.
  const facts: TreeReport = { badPages: 0, badRows: 0 }
  const rowsOf = (table: string) =>
    roots.rootsOf(table).flatMap((root) => [...reader.rows(root, () => true, facts)])
  const old = sequences(rowsOf('sqlite_sequence'), tables)
  const knownIds = rowsOf('facets').flatMap(({ rowid }) => (rowid === null ? [] : [rowid]))
  const shapes = tables.map((table) => shapeOf(db, table))
  const counts = refillAll(db, shapes, { pages, reader, roots, report })
  keepSequences(db, old)
  return { counts, badPages: report.badPages, knownIds }
}

function sumsOf(views: readonly TableCount[][]): TableCount[] {
  const [first = [], ...others] = views
  return first.map((count, index) => {
    const same = others.flatMap((counts) => counts[index] ?? [])
    const of = (key: 'copied' | 'unreadable' | 'mended') =>
      same.reduce((sum, each) => sum + each[key], count[key])
    const { table } = count
    return { table, copied: of('copied'), unreadable: of('unreadable'), mended: of('mended') }
  })
}

function syncFile(file: string): void {
  const fd = fs.openSync(file, 'r+')
  try {
    fs.fsyncSync(fd)
  } finally {
    fs.closeSync(fd)
  }
}

function unreadableOf(counts: readonly TableCount[], lost: number): string[] {
  return counts.flatMap(({ table, unreadable }) => {
    const count = table === 'deliveries' ? Math.max(unreadable, lost) : unreadable
    return count === 0 || table === 'messages' ? [] : [countWords(count, table)]
  })
}

const are = (count: number) => (count === 1 ? 'is' : 'are')

/** Rows that are known to be lost; a page that could not be read counts as one, whatever it held. */
export function unreadableCount({ tables, badPages, lostDeliveries }: Salvage): number {
  const rows = tables.reduce((sum, table) => sum + table.unreadable, 0)
  return Math.max(rows, lostDeliveries, badPages)
}

/** What was carried over and what was not, for the person. */
export function salvageSentence(done: Salvage): string {
  const copied = done.tables.find(({ table }) => table === 'deliveries')?.copied ?? 0
  const parts = [
    `${countWords(copied, 'deliveries')} ${copied === 1 ? 'was' : 'were'} copied into a new one.`,
  ]
  const lost = unreadableOf(done.tables, done.lostDeliveries)
  if (lost.length > 0) parts.push(`Not readable: ${lost.join(', ')}.`)
  if (done.badPages > 0) {
    const pages = done.badPages === 1 ? 'page is' : 'pages are'
    parts.push(
      `${done.badPages.toLocaleString('en-US')} ${pages} gone or unreadable, and what only they held is not known.`,
    )
  }
  const changed = done.changedBodies.length
  const missing = done.missingBodies.length
  if (changed > 0) {
    parts.push(`${countWords(changed, 'bodies')} ${are(changed)} not what was received.`)
  }
  if (missing > 0) parts.push(`${countWords(missing, 'bodies')} ${are(missing)} gone.`)
  if (done.lostEndpoints.length > 0) {
    parts.push(`Endpoints that lost their names: ${done.lostEndpoints.join(', ')}.`)
  }
  if (lost.length === 0 && done.badPages + changed + missing === 0)
    parts.push('All that was found could be read.')
  return parts.join(' ')
}
