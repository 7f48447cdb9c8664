/**
 * Whether the upkeep thread writes, and whether capture wants to. SQLite's busy handler sleeps for
 * 1, 2, 5, 10 ms and more while another connection holds the lock, and the capture thread with it;
 * so both ask here first. SQLite's lock stays the one that counts.
 */
const HELD = 0
const WANTED = 1
/** After so long whoever waits goes on, and SQLite decides: the other thread may have died. */
const PATIENCE_MS = 50
/** So often the upkeep thread lets capture go first. */
const MOST_TIMES = 10

export interface WriteTurns {
  readonly buffer: SharedArrayBuffer
  /**
   * On the capture thread, before it writes. True: it may; false: `go` is called when it may.
   * `leave` has to follow the writing.
   */
  take(go: () => void): boolean
  leave(): void
  /** On the upkeep thread, around each of its transactions. */
  enter(): void
  exit(): void
}

export function createWriteTurns(buffer = new SharedArrayBuffer(8)): WriteTurns {
  const cells = new Int32Array(buffer)
  const exit = () => {
    Atomics.store(cells, HELD, 0)
    Atomics.notify(cells, HELD)
  }
  return {
    buffer,
    take(go) {
      Atomics.store(cells, WANTED, 1)
      const waiting = Atomics.waitAsync(cells, HELD, 1, PATIENCE_MS)
      if (!waiting.async) return true
      void waiting.value.then(go)
      return false
    },
    leave() {
      Atomics.store(cells, WANTED, 0)
      Atomics.notify(cells, WANTED)
    },
    enter() {
      for (let times = 0; times < MOST_TIMES; times += 1) {
        Atomics.store(cells, HELD, 1)
        if (Atomics.load(cells, WANTED) === 0) return
        exit()
        Atomics.wait(cells, WANTED, 1, PATIENCE_MS)
      }
      Atomics.store(cells, HELD, 1)
    },
    exit,
  }
}
