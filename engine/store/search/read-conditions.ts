import type { FilterNode, FilterTerm, State } from '#contract/filter/filter.ts'
import { type Verdict, verdicts } from '#contract/verdict.ts'
import { ANY_KIND, bothKinds, type Kinds, kindsLeaf, kindsOf } from './conditions.ts'
import { facetLeaf, NEVER } from './facet-test.ts'
import { idLeaf } from './id-leaf.ts'
import type { Condition, Snapshot } from './leaf.ts'
import { importedLeaf, noteLeaf, pinnedLeaf, tagLeaf } from './mark-leaf.ts'
import { byMagnitude } from './ranges.ts'
import { challengeLeaf, cutLeaf, duplicateLeaf, headerLeaf, jsonLeaf } from './stored-leaf.ts'
import { textLeaf } from './text-leaf.ts'
import { timeLeaf } from './time-leaf.ts'
import type { Wanted } from './types.ts'
import { rangesLeaf, typeLeaf } from './value-leaf.ts'
import { likePattern, wildcard } from './wildcard.ts'

/** What is called a failure: the sender's signature cannot be trusted, and no setting is missing. */
const FAILURES: readonly Verdict[] = ['invalid', 'stale', 'unsigned', 'malformed', 'incomplete']

/** A filter and its query as one tree, with what its names stand for looked up. */
export function readConditions(snapshot: Snapshot, { filter, where }: Wanted): Condition {
  const reader = new Reader(snapshot)
  const kinds = kindsOf(filter)
  const query = where ? reader.node(where) : []
  return reader.together([{ kinds }, ...query])
}

/** Conditions on kinds are put together before they become a leaf: one index serves them all. */
type Part = { kinds: Kinds } | Condition

class Reader {
  readonly #snapshot: Snapshot

  constructor(snapshot: Snapshot) {
    this.#snapshot = snapshot
  }

  /** Conditions that must all hold. */
  node(node: FilterNode): Part[] {
    if (node.kind === 'all') return node.of.flatMap((one) => this.node(one))
    if (node.kind === 'any') {
      return [{ kind: 'any', of: node.of.map((one) => this.together(this.node(one))) }]
    }
    return [node.kind === 'not' ? this.#not(node.of) : this.#term(node)]
  }

  together(parts: readonly Part[]): Condition {
    const conditions = parts.filter((part) => 'kind' in part)
    let kinds: Kinds | null = ANY_KIND
    for (const part of parts) {
      if ('kinds' in part) kinds = kinds && bothKinds(kinds, part.kinds)
    }
    if (kinds === null) return NEVER
    const { endpoints, verdicts: wanted, repeated } = kinds
    if (endpoints !== null || wanted !== null || repeated !== null) {
      conditions.unshift(kindsLeaf(this.#snapshot, kinds))
    }
    const [only] = conditions
    return conditions.length === 1 && only ? only : { kind: 'all', of: conditions }
  }

  #not(node: FilterNode): Part {
    const parts = this.node(node)
    const [only] = parts
    if (parts.length === 1 && only && 'kinds' in only) {
      const { verdicts: wanted, endpoints, repeated } = only.kinds
      if (wanted !== null && endpoints === null && repeated === null) {
        const others = verdicts.filter((verdict) => !wanted.includes(verdict))
        return { kinds: { ...ANY_KIND, verdicts: others } }
      }
      if (repeated !== null && wanted === null && endpoints === null) {
        return { kinds: { ...ANY_KIND, repeated: !repeated } }
      }
    }
    return { kind: 'not', of: this.together(parts) }
  }

  #term(term: FilterTerm): Part {
    const snapshot = this.#snapshot
    switch (term.kind) {
      case 'endpoint':
        return { kinds: { ...ANY_KIND, endpoints: this.#endpoints(term.pattern) } }
      case 'verdict':
        return { kinds: { ...ANY_KIND, verdicts: [term.verdict] } }
      case 'is':
        return this.#state(term.state)
      case 'type':
        return typeLeaf(snapshot, term.pattern)
      case 'scheme':
        return this.#like('scheme_id', term.pattern)
      case 'method':
      case 'path':
        return this.#like(term.kind, term.pattern)
      case 'status':
      case 'size':
      case 'duration':
        return rangesLeaf(snapshot, term.kind, [term.range])
      case 'skew':
        return rangesLeaf(snapshot, 'skew', term.signed ? [term.range] : byMagnitude(term.range))
      case 'time':
        return timeLeaf(snapshot, term.range)
      case 'header':
        return headerLeaf(snapshot, term)
      case 'id':
        return idLeaf(snapshot, term.text)
      case 'note':
        return noteLeaf(snapshot, term.text)
      case 'tag':
        return tagLeaf(snapshot, term.pattern)
      case 'text':
        return textLeaf(snapshot, term)
      case 'json':
        break
    }
    return jsonLeaf(snapshot, term)
  }

  #state(state: State): Part {
    const snapshot = this.#snapshot
    switch (state) {
      case 'failure':
        return { kinds: { ...ANY_KIND, verdicts: FAILURES } }
      case 'duplicate':
        return { kinds: { ...ANY_KIND, repeated: true } }
      case 'replay':
        return facetLeaf(snapshot, { text: 'replay = 1', values: [] })
      case 'challenge':
        return challengeLeaf(snapshot)
      case 'imported':
        return importedLeaf(snapshot)
      case 'pinned':
        return pinnedLeaf(snapshot)
      case 'noted':
        return noteLeaf(snapshot, '')
      case 'tagged':
        return tagLeaf(snapshot, '*')
      case 'cut':
        return cutLeaf(snapshot)
      case 'retry':
      case 'exact-replay':
      case 'id-reuse':
      case 'same-body':
        break
    }
    return duplicateLeaf(snapshot, state)
  }

  #like(column: 'scheme_id' | 'method' | 'path', pattern: string): Part {
    if (pattern.includes('\0')) return NEVER
    const text = `coalesce(${column} LIKE ? ESCAPE '\\', 0)`
    return facetLeaf(this.#snapshot, { text, values: [likePattern(pattern)] })
  }

  /** Endpoints whose name is like the pattern, also those that were removed. */
  #endpoints(pattern: string): (number | null)[] {
    const isLike = wildcard(pattern)
    const named = this.#snapshot.db
      .prepare<[], { id: number; name: string }>('SELECT id, name FROM endpoints')
      .all()
      .filter(({ name }) => isLike(name))
      .map(({ id }) => id)
    return isLike('catch-all') ? [...named, null] : named
  }
}
