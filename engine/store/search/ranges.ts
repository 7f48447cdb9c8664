import type { Range } from '#contract/filter/filter.ts'
import type { Sql } from './leaf.ts'

/** Whether a column lies within any of some ranges; false where it is NULL. */
export function conditionOn(column: string, ranges: readonly Range[]): Sql {
  const each = ranges.map(({ from, fromOpen, to, toOpen }) => {
    // An empty bound still leaves out NULL, and lets the index be used.
    const parts = [`${column} IS NOT NULL`]
    if (from !== null) parts.push(`${column} ${fromOpen ? '>' : '>='} ?`)
    if (to !== null) parts.push(`${column} ${toOpen ? '<' : '<='} ?`)
    return { text: parts.join(' AND '), values: [from, to].filter((bound) => bound !== null) }
  })
  const text = each.map((part) => `(${part.text})`).join(' OR ')
  return { text, values: each.flatMap(({ values }) => values) }
}

/** Ranges of a number whose magnitude lies within one; they do not overlap. */
export function byMagnitude({ from, fromOpen, to, toOpen }: Range): Range[] {
  if (from === null || from < 0) {
    if (to === null) return [{ from: null, fromOpen, to: null, toOpen }]
    return [{ from: -to, fromOpen: toOpen, to, toOpen }]
  }
  const above = { from, fromOpen, to, toOpen }
  const below = { from: to === null ? null : -to, fromOpen: toOpen, to: -from, toOpen: fromOpen }
  // Zero is its own negative, and is in both.
  return from === 0 && !fromOpen ? [above, { ...below, toOpen: true }] : [above, below]
}
