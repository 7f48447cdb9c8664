import { once } from 'node:events'
import type { Worker } from 'node:worker_threads'

/** What a thread of ours is told so that it ends itself. */
export const END_THREAD = 'end'

/** The longest step of a thread; one that takes longer is cut off. */
const GRACE_MS = 5_000

/**
 * Ends a worker thread between two of its steps. Cutting it off within one can end the process:
 * SQLite's addon cannot make an error while its thread is being torn down.
 */
export async function endThread(worker: Worker): Promise<void> {
  if (worker.threadId === -1) return
  const ended = once(worker, 'exit')
  // The process must not end before its thread has.
  worker.ref()
  worker.postMessage(END_THREAD)
  const late = setTimeout(() => void worker.terminate(), GRACE_MS)
  await ended
  clearTimeout(late)
}
