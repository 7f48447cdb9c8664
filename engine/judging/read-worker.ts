import { parentPort, workerData } from 'node:worker_threads'
import { END_THREAD } from '#engine/store/end-thread.ts'
import { stepBack } from '#engine/store/step-back.ts'
import { createReadCalls } from './perform-reads.ts'
import type { ReadReply, ReadRequest } from './read-calls.ts'

/** Entry of a worker thread: everything that reads much happens here, off the capture thread. */
const { dataDir, behind } = workerData as { dataDir: string; behind: boolean }
if (behind) stepBack()
const calls = createReadCalls(dataDir)

async function perform({ id, call, input }: ReadRequest): Promise<ReadReply> {
  try {
    const run = calls[call] as (argument: unknown) => unknown
    return { id, result: await run(input) }
  } catch (error) {
    return { id, error: error instanceof Error ? error.message : String(error) }
  }
}

parentPort?.on('message', (request: ReadRequest | typeof END_THREAD) => {
  if (request === END_THREAD) process.exit()
  void perform(request).then((reply) => parentPort?.postMessage(reply))
})
