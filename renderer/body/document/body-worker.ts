import { BodyDocument, type DocumentCalls, type DocumentMethod } from './body-document.ts'
import { joinBytes } from './join-bytes.ts'
import type { CallRequest, WorkerReply, WorkerRequest } from './worker-messages.ts'

// A worker of the page: a large body is read, laid out and searched here, and the page stays free.
let received: Uint8Array[] = []
let current: BodyDocument | null = null

function document(): BodyDocument {
  current ??= new BodyDocument(joinBytes(received))
  received = []
  return current
}

function perform<Method extends DocumentMethod>(
  calls: DocumentCalls,
  { id, method, input }: CallRequest<Method>,
): WorkerReply<Method> {
  try {
    return { id, ok: true, output: calls[method](input) }
  } catch (error) {
    return { id, ok: false, sentence: error instanceof Error ? error.message : String(error) }
  }
}

self.addEventListener('message', ({ data }: MessageEvent<WorkerRequest>) => {
  if (data.kind === 'bytes') received.push(data.bytes)
  else if (data.kind === 'call') self.postMessage(perform(document(), data))
  else {
    received = []
    current = null
  }
})
