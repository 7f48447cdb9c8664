/**
 * Which of these numbers stand in rising order once the fewest are taken out: the longest rising
 * subsequence. The others have moved.
 */
export function inOrder(positions: readonly number[]): ReadonlySet<number> {
  const tails: number[] = []
  const before: number[] = []
  positions.forEach((position, index) => {
    let low = 0
    let high = tails.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((positions[tails[middle] ?? 0] ?? 0) < position) low = middle + 1
      else high = middle
    }
    before[index] = low === 0 ? -1 : (tails[low - 1] ?? -1)
    tails[low] = index
  })
  const kept = new Set<number>()
  for (let at = tails.at(-1) ?? -1; at >= 0; at = before[at] ?? -1) kept.add(at)
  return kept
}
