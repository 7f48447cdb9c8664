import type { Database } from 'better-sqlite3'
import type { PageFile } from './page-file.ts'
import type { Row, TreeReader, TreeReport } from './tree-rows.ts'

const POINTER_TO_ROOT = 1
const POINTER_TO_INNER = 5
const DEEPEST = 20

/** Where the trees of a damaged database begin. */
export interface OldRoots {
  /** Of each table: what the schema says, and what a new database of that version has. */
  rootsOf(table: string): number[]
  /** The table that a page belongs to by the pointer map; `null`: nobody knows. */
  tableOf(page: number): string | null
}

interface SchemaEntry {
  name: string
  rootpage: number
}

function isTableEntry({ values }: Row): boolean {
  const [type, name, table, root] = values
  const texts = typeof type === 'string' && typeof name === 'string' && typeof table === 'string'
  return texts && typeof root === 'number' && values.length === 5
}

function* entries(reader: TreeReader, report: TreeReport): Generator<SchemaEntry> {
  for (const { values } of reader.rows(1, isTableEntry, report)) {
    const [type, name, , rootpage] = values
    if (type === 'table' && typeof name === 'string' && typeof rootpage === 'number') {
      yield { name, rootpage }
    }
  }
}

/**
 * Root pages of an auto-vacuum database stand at its beginning in the order in which the tables
 * were made, so that a schema that cannot be read can be had from a new database.
 * @param fresh a new database of the same version
 */
export function oldRoots(
  pages: PageFile,
  reader: TreeReader,
  fresh: Database,
  report: TreeReport,
): OldRoots {
  const roots = new Map<string, number[]>()
  const owners = new Map<number, string>()
  const add = ({ name, rootpage }: SchemaEntry, sure: boolean) => {
    if (rootpage < 2 || rootpage > pages.pageCount) return
    if (!sure && (owners.has(rootpage) || pages.pointer(rootpage)?.kind !== POINTER_TO_ROOT)) return
    roots.set(name, [...(roots.get(name) ?? []), rootpage])
    owners.set(rootpage, name)
  }
  const known = fresh
    .prepare<[], SchemaEntry>(
      `SELECT name, rootpage FROM sqlite_schema WHERE type = 'table' AND rootpage > 0`,
    )
    .all()
  const names = new Set(known.map(({ name }) => name))
  for (const entry of entries(reader, report)) if (names.has(entry.name)) add(entry, true)
  for (const entry of known) add(entry, false)

  const tableOf = (page: number): string | null => {
    let at = page
    for (let depth = 0; depth < DEEPEST; depth += 1) {
      const owner = owners.get(at)
      if (owner !== undefined) return owner
      const pointer = pages.pointer(at)
      if (pointer?.kind !== POINTER_TO_INNER) return null
      at = pointer.parent
    }
    return null
  }
  return { rootsOf: (table) => roots.get(table) ?? [], tableOf }
}
