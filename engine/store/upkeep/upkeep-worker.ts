import { parentPort, workerData } from 'node:worker_threads'
import { END_THREAD } from '#engine/store/end-thread.ts'
import { stepBack } from '#engine/store/step-back.ts'
import type { FromUpkeep, ToUpkeep, UpkeepData } from './protocol.ts'
import { openUpkeep } from './open-upkeep.ts'

stepBack()

/** Entry of the upkeep thread: everything that is written behind capture. */
const data = workerData as UpkeepData
const upkeep = openUpkeep(data, (message: FromUpkeep) => parentPort?.postMessage(message))
parentPort?.on('message', (message: ToUpkeep | typeof END_THREAD) => {
  if (message === END_THREAD) process.exit()
  upkeep.receive(message)
})
