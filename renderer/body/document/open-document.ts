import { readRanges, type BodySource } from '#renderer/body/body-source.ts'
import {
  BodyDocument,
  type DocumentCalls,
  type DocumentInputs,
  type DocumentMethod,
  type DocumentOutputs,
} from './body-document.ts'
import { joinBytes } from './join-bytes.ts'
import { idleWorker, WorkerDocument } from './worker-document.ts'

/** Text, trees and searches know so much of a body; hex and a saved file know all of it. */
export const LARGEST_READ = 32 * 1024 * 1024
/** Smaller bodies are read at once in the page: that takes less time than to ask a worker. */
const LARGEST_IN_PAGE = 96 * 1024

/** A body that can be asked, wherever it is. */
export interface OpenDocument {
  /** Tells documents apart, for what is kept of their answers. */
  readonly id: number
  ask<Method extends DocumentMethod>(
    method: Method,
    input: DocumentInputs[Method],
  ): Promise<DocumentOutputs[Method]>
  close(): void
}

let documents = 0

function inPage(bytes: Uint8Array): OpenDocument {
  const calls: DocumentCalls = new BodyDocument(bytes)
  documents += 1
  return {
    id: documents,
    ask: async (method, input) => calls[method](input),
    close: () => undefined,
  }
}

/** Reads a body, at most `LARGEST_READ` of it. `onProgress` hears how many bytes are here. */
export async function openDocument(
  source: BodySource,
  signal: AbortSignal,
  onProgress: (readSoFar: number) => void,
): Promise<OpenDocument> {
  if (source.byteLength <= LARGEST_IN_PAGE) {
    const parts: Uint8Array[] = []
    await readRanges(source, LARGEST_READ, (bytes) => void parts.push(bytes), signal)
    return inPage(joinBytes(parts))
  }
  documents += 1
  const document = new WorkerDocument(documents, idleWorker())
  try {
    await readRanges(
      source,
      LARGEST_READ,
      (bytes, readSoFar) => {
        document.add(bytes)
        onProgress(readSoFar)
      },
      signal,
    )
  } catch (error) {
    document.close()
    throw error
  }
  return document
}
