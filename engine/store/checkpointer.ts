import { existsSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { databaseFile } from './database-file.ts'
import { endThread } from './end-thread.ts'
import type { NewDelivery } from './types.ts'

/** Well below the log's own limit (see open-store.ts), so that little is left for the writer. */
const EVERY_BYTES = 16 * 1024 * 1024
/** Readers come and go within milliseconds, an export within its steps. */
const EMPTY_PATIENCE_MS = 5_000
const EMPTY_PAUSE_MS = 40

/**
 * Writes the log back on a thread of its own: the writer would stand still for its fsyncs, and all
 * senders with it. The writer's own checkpoint stays as the net below, and restarts the log.
 */
export interface Checkpointer {
  written(stored: readonly { delivery: Pick<NewDelivery, 'body'> }[]): void
  /**
   * Writes the log back and empties it, so that what was overwritten or deleted is in no file any
   * more. False: somebody read from it all the time; the next start empties it.
   */
  empty(): Promise<boolean>
  close(): Promise<void>
}

function workerFile(): string {
  const built = fileURLToPath(new URL('./checkpoint-worker.cjs', import.meta.url))
  return existsSync(built)
    ? built
    : fileURLToPath(new URL('./checkpoint-worker.ts', import.meta.url))
}

/** About what a delivery adds to the log: its row and indexes, and its body when it lies inside. */
function logBytes({ body }: Pick<NewDelivery, 'body'>): number {
  return 4096 + (body.kind === 'memory' ? body.bytes.byteLength : 0)
}

/** @param onFailure the thread failed; capture goes on, and the writer checkpoints for itself */
export function createCheckpointer(
  dataDir: string,
  onFailure: (error: Error) => void,
): Checkpointer {
  let worker: Worker | null = null
  let busy = false
  let bytes = 0
  let closed = false
  const waiting: ((emptied: boolean) => void)[] = []
  const emptyOnce = () =>
    new Promise<boolean>((resolve) => {
      if (closed) return resolve(false)
      waiting.push(resolve)
      worker ??= start()
      worker.postMessage('empty')
    })

  const start = () => {
    const started = new Worker(workerFile(), { workerData: { file: databaseFile(dataDir) } })
    started.unref()
    started.on('message', (message: string) => {
      if (message === 'done') busy = false
      else for (const tell of waiting.splice(0)) tell(message === 'emptied')
    })
    started.on('error', (error) => {
      worker = null
      busy = false
      for (const tell of waiting.splice(0)) tell(false)
      if (!closed) onFailure(error)
    })
    return started
  }

  return {
    written(stored) {
      for (const { delivery } of stored) bytes += logBytes(delivery)
      if (bytes < EVERY_BYTES || busy || closed) return
      bytes = 0
      busy = true
      worker ??= start()
      worker.postMessage('checkpoint')
    },
    async empty() {
      const giveUpAt = Date.now() + EMPTY_PATIENCE_MS
      while (!(await emptyOnce())) {
        if (closed || Date.now() > giveUpAt) return false
        await setTimeout(EMPTY_PAUSE_MS)
      }
      return true
    },
    async close() {
      closed = true
      if (worker) await endThread(worker)
      for (const tell of waiting.splice(0)) tell(false)
    },
  }
}
