/** The candidate that a mistyped word most likely means; `null`: none is near. */
export function nearest(word: string, candidates: readonly string[]): string | null {
  const typed = word.toLowerCase()
  if (typed === '' || typed.length > 30) return null
  const beginning = candidates.find((each) => typed.length > 1 && each.startsWith(typed))
  if (beginning !== undefined) return beginning
  let best: string | null = null
  let least = typed.length < 4 ? 2 : 3
  for (const candidate of candidates) {
    const steps = distance(typed, candidate)
    if (steps < least) {
      best = candidate
      least = steps
    }
  }
  return best
}

/** Letters to insert, drop, change or swap with their neighbour (optimal string alignment). */
function distance(one: string, other: string): number {
  let before: number[] = []
  let last = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (let row = 1; row <= one.length; row++) {
    const next = [row]
    for (let column = 1; column <= other.length; column++) {
      const same = one[row - 1] === other[column - 1]
      const swapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]
      next[column] = Math.min(
        (last[column] ?? 0) + 1,
        (next[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
        swapped ? (before[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      )
    }
    before = last
    last = next
  }
  return last[other.length] ?? 0
}
