import type { FilterNode } from './filter.ts'
import { parseFilter } from './parse.ts'

/** A Sunday, 12:30:15.250 local time. */
export const NOW = new Date(2026, 10, 22, 12, 30, 15, 250).getTime()

export function tree(text: string): FilterNode {
  const parsed = parseFilter(text, NOW)
  if (!parsed.ok) throw new Error(`${text}: ${parsed.problem.sentence}`)
  return parsed.filter
}

/** The problem as `[the characters it points at, what it says]`. */
export function problem(text: string): [string, string] {
  const parsed = parseFilter(text, NOW)
  if (parsed.ok) throw new Error(`${text} parses: ${JSON.stringify(parsed.filter)}`)
  const { from, to, sentence } = parsed.problem
  return [text.slice(from, to), sentence]
}
