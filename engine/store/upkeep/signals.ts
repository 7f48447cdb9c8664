/**
 * What the capture thread and the upkeep thread tell each other without messages, so that a commit
 * costs an increment: how many commits there were, and whether the other one sleeps.
 */
const COMMITS = 0
const ASLEEP = 1

export interface Signals {
  readonly buffer: SharedArrayBuffer
  /** On the capture thread; returns whether the upkeep thread has to be woken by a message. */
  committed(): boolean
  commits(): number
  setAsleep(asleep: boolean): void
}

export function createSignals(buffer = new SharedArrayBuffer(8)): Signals {
  const cells = new Int32Array(buffer)
  return {
    buffer,
    committed() {
      Atomics.add(cells, COMMITS, 1)
      return Atomics.exchange(cells, ASLEEP, 0) === 1
    },
    commits: () => Atomics.load(cells, COMMITS),
    setAsleep(asleep) {
      Atomics.store(cells, ASLEEP, Number(asleep))
    },
  }
}
