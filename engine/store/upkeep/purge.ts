import fs from 'node:fs'
import type { Database } from 'better-sqlite3'
import { bodyFile } from '#engine/store/body-files.ts'
import type { DeliveryText, DeliveryTexts } from './delivery-text.ts'
import { createStepSize, type Lock } from './lock.ts'
import { messageRepair } from './message-repair.ts'
import type { SearchStateTable } from './search-state.ts'
import { wordDeleter } from './word-deleter.ts'

/** Up to so much text of few deliveries is taken out of the index in place: it costs ms each. */
const IN_PLACE_CHARACTERS = 2_000
const MOST_AT_ONCE = 200

interface Doomed {
  id: number
  messageRef: number | null
  messageId: string | null
  bodyFile: string | null
  replayId: number | null
  indexed: number
  check: number | null
}

export interface Purged {
  heldMs: number
  rows: number
  /** The index does not hold what it should: it has to be made anew. */
  indexIsWrong: boolean
}

export interface Purge {
  /**
   * Deletes a few of these deliveries from the file, in one transaction; those that are left come
   * next time. Bodies in files go after the commit.
   * @param few so few that their words may be taken out of the index one by one
   * @param spared asked under the lock: what has to stay after all, such as what was pinned while
   *   texts were read
   */
  step(ids: readonly number[], few: boolean, spared?: (id: number) => boolean): Promise<Purged>
  /** How many to ask for. */
  readonly amount: number
}

const TABLES = ['bodies', 'facets', 'marks', 'delivery_times', 'removed', 'imported'] as const

export function purgeOf(
  db: Database,
  dataDir: string,
  texts: DeliveryTexts,
  state: SearchStateTable,
  lock: Lock,
): Purge {
  const find = db.prepare<[number], Doomed>(
    `SELECT deliveries.id, message_ref AS messageRef, message_id AS messageId,
       body_file AS bodyFile, replay_id AS replayId, text_check AS "check",
       deliveries.id <= (SELECT indexed_to FROM search_state) AS indexed
     FROM deliveries LEFT JOIN facets ON facets.id = deliveries.id WHERE deliveries.id = ?`,
  )
  const deleteRow = db.prepare('DELETE FROM deliveries WHERE id = ?')
  const deleteFrom = TABLES.map((table) => {
    const key = table === 'facets' ? 'id' : 'delivery_id'
    return db.prepare(`DELETE FROM ${table} WHERE ${key} = ?`)
  })
  const forget = db.prepare('DELETE FROM removed WHERE delivery_id = ?')
  const fileUsed = db.prepare<[string]>('SELECT 1 FROM deliveries WHERE body_file = ? LIMIT 1')
  const deleteOthers = otherRows(db)
  const words = wordDeleter(db, lock)
  const messages = messageRepair(db)
  const size = createStepSize(1, 8, MOST_AT_ONCE)

  const unindex = (doomed: Doomed, made: DeliveryText, inPlace: boolean): boolean => {
    if (doomed.indexed === 0 || doomed.check === null) return true
    const known = doomed.check === made.check
    if (known) words.delete(doomed.id, made.text, doomed.messageId)
    state.deleted(made.bytes, !inPlace)
    return known
  }
  const deleteOne = (doomed: Doomed) => {
    deleteOthers(doomed.id, doomed.replayId)
    deleteRow.run(doomed.id)
    for (const statement of deleteFrom) statement.run(doomed.id)
    messages.deleted(doomed.id, doomed.messageRef)
  }
  /** The commit that a file's end depends on has to reach the disk before it. */
  const sync = (made: readonly DeliveryText[]) => {
    const some = made.some(({ id }) => find.get(id)?.bodyFile != null)
    db.pragma(`synchronous = ${some ? 'FULL' : 'NORMAL'}`)
  }
  const unlinkAll = (files: readonly string[]) => {
    for (const name of files) {
      if (fileUsed.get(name) === undefined) fs.rmSync(bodyFile(dataDir, name), { force: true })
    }
  }

  return {
    get amount() {
      return size.amount
    },
    async step(ids, few, spared = () => false) {
      const wanted = ids.slice(0, size.amount)
      const made: DeliveryText[] = []
      const gone: number[] = []
      for (const id of wanted) {
        const text = await texts.of(id)
        if (text === null) gone.push(id)
        else made.push(text)
      }
      const files: string[] = []
      let indexIsWrong = false
      const inPlace = few && made.every(({ text }) => isShort(text))
      sync(made)
      words.prepare(inPlace)
      const heldMs = lock.run(() => {
        for (const id of gone) forget.run(id)
        for (const one of made) {
          const doomed = find.get(one.id)
          if (doomed === undefined || spared(one.id)) continue
          if (!unindex(doomed, one, inPlace)) {
            indexIsWrong = true
            state.distrust()
          }
          deleteOne(doomed)
          if (doomed.bodyFile !== null) files.push(doomed.bodyFile)
        }
      })
      words.done()
      unlinkAll(files)
      size.learn(wanted.length, heldMs)
      return { heldMs, rows: wanted.length, indexIsWrong }
    },
  }
}

function isShort({ url, headers, body }: DeliveryText['text']): boolean {
  return url.length + headers.length + body.length <= IN_PLACE_CHARACTERS
}

/** Replays of the delivery, where it is to be sent on to, its tags, and what the replay that it was says of it. */
function otherRows(db: Database) {
  const replayBodies = db.prepare(
    'DELETE FROM replay_bodies WHERE replay_id IN (SELECT id FROM replays WHERE delivery_id = ?)',
  )
  const replays = db.prepare('DELETE FROM replays WHERE delivery_id = ?')
  const forwards = db.prepare('DELETE FROM forwards WHERE delivery_id = ?')
  const arrived = db.prepare('UPDATE replays SET arrived_as_delivery_id = NULL WHERE id = ?')
  const tagsOf = db
    .prepare<[number], number>('SELECT tag_id FROM delivery_tags WHERE delivery_id = ?')
    .pluck()
  const untag = db.prepare('DELETE FROM delivery_tags WHERE delivery_id = ?')
  const dropTag = db.prepare(
    `DELETE FROM tags WHERE id = @id
       AND NOT EXISTS (SELECT 1 FROM delivery_tags WHERE tag_id = @id)`,
  )
  return (id: number, replayId: number | null) => {
    replayBodies.run(id)
    replays.run(id)
    forwards.run(id)
    if (replayId !== null) arrived.run(replayId)
    const tags = tagsOf.all(id)
    untag.run(id)
    for (const tag of tags) dropTag.run({ id: tag })
  }
}
