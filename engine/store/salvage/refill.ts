import Sqlite, { type Database, type Statement } from 'better-sqlite3'
import { mendValues } from './mended.ts'
import type { OldRoots } from './old-schema.ts'
import type { PageFile } from './page-file.ts'
import type { Value } from './record.ts'
import type { Shape } from './shape.ts'
import type { Row, TreeReader, TreeReport } from './tree-rows.ts'

const ROWS_PER_TRANSACTION = 2_000

export interface TableCount {
  table: string
  copied: number
  /** There, but not readable; or readable, but no longer what the table allows. */
  unreadable: number
  /** Copied with values that stand in for what could not be read. */
  mended: number
}

export interface Refill {
  count: TableCount
  add(row: Row): void
  end(): void
}

/** A value that was changed: STRICT, CHECK, UNIQUE and NOT NULL tell what can be no row. */
function isRefusedRow(error: unknown): boolean {
  if (error instanceof RangeError) return true
  return error instanceof Sqlite.SqliteError && /^SQLITE_(CONSTRAINT|MISMATCH)/.test(error.code)
}

function newestOf(db: Database, table: string, key: string): number {
  const newest = db.prepare<[], number>(`SELECT max(${key}) FROM ${table}`).pluck()
  return newest.get() ?? -1
}

/**
 * Writes rows of one table into the new database, ids as they were. Of a table that was filled
 * before, from what stands before a damaged place of the log, only what is newer is added: what is
 * older and not there was deleted.
 */
export function refill(db: Database, shape: Shape): Refill {
  const { table, columns, keyColumn } = shape
  const isFilled = db.prepare(`SELECT 1 FROM ${table} LIMIT 1`).get() !== undefined
  const newest = keyColumn === null || !isFilled ? -1 : newestOf(db, table, keyColumn)
  const count: TableCount = { table, copied: 0, unreadable: 0, mended: 0 }
  const statements = new Map<number, Statement>()
  const keyIndex = keyColumn === null ? -1 : columns.indexOf(keyColumn)
  const insertOf = (length: number) => {
    const known = statements.get(length)
    if (known !== undefined) return known
    const names = columns.slice(0, length)
    const made = db.prepare(
      `INSERT OR ${isFilled ? 'IGNORE' : 'ABORT'} INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
    )
    statements.set(length, made)
    return made
  }
  const insert = (values: Value[]) => {
    try {
      const { changes } = insertOf(values.length).run(values)
      count.copied += changes
      return changes > 0
    } catch (error) {
      if (!isRefusedRow(error)) throw error
      count.unreadable += 1
      return false
    }
  }
  return {
    count,
    add({ rowid, values }) {
      if (rowid !== null && rowid <= newest) return
      if (!db.inTransaction) db.exec('BEGIN')
      if (keyIndex >= 0) values[keyIndex] = rowid
      const mended = mendValues(table, columns, values)
      if (mended === null) count.unreadable += 1
      else if (insert(values) && mended > 0) count.mended += 1
      if ((count.copied + count.unreadable) % ROWS_PER_TRANSACTION === 0) db.exec('COMMIT')
    },
    end() {
      if (db.inTransaction) db.exec('COMMIT')
    },
  }
}

export interface Source {
  pages: PageFile
  reader: TreeReader
  roots: OldRoots
  report: TreeReport
}

/** Copies all tables by their roots, and then what hangs below pages that cannot be read. */
export function refillAll(
  db: Database,
  shapes: readonly Shape[],
  { pages, reader, roots, report }: Source,
): TableCount[] {
  const refills = new Map(shapes.map((shape) => [shape.table, { shape, into: refill(db, shape) }]))
  for (const { shape, into } of refills.values()) {
    const before = report.badRows
    for (const root of roots.rootsOf(shape.table)) {
      for (const row of reader.rows(root, shape.fits, report)) into.add(row)
    }
    into.count.unreadable += report.badRows - before
    into.end()
  }
  for (let page = 2; page <= pages.pageCount; page += 1) {
    if (reader.wasRead(page) || !reader.isLeaf(page)) continue
    const found = refills.get(roots.tableOf(page) ?? '')
    if (found === undefined) continue
    const before = report.badRows
    for (const row of reader.leafRows(page, found.shape.fits, report)) found.into.add(row)
    found.into.count.unreadable += report.badRows - before
    found.into.end()
  }
  return [...refills.values()].map(({ into }) => into.count)
}
