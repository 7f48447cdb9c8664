import { describeWriteFailure } from '#engine/store/describe-write-failure.ts'
import type { DurableLog } from '#engine/store/durable-log.ts'
import type { ForwardsTable, SettledForward } from '#engine/store/forwards-table.ts'

/** While the database refuses, what became of forwards is kept and tried again after this. */
const AGAIN_MS = 1_000

export interface OutcomeWriter {
  /**
   * Writes it with all others of this event-loop turn, or that came while the ones before were on
   * their way to the disk.
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
  /** Absent: `settle` makes it durable by itself. */
  log?: Pick<DurableLog, 'softly' | 'sync'>
  /** What a sender hears when its outcome could not be stored. */
  refusal: NonNullable<SettledForward['answer']>
  onStored(settled: readonly SettledForward[]): void
  onFailure(error: unknown): void
}): OutcomeWriter {
  const { log } = options
  let held: Held[] = []
  let scheduled = false
  let syncing = false
  let stalled = false

  const flush = (last = false) => {
    scheduled = false
    if (held.length === 0 || (syncing && !last)) return
    const soft = last ? undefined : log
    const writing = held
    try {
      if (soft) soft.softly(() => store(writing))
      else store(writing)
    } catch (error) {
      stalled = true
      for (const one of writing) refuse(one)
      options.onFailure(error)
      setTimeout(() => flush(), AGAIN_MS).unref()
      return
    }
    held = []
    stalled = false
    if (soft) void takeToDisk(soft, writing)
    else tell(writing)
  }
  const takeToDisk = async ({ sync }: Pick<DurableLog, 'sync'>, written: readonly Held[]) => {
    syncing = true
    try {
      await sync()
    } catch (error) {
      // It stands in the database, but perhaps not after a power cut: its sender is to come again.
      for (const one of written) refuse(one)
      options.onFailure(error)
    }
    syncing = false
    tell(written)
    flush()
  }
  const tell = (written: readonly Held[]) => {
    for (const { resolve } of written) resolve?.(true)
    options.onStored(written.map(({ settled }) => settled))
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
        else if (!scheduled && !syncing) {
          scheduled = true
          setImmediate(() => flush())
        }
      }),
    get isStalled() {
      return stalled
    },
    close: () => flush(true),
  }
}
