/** So many are written in one transaction, so that the lock is held only briefly. */
const MOST_AT_ONCE = 50
/** And so many bytes, unless one alone is more: an edited body may be large, and goes out each time. */
const MOST_BYTES_AT_ONCE = 256 * 1024
/** How long an end may wait for a beginning to be written along with. */
const ENDS_WAIT_MS = 50

/** Beginnings and ends of many replays, written together: one transaction for what comes at once. */
export interface GroupedWrites<Row, End> {
  /** Resolves with the row's id when it is stored, in the order of the calls. */
  insert(row: Row): Promise<number>
  finish(end: End): void
  /** Resolves when everything is stored, rejects when that cannot be. */
  drain(): Promise<void>
}

interface Waiting<Row> {
  row: Row
  resolve: (id: number) => void
  reject: (reason: unknown) => void
}

/**
 * @param write stores all of it or nothing, and gives the ids of the rows; it may throw
 * @param byteLengthOf how much a row holds
 */
export function createGroupedWrites<Row, End>(
  write: (rows: readonly Row[], ends: readonly End[]) => readonly number[],
  byteLengthOf: (row: Row) => number = () => 0,
): GroupedWrites<Row, End> {
  let rows: Waiting<Row>[] = []
  let ends: End[] = []
  let soon: NodeJS.Immediate | null = null
  let later: NodeJS.Timeout | null = null

  const fitting = (waiting: readonly Waiting<Row>[]): number => {
    let bytes = 0
    const tooMany = waiting.findIndex(({ row }, index) => {
      bytes += byteLengthOf(row)
      return index === MOST_AT_ONCE || (index > 0 && bytes > MOST_BYTES_AT_ONCE)
    })
    return tooMany === -1 ? waiting.length : tooMany
  }
  const flush = (): void => {
    if (soon) clearImmediate(soon)
    if (later) clearTimeout(later)
    soon = later = null
    const begun = rows.slice(0, fitting(rows))
    const over = ends.slice(0, MOST_AT_ONCE)
    rows = rows.slice(begun.length)
    try {
      const ids = write(
        begun.map(({ row }) => row),
        over,
      )
      ends = ends.slice(over.length)
      begun.forEach(({ resolve }, index) => resolve(ids[index] ?? Number.NaN))
    } catch (error) {
      // The ends stay: the next write, or draining, tries them again.
      for (const { reject } of begun) reject(error)
      if (begun.length === 0) throw error
    }
    schedule()
  }
  const attempt = (): void => {
    try {
      flush()
    } catch {
      // Nobody waits for these ends now: `drain` meets the same failure and tells it.
    }
  }
  const schedule = (): void => {
    if (rows.length > 0 || ends.length >= MOST_AT_ONCE) soon ??= setImmediate(attempt)
    else if (ends.length > 0) later ??= setTimeout(attempt, ENDS_WAIT_MS)
  }

  return {
    insert: (row) =>
      new Promise((resolve, reject) => {
        rows.push({ row, resolve, reject })
        schedule()
      }),
    finish(end) {
      ends.push(end)
      schedule()
    },
    async drain() {
      while (rows.length > 0 || ends.length > 0) {
        flush()
        await new Promise((resolve) => setImmediate(resolve))
      }
    },
  }
}
