import { writeMoment } from './dates.ts'
import type { FilterNode, FilterTerm, Range } from './filter.ts'
import { writeJson } from './json-path.ts'
import { writeRange } from './ranges.ts'
import { quote, writeValue } from './reading.ts'
import { writeSearchText } from './search-text.ts'

/**
 * Writes a filter so that it parses to the same tree. Only ranges that the language cannot say in
 * one condition (closed at one end, open at the other) come out as two.
 */
export function formatFilter(node: FilterNode): string {
  if (node.kind === 'all') return node.of.map((each) => inner(each, node.of.length)).join(' ')
  if (node.kind === 'any') return node.of.map((each) => inner(each, node.of.length)).join(' OR ')
  if (node.kind === 'not') {
    const negated = formatFilter(node.of)
    return isTerm(node.of) && !twoBounds(node.of) ? `-${negated}` : `-(${negated})`
  }
  return formatTerm(node)
}

/** A child; in parentheses where it would fall apart without. */
function inner(node: FilterNode, siblings: number): string {
  const text = formatFilter(node)
  const grouped = (node.kind === 'all' || node.kind === 'any') && node.of.length > 1
  return grouped && siblings > 1 ? `(${text})` : text
}

function isTerm(node: FilterNode): node is FilterTerm {
  return node.kind !== 'all' && node.kind !== 'any' && node.kind !== 'not'
}

function twoBounds(term: FilterTerm): boolean {
  return formatTerm(term).startsWith('(')
}

function formatTerm(term: FilterTerm): string {
  switch (term.kind) {
    case 'verdict':
      return `verdict:${term.verdict}`
    case 'is':
      return `is:${term.state}`
    case 'status':
    case 'size':
    case 'duration':
      return ranged(term.kind, term.range, false)
    case 'skew':
      return ranged('skew', term.range, term.signed)
    case 'time':
      return timed(term.range)
    case 'header':
      return `header:${term.name}${term.pattern === null ? '' : `=${writePattern(term.pattern)}`}`
    case 'id':
    case 'note':
      return `${term.kind}:${writeValue(term.text)}`
    case 'text':
      return `${term.where === 'anywhere' ? '' : `${term.where}:`}${writeSearchText(term)}`
    case 'json':
      return `json:${writeJson(term)}`
    case 'endpoint':
    case 'scheme':
    case 'type':
    case 'method':
    case 'path':
    case 'tag':
      return `${term.kind}:${writePattern(term.pattern)}`
    default:
      return term satisfies never
  }
}

function writePattern(pattern: string): string {
  return pattern === '' ? quote(pattern) : writeValue(pattern)
}

function ranged(key: string, range: Range, signed: boolean): string {
  const { from, to } = range
  if (key === 'status' && !range.fromOpen && !range.toOpen && from !== null && to === from + 99) {
    if (from % 100 === 0 && from >= 100 && from < 600) return `status:${from / 100}xx`
  }
  const one = writeRange(range, signed)
  if (one !== null) return `${key}:${one}`
  const low = writeRange({ ...range, to: null, toOpen: false }, signed)
  const high = writeRange({ ...range, from: null, fromOpen: false }, signed)
  return low === null || high === null ? `${key}:0..` : `(${key}:${low} ${key}:${high})`
}

function timed({ from, fromOpen, to, toOpen }: Range): string {
  const bounds: string[] = []
  if (from !== null) bounds.push(`after:${writeMoment(fromOpen ? from + 1 : from)}`)
  if (to !== null) bounds.push(`before:${writeMoment(toOpen ? to : to + 1)}`)
  return bounds.length === 2 ? `(${bounds.join(' ')})` : (bounds[0] ?? 'after:1970-01-01')
}
