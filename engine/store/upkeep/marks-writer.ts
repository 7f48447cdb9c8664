import type { Database } from 'better-sqlite3'
import type { MarkChange } from '#contract/selection.ts'

/** Pins, tags and notes; each call is one transaction, or part of the one that is open. */
export interface MarksWriter {
  /** Deliveries that are not there are left out. */
  apply(ids: readonly number[], change: MarkChange): void
  /** Returns false when there is no such delivery. */
  note(id: number, text: string): boolean
}

export function marksWriter(db: Database): MarksWriter {
  const pin = db.prepare(
    `INSERT INTO marks (delivery_id, pinned) SELECT id, @pinned FROM deliveries WHERE id = @id
     ON CONFLICT (delivery_id) DO UPDATE SET pinned = excluded.pinned`,
  )
  const note = db.prepare(
    `INSERT INTO marks (delivery_id, note) SELECT id, @text FROM deliveries WHERE id = @id
     ON CONFLICT (delivery_id) DO UPDATE SET note = excluded.note`,
  )
  const tidy = db.prepare(`DELETE FROM marks WHERE delivery_id = ? AND pinned = 0 AND note = ''`)
  const addTag = db.prepare('INSERT OR IGNORE INTO tags (name) VALUES (?)')
  const tagId = db.prepare<[string], number>('SELECT id FROM tags WHERE name = ?').pluck()
  const tag = db.prepare(
    'INSERT OR IGNORE INTO delivery_tags SELECT @tagId, id FROM deliveries WHERE id = @id',
  )
  const untag = db.prepare('DELETE FROM delivery_tags WHERE tag_id = ? AND delivery_id = ?')
  const dropTag = db.prepare(
    `DELETE FROM tags WHERE id = @id
       AND NOT EXISTS (SELECT 1 FROM delivery_tags WHERE tag_id = @id)`,
  )

  const apply = db.transaction((ids: readonly number[], change: MarkChange) => {
    const { pinned } = change
    if (pinned !== undefined) {
      for (const id of ids) {
        if (pinned) pin.run({ id, pinned: 1 })
        else unpin(id)
      }
    }
    for (const name of change.addTags) {
      addTag.run(name)
      const id = tagId.get(name)
      if (id !== undefined) for (const delivery of ids) tag.run({ tagId: id, id: delivery })
    }
    for (const name of change.removeTags) {
      const id = tagId.get(name)
      if (id === undefined) continue
      for (const delivery of ids) untag.run(id, delivery)
      dropTag.run({ id })
    }
    for (const name of change.addTags) dropUnused(name)
  })
  const unpin = (id: number) => {
    pin.run({ id, pinned: 0 })
    tidy.run(id)
  }
  /** Of deliveries that are all gone. */
  const dropUnused = (name: string) => {
    const id = tagId.get(name)
    if (id !== undefined) dropTag.run({ id })
  }
  const setNote = db.transaction((id: number, text: string): boolean => {
    const { changes } = note.run({ id, text })
    if (text === '') tidy.run(id)
    return changes > 0
  })
  return {
    apply: (ids, change) => {
      if (db.inTransaction) apply(ids, change)
      else apply.immediate(ids, change)
    },
    note: (id, text) => setNote.immediate(id, text),
  }
}
