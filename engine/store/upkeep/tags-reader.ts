import type { Database } from 'better-sqlite3'

export interface TagsReader {
  /** All tags that are in use, most used first; deliveries that are being removed do not count. */
  tags(): { name: string; count: number }[]
}

export function tagsReader(db: Database): TagsReader {
  const tags = db.prepare<[], { name: string; count: number }>(
    `SELECT name, count(*) AS count FROM delivery_tags JOIN tags ON tags.id = tag_id
     WHERE delivery_id NOT IN (SELECT delivery_id FROM removed)
     GROUP BY tag_id ORDER BY count DESC, name`,
  )
  return { tags: () => tags.all() }
}
