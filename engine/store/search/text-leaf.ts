import type { FilterTerm } from '#contract/filter/filter.ts'
import { NEVER } from './facet-test.ts'
import { Known } from './id-stream.ts'
import type { Leaf, Snapshot } from './leaf.ts'
import { type Run, RunStream } from './runs.ts'

type TextTerm = Omit<Extract<FilterTerm, { kind: 'text' }>, 'kind'>

const WORD_CHARACTER = /[\p{L}\p{N}\p{Co}]/u
const ENDS_IN_WORD = /[\p{L}\p{N}\p{M}\p{Co}]$/u
const columns = { anywhere: '', body: '{body} : ', headers: '{headers} : ', url: '{url} : ' }
/** Asking FTS5 anew for many words of one beginning costs as much as the first time. */
const GATHERED_CHUNK = 4_096
const MATCHED_CHUNK = 128

/** Deliveries with the words of a text, one after another. */
export function textLeaf(snapshot: Snapshot, { where, text, prefix }: TextTerm): Leaf {
  // FTS5 reads up to the first NUL; behind a character that is of no word, no word begins.
  const whole = text.replaceAll('\0', ' ')
  const words = WORD_CHARACTER.test(whole) ? snapshot.tailText.words(whole) : []
  const last = words.pop()
  if (last === undefined) return NEVER
  const open = prefix && ENDS_IN_WORD.test(whole)
  const exact = `${columns[where]}${quoted([...words, last], open)}`
  if (!open) return matchLeaf(snapshot, exact)
  const beginnings = snapshot.vocabulary.beginningWith(last, snapshot.indexedTo)
  if (beginnings === null) return gatheredLeaf(snapshot, exact)
  if (beginnings.length === 0) return matchLeaf(snapshot, exact, null)
  const each = beginnings.map((one) => quoted([...words, one.text], one.open))
  return matchLeaf(snapshot, exact, `${columns[where]}(${each.join(' OR ')})`)
}

/**
 * Words as a string of FTS5's query language, in which nothing but a quote has a meaning
 * (https://sqlite.org/fts5.html#fts5_strings).
 */
function quoted(words: readonly string[], open: boolean): string {
  return `"${words.join(' ').replaceAll('"', '""')}"${open ? ' *' : ''}`
}

/**
 * Deliveries that an FTS5 query finds.
 * @param indexed the same for the index; `null`: there it finds nothing
 */
function matchLeaf(snapshot: Snapshot, query: string, indexed: string | null = query): Leaf {
  const { db, indexedTo, tailText } = snapshot
  const one = db.prepare<[string | null, number], 1>(
    'SELECT 1 FROM search WHERE search MATCH ? AND rowid = CAST(? AS INTEGER)',
  )
  return {
    kind: 'leaf',
    cost: 1,
    holds: (id) => {
      if (id > indexedTo) return tailText.matches(id, query)
      return indexed !== null && one.get(indexed, id) !== undefined
    },
    candidates: () => ({
      stream: indexed === null ? new Known([]) : matches(snapshot, indexed),
      exact: true,
      whole: false,
    }),
  }
}

/** The same where FTS5 gathers all hits before it gives the first. */
function gatheredLeaf(snapshot: Snapshot, query: string): Leaf {
  const { db, descending, tailText } = snapshot
  return {
    kind: 'leaf',
    cost: 2,
    holds: (id) => tailText.matches(id, query),
    candidates: () => ({
      stream: new RunStream(db, [matching(query)], descending, GATHERED_CHUNK),
      exact: true,
      whole: false,
    }),
  }
}

/**
 * What an FTS5 query finds among the indexed deliveries. Not in windows of ids: FTS5 looks for the
 * next hit beyond the end of a window as well.
 */
export function matches({ db, descending }: Snapshot, query: string): RunStream {
  return new RunStream(db, [matching(query)], descending, MATCHED_CHUNK)
}

function matching(query: string): Run {
  return { table: 'search', id: 'rowid', where: 'search MATCH ?', values: [query] }
}
