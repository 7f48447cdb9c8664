/** A row that is opened, at its coordinate, with so many attempts under it. */
export interface OpenedGroup {
  readonly at: number
  readonly attempts: number
}

/** What stands in a line of the list: a row, or an attempt under the row. */
export interface Line {
  readonly at: number
  /** Index of the attempt; `null`: the row itself. */
  readonly attempt: number | null
}

/**
 * Lines of a list with opened groups: coordinates from `top` to `end` (exclusive), each followed
 * by its attempts where it is opened. Few groups are open at a time.
 */
export class Lines {
  readonly #top: number
  readonly #groups: readonly OpenedGroup[]
  readonly count: number

  constructor(top: number, end: number, groups: readonly OpenedGroup[]) {
    this.#top = top
    this.#groups = groups.filter(({ at }) => at >= top && at < end).sort((a, b) => a.at - b.at)
    const attempts = this.#groups.reduce((sum, group) => sum + group.attempts, 0)
    this.count = Math.max(0, end - top) + attempts
  }

  /** The line of a row, counted from 0. */
  of({ at, attempt }: Line): number {
    let line = at - this.#top
    for (const group of this.#groups) if (group.at < at) line += group.attempts
    return attempt === null ? line : line + 1 + attempt
  }

  at(line: number): Line {
    let before = 0
    for (const group of this.#groups) {
      const own = group.at - this.#top + before
      if (line <= own) break
      if (line <= own + group.attempts) return { at: group.at, attempt: line - own - 1 }
      before += group.attempts
    }
    return { at: line - before + this.#top, attempt: null }
  }
}
