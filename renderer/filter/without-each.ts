import type { FilterPiece } from '#contract/filter/parse.ts'

export interface Without {
  /** The condition that is taken away, as it is written. */
  dropped: string
  /** The filter that is left. */
  rest: string
  /** Where the condition stands. */
  at: number
}

/** The filter without each of the conditions that must all hold, in turn. */
export function withoutEach(query: string, pieces: readonly FilterPiece[]): Without[] {
  const written = pieces.map(({ from, to }) => query.slice(from, to))
  return pieces.map(({ from }, index) => ({
    dropped: written[index] ?? '',
    rest: written.filter((_, other) => other !== index).join(' '),
    at: from,
  }))
}
