import { Filtered, Union } from './id-stream.ts'
import type { Leaf, Snapshot } from './leaf.ts'
import { type Run, RunStream } from './runs.ts'
import { wildcard } from './wildcard.ts'

const pinned: Run = { table: 'marks', id: 'delivery_id', where: 'pinned = 1', values: [] }
const imported: Run = { table: 'imported', id: 'delivery_id', where: 'true', values: [] }
const marked: Run = { table: 'marks', id: 'delivery_id', where: 'true', values: [] }

export function pinnedLeaf(snapshot: Snapshot): Leaf {
  return inTable(snapshot, pinned)
}

/** It was not captured here but came from a file. */
export function importedLeaf(snapshot: Snapshot): Leaf {
  return inTable(snapshot, imported)
}

function inTable({ db, descending }: Snapshot, run: Run): Leaf {
  const one = db.prepare<[number]>(
    `SELECT 1 FROM ${run.table} WHERE delivery_id = ? AND ${run.where}`,
  )
  return {
    kind: 'leaf',
    cost: 1,
    holds: (id) => one.get(id) !== undefined,
    candidates: () => ({
      stream: new RunStream(db, [run], descending),
      exact: true,
      whole: true,
    }),
  }
}

/** With a note that holds this text; the empty text is in every note. */
export function noteLeaf(snapshot: Snapshot, text: string): Leaf {
  const { db, descending } = snapshot
  const wanted = text.toLowerCase()
  const note = db
    .prepare<[number], string>("SELECT note FROM marks WHERE delivery_id = ? AND note <> ''")
    .pluck()
  const holds = (id: number) => note.get(id)?.toLowerCase().includes(wanted) ?? false
  return {
    kind: 'leaf',
    cost: 1,
    holds,
    candidates: () => ({
      stream: new Filtered(new RunStream(db, [marked], descending), holds),
      exact: true,
      whole: true,
    }),
  }
}

/** With a tag that is like the pattern. */
export function tagLeaf(snapshot: Snapshot, pattern: string): Leaf {
  const { db, descending } = snapshot
  const isLike = wildcard(pattern)
  const tags = db
    .prepare<[], { id: number; name: string }>('SELECT id, name FROM tags')
    .all()
    .filter(({ name }) => isLike(name))
    .map(({ id }) => id)
  const wanted = new Set(tags)
  const tagsOf = db
    .prepare<[number], number>('SELECT tag_id FROM delivery_tags WHERE delivery_id = ?')
    .pluck()
  const tagged = (tag: number) =>
    new RunStream(
      db,
      [{ table: 'delivery_tags', id: 'delivery_id', where: 'tag_id = ?', values: [tag] }],
      descending,
    )
  return {
    kind: 'leaf',
    cost: 1,
    holds: (id) => tagsOf.all(id).some((tag) => wanted.has(tag)),
    // A delivery may have several of them: a union counts it once.
    candidates: () => ({ stream: new Union(tags.map(tagged)), exact: true, whole: true }),
  }
}
