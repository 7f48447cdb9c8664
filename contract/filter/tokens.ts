import { closingQuote } from './reading.ts'

/** A condition: a key with its value, or words to search for. */
export interface TermToken {
  kind: 'term'
  from: number
  to: number
  /** What stands before the colon, in lower case; `null`: words. */
  key: string | null
  /** Where the value begins. */
  valueFrom: number
  /** Where the quote stands that has no end, if there is one. */
  openQuote: number | null
}

export interface SignToken {
  kind: 'open' | 'close' | 'minus' | 'or' | 'and'
  from: number
  to: number
}

export type FilterToken = TermToken | SignToken

const signs: Partial<Record<string, SignToken['kind']>> = {
  '(': 'open',
  ')': 'close',
  '-': 'minus',
}
const joins: ReadonlyMap<string, SignToken['kind']> = new Map([
  ['OR', 'or'],
  ['AND', 'and'],
])

/**
 * Cuts a filter into what it is made of. Never fails, so that a half-typed filter can be coloured
 * and completed. Goes over the text once.
 */
export function tokenize(text: string): FilterToken[] {
  const tokens: FilterToken[] = []
  const space = /\s*/y
  let index = 0
  for (;;) {
    space.lastIndex = index
    index += space.exec(text)?.[0].length ?? 0
    if (index >= text.length) return tokens
    const sign = signs[text[index] ?? '']
    const token: FilterToken = sign ? { kind: sign, from: index, to: index + 1 } : word(text, index)
    tokens.push(token)
    index = token.to
  }
}

function word(text: string, from: number): FilterToken {
  const { to, openQuote } = endOfWord(text, from)
  const join = joins.get(text.slice(from, to))
  if (join) return { kind: join, from, to }
  const key = keyAt(text.slice(from, to))
  const valueFrom = key === null ? from : from + key.length + 1
  return { kind: 'term', from, to, key: key?.toLowerCase() ?? null, valueFrom, openQuote }
}

/** Letters with a colon behind them, unless it begins a URL such as `https://…`. */
function keyAt(term: string): string | null {
  return /^([a-z][a-z-]*):(?!\/\/)/i.exec(term)?.[1] ?? null
}

function endOfWord(text: string, from: number): { to: number; openQuote: number | null } {
  let index = from
  while (index < text.length && !/[\s()]/.test(text[index] ?? '')) {
    if (text[index] === '"') {
      const end = closingQuote(text, index)
      if (end === null) return { to: text.length, openQuote: index }
      index = end
    }
    index += 1
  }
  return { to: index, openQuote: null }
}
