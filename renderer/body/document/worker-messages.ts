import type { DocumentInputs, DocumentMethod, DocumentOutputs } from './body-document.ts'

/** Page to worker: bytes of the body, then calls. */
export type WorkerRequest =
  | { kind: 'bytes'; bytes: Uint8Array }
  | { kind: 'forget' }
  | { [M in DocumentMethod]: CallRequest<M> }[DocumentMethod]

export interface CallRequest<Method extends DocumentMethod> {
  kind: 'call'
  id: number
  method: Method
  input: DocumentInputs[Method]
}

/** Worker to page: what became of a call. */
export type WorkerReply<Method extends DocumentMethod> =
  | { id: number; ok: true; output: DocumentOutputs[Method] }
  | { id: number; ok: false; sentence: string }
