import type { Database } from 'better-sqlite3'
import type { Row } from './tree-rows.ts'
import type { Value } from './record.ts'

interface Column {
  name: string
  type: string
  notnull: number
  pk: number
}

/** No table comes near; a larger id was changed, and the next ones would follow it. */
export const LARGEST_ID = 2 ** 40

/** A table as the new database has it, and what its rows look like. */
export interface Shape {
  table: string
  columns: readonly string[]
  /** Stored as the row id; `null` in a table WITHOUT ROWID. */
  keyColumn: string | null
  fits: (row: Row) => boolean
}

function isOfType(type: string, value: Value): boolean {
  switch (type) {
    case 'INTEGER':
      return typeof value === 'number' ? Number.isInteger(value) : typeof value === 'bigint'
    case 'REAL':
      return typeof value === 'number'
    case 'TEXT':
      return typeof value === 'string'
    case 'BLOB':
      return Buffer.isBuffer(value)
    default:
      return true
  }
}

/**
 * Every table is STRICT, so each stored value is of its column's type, or NULL where that may be.
 * Rows from before a column was added are shorter.
 */
export function shapeOf(db: Database, table: string): Shape {
  const columns = db.prepare<[string], Column>('SELECT * FROM pragma_table_info(?)').all(table)
  const sql = db
    .prepare<[string], string>('SELECT sql FROM sqlite_schema WHERE name = ?')
    .pluck()
    .get(table)
  const withoutRowid = /WITHOUT ROWID\s*$/.test(sql ?? '')
  const key = columns.find(({ pk, type }) => pk > 0 && type === 'INTEGER')
  const keyColumn = withoutRowid ? null : (key?.name ?? null)
  const fits = ({ rowid, values }: Row): boolean => {
    if ((rowid === null) !== withoutRowid) return false
    if (rowid !== null && (rowid < 0 || rowid > LARGEST_ID)) return false
    if (values.length === 0 || values.length > columns.length) return false
    return values.every((value, index) => {
      const column = columns[index]
      if (column === undefined) return false
      if (column.name === keyColumn) return value === null
      if (value === null) return column.notnull === 0 && !(withoutRowid && column.pk > 0)
      return isOfType(column.type, value)
    })
  }
  return { table, columns: columns.map(({ name }) => name), keyColumn, fits }
}
