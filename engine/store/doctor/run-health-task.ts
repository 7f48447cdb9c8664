import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { HealthResults, HealthTask } from './health-task.ts'

function workerFile(): string {
  const built = fileURLToPath(new URL('./health-worker.cjs', import.meta.url))
  return existsSync(built) ? built : fileURLToPath(new URL('./health-worker.ts', import.meta.url))
}

/** Does one piece of work on a thread of its own; rejects with what went wrong there. */
export function runHealthTask<Task extends HealthTask>(
  task: Task,
): Promise<HealthResults[Task['kind']]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(workerFile(), { workerData: task })
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', (code) => {
      reject(new Error(`The thread ended with ${code} before it was done.`))
    })
  })
}
