import type { Verdict } from '#contract/verdict.ts'

/** Both bounds; `null`: none. An open bound does not belong to the range. */
export interface Range {
  from: number | null
  fromOpen: boolean
  to: number | null
  toOpen: boolean
}

/** What `is:` can ask. */
export const states = [
  'failure',
  'duplicate',
  'retry',
  'exact-replay',
  'id-reuse',
  'same-body',
  'replay',
  'imported',
  'challenge',
  'pinned',
  'noted',
  'tagged',
  'cut',
] as const
export type State = (typeof states)[number]

/** What a JSON value is compared with: `=` and `!=` also take text, the others numbers. */
export interface JsonComparison {
  operator: '=' | '!=' | '<' | '<=' | '>' | '>='
  /** As written: a number keeps its digits; text may hold `*`. */
  value: string
  /** In quotes: compared as text, never as a number or a word. */
  quoted: boolean
}

/** A step of a JSON path: a key, an index, or every member (`*`). */
export type JsonStep = { key: string } | { index: number } | 'every'

/** One condition. A pattern is compared whole, ignoring case; `*` in it stands for any run. */
export type FilterTerm =
  /** `catch-all` is the name of deliveries without an endpoint. */
  | { kind: 'endpoint'; pattern: string }
  | { kind: 'scheme'; pattern: string }
  | { kind: 'verdict'; verdict: Verdict }
  | { kind: 'is'; state: State }
  | { kind: 'type'; pattern: string }
  | { kind: 'method'; pattern: string }
  /** The path of the target, without the query. */
  | { kind: 'path'; pattern: string }
  /** The status answered. */
  | { kind: 'status'; range: Range }
  /** Bytes of the body as it came. */
  | { kind: 'size'; range: Range }
  /** Seconds; by magnitude unless the bound was written with a sign. */
  | { kind: 'skew'; range: Range; signed: boolean }
  /** Milliseconds from receipt to answer. */
  | { kind: 'duration'; range: Range }
  /** Unix milliseconds of receipt. */
  | { kind: 'time'; range: Range }
  /** `pattern` null: the header is there. */
  | { kind: 'header'; name: string; pattern: string | null }
  /** Part of the message id (ignoring case), or the whole number of the delivery. */
  | { kind: 'id'; text: string }
  /** Part of the note, ignoring case. */
  | { kind: 'note'; text: string }
  | { kind: 'tag'; pattern: string }
  /** Words in this order, one after another; `prefix`: the last one only begins so. */
  | { kind: 'text'; where: 'anywhere' | 'body' | 'headers' | 'url'; text: string; prefix: boolean }
  /** `comparison` null: the value is there. */
  | { kind: 'json'; path: JsonStep[]; comparison: JsonComparison | null }

/** A filter as a tree; `all` of nothing is everything. */
export type FilterNode =
  | { kind: 'all'; of: FilterNode[] }
  | { kind: 'any'; of: FilterNode[] }
  | { kind: 'not'; of: FilterNode }
  | FilterTerm

export interface FilterProblem {
  /** UTF-16 offsets into the text: what is wrong stands there. */
  from: number
  to: number
  /** What is wrong and what to write instead. */
  sentence: string
}

export type ParsedFilter = { ok: true; filter: FilterNode } | { ok: false; problem: FilterProblem }
