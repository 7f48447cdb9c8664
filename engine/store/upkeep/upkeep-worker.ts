import { parentPort, workerData } from 'node:worker_threads'
import type { FromUpkeep, ToUpkeep } from './protocol.ts'
import { openUpkeep } from './open-upkeep.ts'

/** Entry of the upkeep thread: everything that is written behind capture. */
const { dataDir, signals } = workerData as { dataDir: string; signals: SharedArrayBuffer }
const upkeep = openUpkeep(dataDir, signals, (message: FromUpkeep) =>
  parentPort?.postMessage(message),
)
parentPort?.on('message', (message: ToUpkeep) => upkeep.receive(message))
