import { parentPort, workerData } from 'node:worker_threads'
import { type HealthTask, performHealthTask } from './health-task.ts'

/** Entry of a worker thread that does one thing and ends. */
parentPort?.postMessage(performHealthTask(workerData as HealthTask))
