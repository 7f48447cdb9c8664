/**
 * Where a key moves the selection in a list of `count` rows, from index `at` (-1: none) with
 * `page` rows on the screen; `null` for keys that do not move.
 */
export function moveByKey(key: string, at: number, count: number, page: number): number | null {
  if (count === 0) return null
  const within = (index: number) => Math.min(count - 1, Math.max(0, index))
  switch (key) {
    case 'ArrowDown':
    case 'j':
      return within(at + 1)
    case 'ArrowUp':
    case 'k':
      return within(at < 0 ? 0 : at - 1)
    case 'PageDown':
      return within(at + page)
    case 'PageUp':
      return within(at - page)
    case 'Home':
      return 0
    case 'End':
      return count - 1
    default:
      return null
  }
}
