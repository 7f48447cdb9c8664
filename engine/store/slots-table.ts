import type { Database } from 'better-sqlite3'
import type { SlotRow } from './types.ts'

/** The slots that hold the data key, each wrapped in its own way. */
export interface SlotsTable {
  list(): SlotRow[]
  add(kind: SlotRow['kind'], wrapped: Uint8Array, parameters: string): SlotRow
  remove(id: number): boolean
}

const COLUMNS = 'id, kind, wrapped, parameters, created_at_ms AS createdAtMs'

export function slotsTable(db: Database): SlotsTable {
  const list = db.prepare<[], SlotRow>(`SELECT ${COLUMNS} FROM slots ORDER BY id`)
  const insert = db.prepare<[string, Uint8Array, string, number], SlotRow>(
    `INSERT INTO slots (kind, wrapped, parameters, created_at_ms) VALUES (?, ?, ?, ?)
     RETURNING ${COLUMNS}`,
  )
  const drop = db.prepare('DELETE FROM slots WHERE id = ?')
  return {
    list: () => list.all(),
    add: (kind, wrapped, parameters) => {
      const row = insert.get(kind, wrapped, parameters, Date.now())
      if (row === undefined) throw new Error('A slot that was just added cannot be read.')
      return row
    },
    remove: (id) => drop.run(id).changes > 0,
  }
}
