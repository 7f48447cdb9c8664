import type { Database, Statement } from 'better-sqlite3'

/** Rows of one statement; the rest goes in smaller ones. */
const SIZES = [16, 4, 1] as const

/**
 * Inserts rows many at a time: of each statement, opening a table and its indexes, counting up its
 * sequence and crossing into SQLite cost as much as a row itself.
 */
export interface ManyRows {
  /** Taken, and inserted with the next `flush`; one value for each column. */
  add(values: readonly unknown[]): void
  flush(): void
  /** Forgets what was taken and not inserted. */
  drop(): void
}

export function manyRows(db: Database, table: string, columns: readonly string[]): ManyRows {
  const row = `(${columns.map(() => '?').join(', ')})`
  const statements = SIZES.map((size): [number, Statement] => {
    const rows = Array.from({ length: size }, () => row).join(', ')
    return [size, db.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES ${rows}`)]
  })
  let waiting: unknown[] = []
  let count = 0
  const drop = () => {
    waiting = []
    count = 0
  }
  return {
    drop,
    add(values) {
      if (values.length !== columns.length) throw new RangeError('One value for each column.')
      for (const value of values) waiting.push(value)
      count += 1
    },
    flush() {
      if (count === 0) return
      const [all, rows] = [waiting, count]
      drop()
      let at = 0
      for (const [size, statement] of statements) {
        for (; rows - at >= size; at += size) {
          const some =
            size === rows ? all : all.slice(at * columns.length, (at + size) * columns.length)
          statement.run(some)
        }
      }
    },
  }
}
