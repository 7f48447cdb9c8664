import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type ResourceLimits, Worker } from 'node:worker_threads'
import { endThread } from '#engine/store/end-thread.ts'
import type { ReadCallName, ReadCalls, ReadReply } from './read-calls.ts'

export interface ReadThread {
  run<Name extends ReadCallName>(
    call: Name,
    input: Parameters<ReadCalls[Name]>[0],
    /** Buffers of the input that are given away instead of copied. */
    given?: readonly ArrayBuffer[],
  ): Promise<Awaited<ReturnType<ReadCalls[Name]>>>
  close(): Promise<void>
}

interface Pending {
  resolve: (value: unknown) => void
  reject: (error: Error) => void
}

/** Beside the built entries it is `read-worker.cjs`; in the source tree the `.ts` itself. */
function workerFile(): string {
  const built = fileURLToPath(new URL('./read-worker.cjs', import.meta.url))
  return existsSync(built) ? built : fileURLToPath(new URL('./read-worker.ts', import.meta.url))
}

/**
 * One worker thread with a read-only connection; started on first use, replaced when it dies.
 * @param behind nobody waits for it: capture, and who looks at a list, come first
 * @param limits how much its JavaScript heap may grow: without any it takes what the machine has
 * before it looks what of it is garbage
 */
export function createReadThread(
  dataDir: string,
  { behind = false, limits = {} }: { behind?: boolean; limits?: ResourceLimits } = {},
): ReadThread {
  const pending = new Map<number, Pending>()
  let worker: Worker | null = null
  let lastId = 0
  let closed = false

  const fail = (message: string) => {
    worker = null
    for (const { reject } of pending.values()) reject(new Error(message))
    pending.clear()
  }
  const start = () => {
    const started = new Worker(workerFile(), {
      workerData: { dataDir, behind },
      resourceLimits: limits,
    })
    started.on('message', (reply: ReadReply) => {
      const waiting = pending.get(reply.id)
      pending.delete(reply.id)
      if ('error' in reply) waiting?.reject(new Error(reply.error))
      else waiting?.resolve(reply.result)
      if (pending.size === 0) started.unref()
    })
    started.on('error', (error) => {
      if (worker === started) fail(`The read worker failed: ${error.message}`)
    })
    started.on('exit', () => {
      if (worker === started) fail('The read worker stopped.')
    })
    return started
  }

  return {
    run(call, input, given = []) {
      if (closed) return Promise.reject(new Error('The engine is closing.'))
      worker ??= start()
      worker.ref()
      const id = ++lastId
      const target = worker
      return new Promise((resolve, reject) => {
        pending.set(id, { resolve: (value) => resolve(value as never), reject })
        target.postMessage({ id, call, input }, given)
      })
    },
    async close() {
      closed = true
      const ending = worker
      fail('The engine is closing.')
      if (ending) await endThread(ending)
    },
  }
}
