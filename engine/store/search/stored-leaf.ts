import type { FilterTerm, JsonComparison } from '#contract/filter/filter.ts'
import type { DuplicateKind } from '#contract/verdict.ts'
import { ANY_KIND, kindsLeaf } from './conditions.ts'
import { Union } from './id-stream.ts'
import { jsonMatcher } from './json-match.ts'
import type { Candidates, Leaf, Snapshot } from './leaf.ts'
import { ScanStream } from './scan-stream.ts'
import { matches } from './text-leaf.ts'
import { wildcard } from './wildcard.ts'

/** Repeats an earlier one in this way. */
export function duplicateLeaf(snapshot: Snapshot, kind: DuplicateKind): Leaf {
  const one = snapshot.db.prepare<[number, string]>(
    'SELECT 1 FROM deliveries WHERE id = ? AND duplicate_kind = ?',
  )
  const repeated = kindsLeaf(snapshot, { ...ANY_KIND, repeated: true })
  return {
    kind: 'leaf',
    cost: 1,
    holds: (id) => one.get(id, kind) !== undefined,
    candidates: () => inexact(repeated.candidates?.() ?? null),
  }
}

/** A scheme's handshake, answered or not. */
export function challengeLeaf({ db }: Snapshot): Leaf {
  const where = "challenge IS NOT NULL OR verdict = 'challenge'"
  const one = db.prepare<[number]>(`SELECT 1 FROM deliveries WHERE id = ? AND (${where})`)
  return {
    kind: 'leaf',
    cost: 1,
    holds: (id) => one.get(id) !== undefined,
    scan: { table: 'deliveries', id: 'id', where, values: [] },
  }
}

/** Of which only the beginning can be searched. */
export function cutLeaf(snapshot: Snapshot): Leaf {
  const { db, indexedTo, tailText } = snapshot
  const one = db.prepare<[number]>('SELECT 1 FROM facets WHERE id = ? AND text_cut = 1')
  return {
    kind: 'leaf',
    cost: 1,
    holds: (id) => (id <= indexedTo ? one.get(id) !== undefined : tailText.isCut(id)),
    candidates: () => ({ stream: cutOnes(snapshot), exact: true, whole: false }),
  }
}

/** With a header of this name, whose value is like the pattern. */
export function headerLeaf(
  snapshot: Snapshot,
  { name, pattern }: Omit<Extract<FilterTerm, { kind: 'header' }>, 'kind'>,
): Leaf {
  const wanted = name.toLowerCase()
  const isLike = pattern === null ? () => true : wildcard(pattern)
  const { parts } = snapshot
  // The headers are indexed as they are: whoever has the value has its words.
  const words = pattern === null || pattern.includes('*') ? [name] : [name, pattern]
  return {
    kind: 'leaf',
    cost: 1,
    holds: (id) =>
      parts.headers(id).some(([key, value]) => key.toLowerCase() === wanted && isLike(value)),
    candidates: () => withWords(snapshot, 'headers', words),
  }
}

/** With a body whose JSON has a value at a path. */
export function jsonLeaf(
  snapshot: Snapshot,
  { path, comparison }: Omit<Extract<FilterTerm, { kind: 'json' }>, 'kind'>,
): Leaf {
  const matcher = jsonMatcher(path, comparison)
  const { parts } = snapshot
  const word = wordOf(comparison)
  return {
    kind: 'leaf',
    cost: 2,
    holds: (id) => matcher(parts.bodyText(id)),
    candidates: () => (word === null ? null : withinBodies(snapshot, word)),
  }
}

/**
 * Text that a body must hold for its JSON to have a value equal to it. The index holds JSON with
 * its escapes undone, so plain words stand there as they are compared; numbers can be written in
 * several ways.
 */
function wordOf(comparison: JsonComparison | null): string | null {
  if (comparison?.operator !== '=') return null
  const { value, quoted } = comparison
  const plain = /^[A-Za-z0-9][A-Za-z0-9 _.:,/@-]*$/.test(value)
  return plain && (quoted || !/^[\d.eE+-]+$/.test(value)) ? value : null
}

/** Bodies with these words, and those of which the index has only the beginning. */
function withinBodies(snapshot: Snapshot, word: string): Candidates | null {
  const found = withWords(snapshot, 'body', [word])
  return found && { ...found, stream: new Union([found.stream, cutOnes(snapshot)]) }
}

/** `null`: none of them is a word. */
function withWords(
  snapshot: Snapshot,
  column: 'headers' | 'body',
  texts: readonly string[],
): Candidates | null {
  const phrases = texts.flatMap((text) => {
    const words = snapshot.tailText.words(text.replaceAll('\0', ' '))
    return words.length === 0 ? [] : [`"${words.join(' ').replaceAll('"', '""')}"`]
  })
  if (phrases.length === 0) return null
  const query = `{${column}} : (${phrases.join(' AND ')})`
  return { stream: matches(snapshot, query), exact: false, whole: false }
}

function cutOnes(snapshot: Snapshot): ScanStream {
  return new ScanStream(snapshot, {
    table: 'facets',
    id: 'id',
    where: 'text_cut = 1',
    values: [],
  })
}

function inexact(candidates: Candidates | null): Candidates | null {
  return candidates && { ...candidates, exact: false }
}
