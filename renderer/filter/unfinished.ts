import type { Suggestions } from './suggest.ts'

/**
 * Whether the last word, which the caret stands behind, is on its way to a key or a value that is
 * suggested: as it is it would find nothing, or be told as wrong, only until the next letter.
 */
export function isUnfinished(text: string, caret: number, found: Suggestions): boolean {
  if (caret !== text.length || found.to !== caret) return false
  const typed = text.slice(found.from).replace(/^"/, '').toLowerCase()
  if (typed === '') return text.endsWith(':')
  const keys = found.items.filter(({ kind }) => kind === 'key')
  if (keys.some(({ insert }) => insert.startsWith(typed))) return true
  const values = found.items
    .filter(({ kind }) => kind === 'value')
    .map(({ insert }) => insert.replaceAll(/^"|"$/g, '').toLowerCase())
  return !values.includes(typed) && values.some((value) => value.startsWith(typed))
}
