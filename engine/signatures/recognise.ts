import type { Scheme } from '#contract/scheme.ts'
import { schemes } from './catalogue.ts'
import { findHeader } from './headers.ts'
import { queryValue, scalarText, valueAt } from './place.ts'
import { compile } from './compile.ts'
import { readRequest } from './reading.ts'
import type { RequestHead } from './types.ts'
import type { WholeBody } from './whole-body.ts'

export type Confidence = Scheme['recognition']['confidence']

/** A scheme that a request may be of. */
export interface Candidate {
  scheme: Scheme
  confidence: Confidence
}

interface Ranked extends Candidate {
  /** Certain by the provider's own marks is surer than certain by the header's name. */
  rank: number
}

/**
 * The schemes that the headers and, where it is known whole, the body betray, the surest first.
 * `certain`: nobody else sends this; `likely`: it looks like that; `possible`: several share it, and
 * only trying secrets tells.
 */
export function candidates(
  head: RequestHead,
  body: WholeBody | null,
  all: readonly Scheme[] = schemes,
): Candidate[] {
  const names = new Set(head.rawHeaders.map(([name]) => name.toLowerCase()))
  const found: Ranked[] = []
  for (const scheme of all) {
    const ranked = rankOf(scheme, names, head, body)
    if (ranked) found.push(ranked)
  }
  return found
    .sort((one, other) => other.rank - one.rank)
    .map(({ scheme, confidence }) => ({ scheme, confidence }))
}

/**
 * The one scheme that the request betrays; `null`: none, or nothing surer than `possible`. `own`:
 * described by people here; they count after those of the catalogue that are as sure.
 */
export function recognise(
  head: RequestHead,
  body: WholeBody | null = null,
  own: readonly Scheme[] = [],
): { schemeId: string; confidence: 'certain' | 'likely' } | null {
  const [best] = candidates(head, body, own.length === 0 ? schemes : [...schemes, ...own])
  if (!best || best.confidence === 'possible') return null
  return { schemeId: best.scheme.id, confidence: best.confidence }
}

const ranks: Record<Confidence, number> = { possible: 1, likely: 2, certain: 3 }
const MARKED = 4

function rankOf(
  scheme: Scheme,
  names: ReadonlySet<string>,
  head: RequestHead,
  body: WholeBody | null,
): Ranked | null {
  const { recognition } = scheme
  if (!recognition.headers.every((name) => names.has(name))) return null
  const paths = recognition.json ?? []
  const { query = [], headerValues = [] } = recognition
  if (recognition.headers.length + paths.length + query.length === 0) return null
  if (!query.every((name) => queryValue(head.target, name) !== null)) return null
  if (
    !headerValues.every(
      ([name, value]) => findHeader(head.rawHeaders, name.toLowerCase()) === value,
    )
  ) {
    return null
  }
  if (paths.length > 0 && !paths.every((path) => hasValue(body, path))) return null
  if (recognition.signaturePattern !== undefined) {
    const { signatureText } = readRequest(compile(scheme), head, body)
    if (!matches(recognition.signaturePattern, signatureText ?? '')) return null
  }
  const marked =
    recognition.certainWith?.some((name) => names.has(name)) === true ||
    (recognition.userAgent !== undefined &&
      matches(recognition.userAgent, findHeader(head.rawHeaders, 'user-agent') ?? ''))
  if (marked) return { scheme, confidence: 'certain', rank: MARKED }
  const { confidence } = recognition
  return { scheme, confidence, rank: ranks[confidence] }
}

/** A pattern may take the square of a text's length: of a whole header that would be a second. */
export const LONGEST_MATCHED = 4096

function matches(pattern: string, text: string): boolean {
  return text.length <= LONGEST_MATCHED && new RegExp(pattern).test(text)
}

function hasValue(body: WholeBody | null, path: string): boolean {
  const value = valueAt(body?.json?.value, path)
  return scalarText(value) !== null || (typeof value === 'object' && value !== null)
}
