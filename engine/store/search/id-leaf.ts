import { Filtered, Union, Known } from './id-stream.ts'
import type { Candidates, Leaf, Snapshot } from './leaf.ts'
import { RunStream } from './runs.ts'

/** So many characters the index of ids needs to find them anywhere in an id. */
const TRIGRAM = 3
const MATCHED_CHUNK = 128

/** Part of the message id, or the whole number of the delivery. */
export function idLeaf(snapshot: Snapshot, text: string): Leaf {
  const { db, descending } = snapshot
  const messageId = db
    .prepare<[number], string | null>('SELECT message_id FROM deliveries WHERE id = ?')
    .pluck()
  const wanted = lower(text)
  const number = /^\d{1,15}$/.test(text) ? Number(text) : null
  const holds = (id: number) => id === number || lower(messageId.get(id) ?? '').includes(wanted)
  const candidates = (): Candidates | null => {
    if (Array.from(text).length < TRIGRAM || text.includes('\0')) return null
    const query = `"${text.replaceAll('"', '""')}"`
    const run = { table: 'search_ids', id: 'rowid', where: 'search_ids MATCH ?', values: [query] }
    const found = new RunStream(db, [run], descending, MATCHED_CHUNK)
    // The index ignores case of more letters than ids are compared without.
    const verified = new Filtered(found, holds)
    if (number === null || !isThere(number)) return { stream: verified, exact: true, whole: false }
    const itself = new Known([descending ? -number : number])
    return { stream: new Union([verified, itself]), exact: true, whole: false }
  }
  const isThere = (id: number) => messageId.get(id) !== undefined
  if (text.includes('\0')) return { kind: 'leaf', cost: 1, holds }
  const scan = {
    table: 'deliveries',
    id: 'id',
    where: "message_id LIKE ? ESCAPE '\\' OR id = ?",
    values: [`%${text.replace(/[\\%_]/g, '\\$&')}%`, number],
  }
  return { kind: 'leaf', cost: 1, holds, candidates, scan }
}

/** Ignores case of A to Z, as ids of providers are compared by people. */
const lower = (text: string) => text.replace(/[A-Z]+/g, (capitals) => capitals.toLowerCase())
