import { setImmediate } from 'node:timers/promises'
import type { Pace } from './pace.ts'
import type { Signals } from './signals.ts'
import type { Task } from './task.ts'

const FIRST_RETRY_MS = 1_000
const LAST_RETRY_MS = 60_000
/** While something waits for a rest of capture, it is looked at so often. */
const LOOK_MS = 25

export interface LoopOptions {
  /** In the order of their importance. */
  tasks: readonly Task[]
  pace: Pace
  signals: Signals
  /** Before each step: what became due by itself; returns when it has to be called again. */
  tick(): number | null
  onFailure(task: Task, error: unknown): void
  onSuccess(task: Task): void
  now: () => number
}

export interface Loop {
  /** There may be something to do. */
  wake(): void
}

/** Takes one step of the first task that is due, again and again, and sleeps when none is. */
export function startLoop(options: LoopOptions): Loop {
  const { tasks, pace, signals, now } = options
  const paused = new Map<Task, { untilMs: number; retryMs: number }>()
  let wakeUp: (() => void) | null = null

  const sleep = (untilMs: number | null) =>
    new Promise<void>((resolve) => {
      const ms = untilMs === null ? null : Math.max(1, untilMs - now())
      const timer = ms === null ? null : setTimeout(resolve, ms)
      wakeUp = () => {
        if (timer !== null) clearTimeout(timer)
        resolve()
      }
    })
  const isPaused = (task: Task) => (paused.get(task)?.untilMs ?? 0) > now()

  const stepOf = async (task: Task) => {
    const startedAt = performance.now()
    try {
      await task.step()
      if (paused.delete(task)) options.onSuccess(task)
    } catch (error) {
      const retryMs = Math.min(LAST_RETRY_MS, 2 * (paused.get(task)?.retryMs ?? FIRST_RETRY_MS / 2))
      paused.set(task, { untilMs: now() + retryMs, retryMs })
      options.onFailure(task, error)
    }
    await pace.yield(performance.now() - startedAt, task.share())
  }
  const rest = async (tickMs: number | null) => {
    const times = [...paused.values()].map(({ untilMs }) => untilMs)
    if (tickMs !== null) times.push(tickMs)
    const open = tasks.some((task) => !isPaused(task) && task.waits())
    if (open) times.push(now() + LOOK_MS)
    else {
      const before = signals.commits()
      signals.setAsleep(true)
      // A commit in between has seen nobody asleep.
      if (signals.commits() !== before) return
    }
    await sleep(times.length === 0 ? null : Math.min(...times))
    signals.setAsleep(false)
  }
  const run = async () => {
    for (;;) {
      // Calls that arrived are heard first.
      await setImmediate()
      const tickMs = options.tick()
      const next = tasks.find((task) => !isPaused(task) && task.due())
      if (next === undefined) await rest(tickMs)
      else await stepOf(next)
    }
  }
  void run()
  return { wake: () => wakeUp?.() }
}
