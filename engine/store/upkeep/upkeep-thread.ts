import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { endThread } from '#engine/store/end-thread.ts'
import type { WriteTurns } from '#engine/store/write-turns.ts'
import type {
  FromUpkeep,
  ToUpkeep,
  UpkeepCallName,
  UpkeepCalls,
  UpkeepData,
  UpkeepState,
} from './protocol.ts'
import { createSignals } from './signals.ts'

const FIRST_RESTART_MS = 1_000
const LAST_RESTART_MS = 60_000
/** What comes first at the start is not slowed down, and a short command pays nothing. */
const START_AFTER_MS = 300

export interface UpkeepThreadOptions {
  dataDir: string
  undoMs: number
  turns: WriteTurns
  onState(state: UpkeepState): void
  onChanged(changed: { removed: boolean; marks: boolean }): void
  onProblem(code: string, sentence: string | null): void
  /** It runs, for the first time or again. */
  onStarted(): void
}

/** The upkeep thread as the capture thread sees it; started soon, and again when it dies. */
export interface UpkeepThread {
  run<Name extends UpkeepCallName>(
    call: Name,
    input: Parameters<UpkeepCalls[Name]>[0],
  ): Promise<Awaited<ReturnType<UpkeepCalls[Name]>>>
  /** Something was committed: an increment, and a message only when the thread sleeps. */
  poke(): void
  close(): Promise<void>
}

interface Pending {
  resolve: (value: unknown) => void
  reject: (error: Error) => void
}

/** Beside the built entries it is `upkeep-worker.cjs`; in the source tree the `.ts` itself. */
function workerFile(): string {
  const built = fileURLToPath(new URL('./upkeep-worker.cjs', import.meta.url))
  return existsSync(built) ? built : fileURLToPath(new URL('./upkeep-worker.ts', import.meta.url))
}

export function createUpkeepThread(options: UpkeepThreadOptions): UpkeepThread {
  const signals = createSignals()
  const pending = new Map<number, Pending>()
  let worker: Worker | null = null
  let lastId = 0
  let closed = false
  let restartMs = FIRST_RESTART_MS
  let waiting: NodeJS.Timeout | null = null
  let hasDied = false

  const rejectAll = (message: string) => {
    for (const { reject } of pending.values()) reject(new Error(message))
    pending.clear()
  }
  const died = (message: string) => {
    worker = null
    options.turns.exit()
    rejectAll(message)
    if (closed) return
    options.onProblem('upkeep-stopped', `${message} It is started again.`)
    hasDied = true
    waiting = setTimeout(start, restartMs).unref()
    restartMs = Math.min(LAST_RESTART_MS, 2 * restartMs)
  }
  const receive = (message: FromUpkeep) => {
    if (message.kind === 'state') options.onState(message.state)
    else if (message.kind === 'changed') {
      options.onChanged({ removed: message.removed, marks: message.marks })
    } else if (message.kind === 'problem') options.onProblem(message.code, message.sentence)
    else {
      const asked = pending.get(message.id)
      pending.delete(message.id)
      if (message.kind === 'error') asked?.reject(new Error(message.error))
      else asked?.resolve(message.result)
    }
  }
  const start = () => {
    if (waiting !== null) clearTimeout(waiting)
    waiting = null
    const { dataDir, undoMs, turns } = options
    const workerData: UpkeepData = {
      ...{ dataDir, undoMs, signals: signals.buffer, turns: turns.buffer },
    }
    const started = new Worker(workerFile(), { workerData })
    worker = started
    started.unref()
    started.on('message', receive)
    started.on('error', (error) => {
      if (worker === started) died(`Work behind capture stopped: ${error.message}.`)
    })
    started.on('exit', () => {
      if (worker === started) died('Work behind capture stopped.')
    })
    started.on('online', () => {
      options.onProblem('upkeep-stopped', null)
      options.onStarted()
    })
  }
  const send = (message: ToUpkeep) => worker?.postMessage(message)
  waiting = setTimeout(start, START_AFTER_MS).unref()

  return {
    run(call, input) {
      if (closed) return Promise.reject(new Error('The engine is closing.'))
      if (worker === null && !hasDied) start()
      if (worker === null)
        return Promise.reject(new Error('Work behind capture is starting again.'))
      const id = ++lastId
      return new Promise((resolve, reject) => {
        pending.set(id, { resolve: (value) => resolve(value as never), reject })
        send({ kind: 'call', id, call, input })
      })
    },
    poke() {
      if (signals.committed()) send({ kind: 'wake' })
    },
    async close() {
      closed = true
      if (waiting !== null) clearTimeout(waiting)
      const ending = worker
      worker = null
      rejectAll('The engine is closing.')
      if (ending) await endThread(ending)
    },
  }
}
