import type { DocumentInputs, DocumentMethod, DocumentOutputs } from './body-document.ts'
import type { WorkerReply, WorkerRequest } from './worker-messages.ts'

let idle: Worker | null = null

/** A worker that does nothing yet. */
export function idleWorker(): Worker {
  const worker =
    idle ?? new Worker(new URL('./body-worker.ts', import.meta.url), { type: 'module' })
  idle = null
  return worker
}

/** A body that a worker holds. */
export class WorkerDocument {
  readonly id: number
  readonly #worker: Worker
  readonly #waiting = new Map<number, (sentence: string) => void>()
  #calls = 0
  #closed = false

  constructor(id: number, worker: Worker) {
    this.id = id
    this.#worker = worker
    worker.addEventListener('error', this.#onError)
  }

  add(bytes: Uint8Array): void {
    this.#post({ kind: 'bytes', bytes }, [bytes.buffer])
  }

  ask<Method extends DocumentMethod>(
    method: Method,
    input: DocumentInputs[Method],
  ): Promise<DocumentOutputs[Method]> {
    this.#calls += 1
    const id = this.#calls
    const worker = this.#worker
    return new Promise((resolve, reject) => {
      const settled = () => {
        worker.removeEventListener('message', onReply)
        this.#waiting.delete(id)
      }
      const onReply = ({ data }: MessageEvent<WorkerReply<Method>>) => {
        if (data.id !== id) return
        settled()
        if (data.ok) resolve(data.output)
        else reject(new Error(data.sentence))
      }
      this.#waiting.set(id, (sentence) => {
        settled()
        reject(new Error(sentence))
      })
      worker.addEventListener('message', onReply)
      worker.postMessage({ kind: 'call', id, method, input })
    })
  }

  /** The worker serves the next body, unless it is still busy with this one. */
  close(): void {
    if (this.#closed) return
    this.#closed = true
    this.#worker.removeEventListener('error', this.#onError)
    if (this.#waiting.size > 0 || idle !== null) {
      this.#worker.terminate()
      this.#failAll('The body was closed.')
      return
    }
    this.#post({ kind: 'forget' })
    idle = this.#worker
  }

  #post(request: WorkerRequest, transfer: Transferable[] = []): void {
    this.#worker.postMessage(request, transfer)
  }

  #failAll(sentence: string): void {
    for (const fail of [...this.#waiting.values()]) fail(sentence)
  }

  readonly #onError = (event: ErrorEvent) => {
    this.#failAll(`The body could not be read: ${event.message}.`)
  }
}
