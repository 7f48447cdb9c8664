import { describeWriteFailure } from '#engine/store/describe-write-failure.ts'
import type { ForwardsTable, SettledForward } from '#engine/store/forwards-table.ts'

/** While the database refuses, what became of forwards is kept and tried again after this. */
const AGAIN_MS = 1_000

export interface OutcomeWriter {
  /**
   * Writes it with all others of this event-loop turn.
   * @returns whether it is durable; `false` only where an answer hangs on it: its sender is then told to
   *   come again, and the outcome is kept with that answer until it can be written
   */
  write(settled: SettledForward): Promise<boolean>
  /** The database refused the last write. */
  readonly isStalled: boolean
  /** Writes what is held, once more. */
  close(): void
}

interface Held {
  settled: SettledForward
  /** Called once it is known; `null`: nobody waits any more. */
  resolve: ((stored: boolean) => void) | null
}

export function createOutcomeWriter(options: {
  forwards: Pick<ForwardsTable, 'settle'>
  /** What a sender hears when its outcome could not be stored. */
  refusal: NonNullable<SettledForward['answer']>
  onStored(settled: readonly SettledForward[]): void
  onFailure(error: unknown): void
}): OutcomeWriter {
  let held: Held[] = []
  let scheduled = false
  let stalled = false

  const flush = () => {
    scheduled = false
    if (held.length === 0) return
    const writing = held
    try {
      store(writing)
    } catch (error) {
      stalled = true
      for (const one of writing) refuse(one)
      options.onFailure(error)
      setTimeout(flush, AGAIN_MS).unref()
      return
    }
    held = []
    stalled = false
    for (const { resolve } of writing) resolve?.(true)
    options.onStored(writing.map(({ settled }) => settled))
  }
  /** An outcome that can never be written must not hold up all others. */
  const store = (writing: readonly Held[]) => {
    try {
      options.forwards.settle(writing.map(({ settled }) => settled))
    } catch (error) {
      if (describeWriteFailure(error).code !== 'write-failed') throw error
      options.onFailure(error)
      for (const one of writing) {
        if (writing.length > 1) store([one])
        else refuse(one)
      }
    }
  }
  /** A sender does not wait for a database that may stay shut for hours. */
  const refuse = (one: Held) => {
    if (one.settled.answer === null || one.resolve === null) return
    one.settled = { ...one.settled, answer: options.refusal }
    one.resolve(false)
    one.resolve = null
  }

  return {
    write: (settled) =>
      new Promise((resolve) => {
        const one: Held = { settled, resolve }
        held.push(one)
        if (stalled) refuse(one)
        else if (!scheduled) {
          scheduled = true
          setImmediate(flush)
        }
      }),
    get isStalled() {
      return stalled
    },
    close: flush,
  }
}
