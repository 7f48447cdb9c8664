import type { Database } from 'better-sqlite3'
import { FOLLOWING_TRIGGERS, SEARCH_TABLES } from '#engine/store/migrations/search-tables.ts'
import type { Lock } from './lock.ts'
import { TEXT_VERSION } from './searchable-text.ts'
import type { SearchStateTable } from './search-state.ts'

const GONE = 'gone_'
/** What an index lies in, by how much of it is taken away in one step: dropped whole, it takes long. */
const PARTS = [
  { part: 'data', key: 'id', rows: 40 },
  { part: 'docsize', key: 'id', rows: 1_000 },
  { part: 'idx', key: 'segid, term', rows: 400 },
] as const

/**
 * A damaged or outdated index is set aside at once, and taken apart in small steps while a new one
 * is filled from the start.
 */
export interface IndexReset {
  run(): number
  /** An index set aside is still there. */
  due(): boolean
  /** Takes a few of its pages away; returns for how long the lock was held. */
  step(): number
}

export function indexReset(db: Database, state: SearchStateTable, lock: Lock): IndexReset {
  const names = db
    .prepare<[string], string>(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND name GLOB ?`,
    )
    .pluck()
  const triggers = db
    .prepare<[], string>(
      `SELECT name FROM sqlite_schema WHERE type = 'trigger' AND (name GLOB 'facets_follow_*'
         OR name = 'search_ids_follow')`,
    )
    .pluck()
  const setAside = () => {
    const number = names.all(`${GONE}*`).length + 1
    for (const trigger of triggers.all()) db.exec(`DROP TRIGGER ${trigger}`)
    for (const name of ['search', 'search_ids']) {
      db.exec(`ALTER TABLE ${name} RENAME TO ${GONE}${number}_${name}`)
    }
    db.exec(SEARCH_TABLES)
    db.exec(FOLLOWING_TRIGGERS)
    state.reset(TEXT_VERSION)
  }
  const takeApart = () => {
    const [data] = names.all(`${GONE}*_data`)
    if (data === undefined) return
    const table = data.slice(0, -'_data'.length)
    for (const { part, key, rows } of PARTS) {
      const some = `SELECT ${key} FROM ${table}_${part} LIMIT ${rows}`
      const { changes } = db
        .prepare(`DELETE FROM ${table}_${part} WHERE (${key}) IN (${some})`)
        .run()
      if (changes > 0) return
    }
    db.exec(`DROP TABLE ${table}`)
  }
  return {
    run: () => lock.run(setAside),
    due: () => names.all(`${GONE}*_data`).length > 0,
    step: () => {
      // Tables behind a virtual one are otherwise protected from being written to.
      db.unsafeMode(true)
      try {
        return lock.run(takeApart)
      } finally {
        db.unsafeMode(false)
      }
    },
  }
}
