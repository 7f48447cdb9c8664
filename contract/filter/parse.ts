import type { FilterNode, FilterProblem, ParsedFilter } from './filter.ts'
import { found, wrong, type Read } from './reading.ts'
import { readSearchText } from './search-text.ts'
import { filterKey, unknownKey } from './terms.ts'
import { tokenize, type FilterToken, type TermToken } from './tokens.ts'

export const LONGEST_FILTER = 2_000
const DEEPEST = 20
const MOST_TERMS = 100

/** A part of a filter and where it stands in the text. */
export interface FilterPiece {
  node: FilterNode
  from: number
  to: number
}

/**
 * Reads a filter (docs/filters.md). `nowMs`: what times ago, `today` and times of day are counted
 * from; dates are of the machine's zone. Takes time linear in the text; never throws.
 */
export function parseFilter(text: string, nowMs: number): ParsedFilter {
  const read = readFilter(text, nowMs)
  return 'problem' in read
    ? { ok: false, problem: read.problem }
    : { ok: true, filter: read.value.node }
}

/** The conditions that must all hold, one by one, as they stand in the text; none if it is wrong. */
export function filterPieces(text: string, nowMs: number): FilterPiece[] {
  const read = readFilter(text, nowMs)
  if ('problem' in read) return []
  return read.value.pieces
}

type Whole = FilterPiece & { pieces: FilterPiece[] }

function readFilter(text: string, nowMs: number): Read<Whole> {
  if (text.length > LONGEST_FILTER) {
    const sentence = `A filter has at most ${LONGEST_FILTER} characters; this one has ${text.length}.`
    return wrong({ from: LONGEST_FILTER, to: text.length }, sentence)
  }
  const tokens = tokenize(text)
  if (tokens.length === 0) {
    return found({ node: { kind: 'all', of: [] }, from: 0, to: 0, pieces: [] })
  }
  const terms = tokens.filter(({ kind }) => kind === 'term')
  const tooMany = terms[MOST_TERMS]
  if (tooMany) return wrong(tooMany, `A filter has at most ${MOST_TERMS} conditions.`)
  const parser = new Parser(text, tokens, nowMs)
  return parser.whole()
}

/** Goes over the tokens once, from left to right. */
class Parser {
  readonly #text: string
  readonly #tokens: readonly FilterToken[]
  readonly #nowMs: number
  #next = 0

  constructor(text: string, tokens: readonly FilterToken[], nowMs: number) {
    this.#text = text
    this.#tokens = tokens
    this.#nowMs = nowMs
  }

  whole(): Read<Whole> {
    const read = this.#any(0)
    if ('problem' in read) return read
    const left = this.#tokens[this.#next]
    if (left) return wrong(left, 'This closes no parenthesis: take it away, or write ( before.')
    return read
  }

  /** Parts joined by OR. */
  #any(depth: number): Read<Whole> {
    const parts: Whole[] = []
    for (;;) {
      const part = this.#all(depth)
      if ('problem' in part) return part
      parts.push(part.value)
      if (this.#tokens[this.#next]?.kind !== 'or') break
      this.#next += 1
    }
    const [only] = parts
    if (only && parts.length === 1) return found(only)
    const whole = joined('any', parts)
    return found({ ...whole, pieces: [whole] })
  }

  /** Parts that stand side by side. */
  #all(depth: number): Read<Whole> {
    const pieces: FilterPiece[] = []
    for (;;) {
      const token = this.#tokens[this.#next]
      const ends = !token || token.kind === 'or' || token.kind === 'close'
      if (pieces.length > 0 && ends) break
      if (ends || token.kind === 'and') return { problem: this.#missing(token) }
      const piece = this.#one(token, depth)
      if ('problem' in piece) return piece
      pieces.push(piece.value)
      if (this.#tokens[this.#next]?.kind === 'and') {
        this.#next += 1
        const behind = this.#tokens[this.#next]
        const goesOn = behind && !['or', 'and', 'close'].includes(behind.kind)
        if (!goesOn) return { problem: this.#missing(behind) }
      }
    }
    return found({ ...joined('all', pieces), pieces })
  }

  /** Something must stand where this token is, or where the text ends. */
  #missing(token: FilterToken | undefined): FilterProblem {
    const before = this.#tokens[this.#next - 1]
    if (before?.kind === 'open' && token?.kind === 'close') {
      return { from: before.from, to: token.to, sentence: 'Nothing stands in these parentheses.' }
    }
    if (before?.kind === 'open' && !token) {
      return {
        ...range(before),
        sentence: 'This parenthesis has no end. Write ) behind what it holds.',
      }
    }
    if (token?.kind === 'close' && !before) {
      return {
        ...range(token),
        sentence: 'This closes no parenthesis: take it away, or write ( before.',
      }
    }
    const join = before?.kind === 'or' || before?.kind === 'and' ? before : token
    const word = join?.kind === 'and' ? 'AND' : 'OR'
    const sentence = `${word} stands between two conditions. To search for the word, write "${word}".`
    return { ...range(join ?? before ?? { from: 0, to: this.#text.length }), sentence }
  }

  #one(token: FilterToken, depth: number): Read<FilterPiece> {
    this.#next += 1
    if (token.kind === 'minus') return this.#negated(token, depth)
    if (token.kind === 'open') return this.#group(token, depth)
    if (token.kind !== 'term') return { problem: this.#missing(token) }
    const behind = this.#tokens[this.#next]
    if (behind?.kind === 'open' && behind.from === token.to) {
      return wrong(
        behind,
        'Put a space before the parenthesis, or quotes around text that holds one.',
      )
    }
    return this.#term(token)
  }

  #negated(minus: FilterToken, depth: number): Read<FilterPiece> {
    const token = this.#tokens[this.#next]
    const touches = token && token.from === minus.to
    if (!touches || (token.kind !== 'term' && token.kind !== 'open')) {
      const sentence =
        token?.kind === 'minus' && touches
          ? 'One - negates. To search for dashes, put the text in quotes.'
          : 'A - stands directly before what it negates, such as -verdict:valid.'
      return wrong(minus, sentence)
    }
    const piece = this.#one(token, depth)
    if ('problem' in piece) return piece
    const { node, to } = piece.value
    return found({ node: { kind: 'not', of: node }, from: minus.from, to })
  }

  #group(open: FilterToken, depth: number): Read<FilterPiece> {
    if (depth >= DEEPEST) {
      return wrong(open, `Parentheses stand at most ${DEEPEST} deep. Take some of them away.`)
    }
    const inner = this.#any(depth + 1)
    if ('problem' in inner) return inner
    const close = this.#tokens[this.#next]
    if (close?.kind !== 'close') {
      return wrong(open, 'This parenthesis has no end. Write ) behind what it holds.')
    }
    this.#next += 1
    return found({ node: inner.value.node, from: open.from, to: close.to })
  }

  #term(token: TermToken): Read<FilterPiece> {
    const problem = this.#misspelt(token)
    if (problem) return { problem }
    const value = { source: this.#text, from: token.valueFrom, to: token.to }
    const key = token.key === null ? null : filterKey(token.key)
    const read = key ? key.read(value, this.#nowMs) : readSearchText(value, 'anywhere')
    return 'problem' in read ? read : found({ node: read.value, ...range(token) })
  }

  #misspelt(token: TermToken): FilterProblem | null {
    const text = this.#text.slice(token.from, token.to)
    if (token.openQuote !== null) {
      const sentence = 'This quote has no end. Write " behind the last word.'
      return { from: token.openQuote, to: token.to, sentence }
    }
    if (token.key === null) return notWords(text, token)
    const key = filterKey(token.key)
    if (!key) {
      return { from: token.from, to: token.valueFrom, sentence: unknownKey(token.key, text) }
    }
    if (token.valueFrom < token.to) return null
    const sentence = `Behind ${key.key}: belongs ${key.value}, such as ${key.examples[0]}.`
    return { ...range(token), sentence }
  }
}

/** What is plainly meant as a condition, not as words. */
function notWords(text: string, token: TermToken): FilterProblem | null {
  if (text === 'NOT') {
    const sentence = 'Write - directly before what is negated. To search for the word, write "NOT".'
    return { ...range(token), sentence }
  }
  const key = /^(status|size|skew|duration)(?=[<>])/i.exec(text)?.[0]
  if (key === undefined) return null
  const sentence = `A colon belongs behind the key: ${key}:${text.slice(key.length, 30)}.`
  return { from: token.from, to: token.from + key.length, sentence }
}

function range({ from, to }: { from: number; to: number }) {
  return { from, to }
}

function joined(kind: 'all' | 'any', pieces: readonly FilterPiece[]): FilterPiece {
  const [first] = pieces
  const last = pieces.at(-1)
  const node =
    first && pieces.length === 1 ? first.node : { kind, of: pieces.map((one) => one.node) }
  return { node, from: first?.from ?? 0, to: last?.to ?? 0 }
}
