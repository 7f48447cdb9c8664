import type { FilterNode, FilterTerm, JsonStep, Range } from '#contract/filter/filter.ts'
import type { Verdict } from '#contract/verdict.ts'
import type { View } from './types.ts'

/** A delivery as the test made it. */
export interface Made {
  id: number
  receivedAtMs: number
  endpointId: number | null
  endpoint: string
  verdict: Verdict
  scheme: string | null
  duplicate: string | null
  replay: boolean
  challenge: boolean
  type: string | null
  method: string
  target: string
  status: number | null
  skew: number | null
  duration: number | null
  headers: readonly (readonly [string, string])[]
  messageId: string | null
  body: string
  imported: boolean
  pinned: boolean
  note: string
  tags: readonly string[]
  removed: boolean
  /** `null`: it belongs to no message. */
  message: string | null
}

const FAILURES = ['invalid', 'stale', 'unsigned', 'malformed', 'incomplete']
const words = (text: string) => text.toLowerCase().match(/[a-z0-9]+/g) ?? []

function like(pattern: string, text: string | null): boolean {
  if (text === null) return false
  const source = pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')
  return new RegExp(`^${source}$`, 'is').test(text)
}

function within({ from, fromOpen, to, toOpen }: Range, value: number | null): boolean {
  if (value === null) return false
  if (from !== null && (fromOpen ? value <= from : value < from)) return false
  return to === null || (toOpen ? value < to : value <= to)
}

function hasWords(term: Extract<FilterTerm, { kind: 'text' }>, row: Made): boolean {
  const wanted = words(term.text)
  const headers = row.headers.map(([name, value]) => `${name}: ${value}`).join('\n')
  const columns = { url: row.target, headers, body: row.body }
  if (wanted.length === 0) return false
  const texts = term.where === 'anywhere' ? Object.values(columns) : [columns[term.where]]
  return texts.some((text) => {
    const all = words(text)
    return all.some((_, at) =>
      wanted.every((word, index) =>
        term.prefix && index === wanted.length - 1
          ? all[at + index]?.startsWith(word)
          : all[at + index] === word,
      ),
    )
  })
}

function valuesAt(value: unknown, path: readonly JsonStep[]): unknown[] {
  const [step, ...rest] = path
  if (step === undefined) return [value]
  if (typeof value !== 'object' || value === null) return []
  const members: unknown[] =
    step === 'every'
      ? Object.values(value)
      : 'key' in step
        ? Array.isArray(value)
          ? []
          : Object.entries(value).flatMap(([key, one]) => (key === step.key ? [one] : []))
        : Array.isArray(value)
          ? value.slice(step.index, step.index + 1)
          : []
  return members.flatMap((member) => valuesAt(member, rest))
}

function hasJson(term: Extract<FilterTerm, { kind: 'json' }>, row: Made): boolean {
  let parsed: unknown
  try {
    parsed = JSON.parse(row.body)
  } catch {
    return false
  }
  const { comparison } = term
  return valuesAt(parsed, term.path).some((value) => {
    if (comparison === null) return true
    const { operator, value: wanted, quoted } = comparison
    const equal =
      typeof value === 'string'
        ? like(wanted, value)
        : !quoted &&
          (typeof value === 'object' && value !== null ? false : String(value) === wanted)
    if (operator === '=') return equal
    if (operator === '!=') return !equal
    if (typeof value !== 'number' || quoted || !/^\d+$/.test(wanted)) return false
    const bound = Number(wanted)
    return { '<': value < bound, '<=': value <= bound, '>': value > bound, '>=': value >= bound }[
      operator
    ]
  })
}

function stateHolds(state: string, row: Made): boolean {
  switch (state) {
    case 'failure':
      return FAILURES.includes(row.verdict)
    case 'duplicate':
      return row.duplicate !== null
    case 'replay':
      return row.replay
    case 'challenge':
      return row.challenge || row.verdict === 'challenge'
    case 'imported':
      return row.imported
    case 'pinned':
      return row.pinned
    case 'noted':
      return row.note !== ''
    case 'tagged':
      return row.tags.length > 0
    case 'cut':
      return false
    default:
      return row.duplicate === state
  }
}

function termHolds(term: FilterTerm, row: Made): boolean {
  switch (term.kind) {
    case 'endpoint':
      return like(term.pattern, row.endpoint)
    case 'scheme':
      return like(term.pattern, row.scheme)
    case 'verdict':
      return row.verdict === term.verdict
    case 'is':
      return stateHolds(term.state, row)
    case 'type':
      return like(term.pattern, row.type)
    case 'method':
      return like(term.pattern, row.method)
    case 'path':
      return like(term.pattern, row.target.split('?')[0] ?? '')
    case 'status':
      return within(term.range, row.status)
    case 'size':
      return within(term.range, row.body.length)
    case 'skew':
      return within(term.range, term.signed || row.skew === null ? row.skew : Math.abs(row.skew))
    case 'duration':
      return within(term.range, row.duration)
    case 'time':
      return within(term.range, row.receivedAtMs)
    case 'header':
      return row.headers.some(
        ([name, value]) =>
          name.toLowerCase() === term.name && (term.pattern === null || like(term.pattern, value)),
      )
    case 'id':
      return (
        String(row.id) === term.text ||
        (row.messageId ?? '').toLowerCase().includes(term.text.toLowerCase())
      )
    case 'note':
      return row.note !== '' && row.note.toLowerCase().includes(term.text.toLowerCase())
    case 'tag':
      return row.tags.some((tag) => like(term.pattern, tag))
    case 'text':
      return hasWords(term, row)
    case 'json':
      break
  }
  return hasJson(term, row)
}

function nodeHolds(node: FilterNode, row: Made): boolean {
  if (node.kind === 'all') return node.of.every((one) => nodeHolds(one, row))
  if (node.kind === 'any') return node.of.some((one) => nodeHolds(one, row))
  if (node.kind === 'not') return !nodeHolds(node.of, row)
  return termHolds(node, row)
}

/** What a view shows, found the plain way. */
export function naive(all: readonly Made[], view: View, indexedTo: number): Made[] {
  const { filter = {}, where, sort = 'time', ascending = false, grouped = false } = view
  const { endpoint, verdicts, duplicates } = filter
  const rows = all.filter(
    (row) =>
      !row.removed &&
      (!where || nodeHolds(where, row)) &&
      (endpoint === undefined || row.endpointId === (endpoint === 'catch-all' ? null : endpoint)) &&
      (!verdicts || verdicts.includes(row.verdict)) &&
      (duplicates === undefined || duplicates === (row.duplicate !== null)) &&
      (!grouped || isNewest(row, all)),
  )
  const value = (row: Made) => {
    if (sort === 'time' || row.id > indexedTo) return null
    return {
      size: row.body.length,
      duration: row.duration,
      skew: row.skew,
      status: row.status,
      type: row.type,
    }[sort]
  }
  const sign = ascending ? 1 : -1
  return rows.sort((one, other) => {
    const [a, b] = [value(one), value(other)]
    if (a === null || b === null) {
      return Number(a === null) - Number(b === null) || sign * (one.id - other.id)
    }
    return sign * (a < b ? -1 : a > b ? 1 : one.id - other.id)
  })
}

function isNewest(row: Made, all: readonly Made[]): boolean {
  if (row.message === null) return true
  const counted = all.filter(
    ({ message, replay, removed }) => message === row.message && !replay && !removed,
  )
  return counted.length === 0 || counted.at(-1)?.id === row.id
}
