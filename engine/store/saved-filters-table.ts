import type { Database } from 'better-sqlite3'
import type { SavedFilter } from '#contract/saved-filter.ts'

export interface SavedFilterPatch {
  name?: string | undefined
  query?: string | undefined
}

/** A name is taken when another filter has it, in whatever case. */
export type SavedFilterConflict = { conflict: 'name' }

export interface SavedFiltersTable {
  /** In the order of the sidebar. */
  list(): SavedFilter[]
  /** Stands last. */
  create(name: string, query: string): SavedFilter | SavedFilterConflict
  /** Absent fields stay; `null`: there is no such filter. */
  update(id: number, patch: SavedFilterPatch): SavedFilter | SavedFilterConflict | null
  /** Puts these first, in this order; those that are not named keep theirs, behind. */
  arrange(ids: readonly number[]): void
  /** `false`: there is no such filter. */
  remove(id: number): boolean
}

export function savedFiltersTable(db: Database): SavedFiltersTable {
  const all = db.prepare<[], SavedFilter>(
    'SELECT id, name, query, position FROM saved_filters ORDER BY position, id',
  )
  const one = db.prepare<[number], SavedFilter>(
    'SELECT id, name, query, position FROM saved_filters WHERE id = ?',
  )
  const named = db.prepare<[string], number>('SELECT id FROM saved_filters WHERE name = ?').pluck()
  const add = db.prepare<[string, string], SavedFilter>(
    `INSERT INTO saved_filters (name, query, position)
     SELECT ?, ?, coalesce(max(position) + 1, 0) FROM saved_filters
     RETURNING id, name, query, position`,
  )
  const change = db.prepare<[string, string, number], SavedFilter>(
    'UPDATE saved_filters SET name = ?, query = ? WHERE id = ? RETURNING id, name, query, position',
  )
  const place = db.prepare<[number, number]>('UPDATE saved_filters SET position = ? WHERE id = ?')
  const drop = db.prepare<[number]>('DELETE FROM saved_filters WHERE id = ?')

  const create = db.transaction((name: string, query: string) => {
    if (named.get(name) !== undefined) return { conflict: 'name' as const }
    const added = add.get(name, query)
    if (added === undefined) throw new Error('INSERT returned no row.')
    return added
  })
  const update = db.transaction((id: number, patch: SavedFilterPatch) => {
    const before = one.get(id)
    if (before === undefined) return null
    const name = patch.name ?? before.name
    const holder = named.get(name)
    if (holder !== undefined && holder !== id) return { conflict: 'name' as const }
    return change.get(name, patch.query ?? before.query, id) ?? null
  })
  const arrange = db.transaction((ids: readonly number[]) => {
    const first = [...new Set(ids)]
    const others = all.all().filter(({ id }) => !first.includes(id))
    const ordered = [...first, ...others.map(({ id }) => id)]
    ordered.forEach((id, position) => place.run(position, id))
  })

  return {
    list: () => all.all(),
    create: (name, query) => create.immediate(name, query),
    update: (id, patch) => update.immediate(id, patch),
    arrange: (ids) => arrange.immediate(ids),
    remove: (id) => drop.run(id).changes > 0,
  }
}
