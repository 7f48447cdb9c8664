import type { Database } from 'better-sqlite3'
import type { SlotChange } from '#engine/secrets/types.ts'
import { sealedRows } from './sealed-rows.ts'
import type { SlotRow } from './types.ts'

/** The slots that hold the data key, each wrapped in its own way. */
export interface SlotsTable {
  list(): SlotRow[]
  add(kind: SlotRow['kind'], wrapped: Uint8Array, parameters: string): SlotRow
  remove(id: number): boolean
  /** One transaction; `resealed`: how many rows were sealed anew. */
  exchange(change: SlotChange): { added: SlotRow[]; resealed: number }
}

const COLUMNS = 'id, kind, wrapped, parameters, created_at_ms AS createdAtMs'

export function slotsTable(db: Database): SlotsTable {
  const sealed = sealedRows(db)
  const list = db.prepare<[], SlotRow>(`SELECT ${COLUMNS} FROM slots ORDER BY id`)
  const insert = db.prepare<[string, Uint8Array, string, number], SlotRow>(
    `INSERT INTO slots (kind, wrapped, parameters, created_at_ms) VALUES (?, ?, ?, ?)
     RETURNING ${COLUMNS}`,
  )
  const describe = db.prepare('UPDATE slots SET parameters = ? WHERE id = ?')
  const drop = db.prepare('DELETE FROM slots WHERE id = ?')

  const add: SlotsTable['add'] = (kind, wrapped, parameters) => {
    const row = insert.get(kind, wrapped, parameters, Date.now())
    if (row === undefined) throw new Error('A slot that was just added cannot be read.')
    return row
  }
  const reseal = (to: NonNullable<SlotChange['reseal']>): number => {
    let resealed = 0
    for (const row of sealed.list()) {
      const anew = to(row)
      if (anew === null) continue
      sealed.replace(row, anew)
      resealed++
    }
    return resealed
  }
  const exchange = db.transaction((change: SlotChange) => {
    for (const id of change.remove ?? []) drop.run(id)
    for (const { id, parameters } of change.parameters ?? []) describe.run(parameters, id)
    const added = (change.add ?? []).map((row) => add(row.kind, row.wrapped, row.parameters))
    return { added, resealed: change.reseal ? reseal(change.reseal) : 0 }
  })
  return {
    list: () => list.all(),
    add,
    remove: (id) => drop.run(id).changes > 0,
    exchange: (change) => exchange.immediate(change),
  }
}
