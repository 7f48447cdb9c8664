import type { NewExport, Transfer } from '#contract/transfer.ts'
import { client } from '#renderer/app/api.ts'

const WAIT_MS = 80

/** Takes the bytes of an export as they come. */
export interface ExportSink {
  write(piece: Blob): Promise<void>
}

interface Run {
  request: NewExport
  sink: ExportSink
  signal: AbortSignal
  onProgress?: (transfer: Transfer) => void
  /** So many bytes are enough. */
  most?: number
}

const pause = () => new Promise<void>((resolve) => setTimeout(resolve, WAIT_MS))

/**
 * Has an export written and reads it as it grows; it is forgotten afterwards. Rejects with its
 * problem, and with the signal's reason when that is aborted.
 */
export async function runExport({
  request,
  sink,
  signal,
  onProgress,
  most,
}: Run): Promise<Transfer> {
  const { id } = await client.transfers.beginExport(request)
  try {
    for (let offset = 0; ;) {
      signal.throwIfAborted()
      // Asked before reading: behind what was written at the end of it there is nothing.
      const transfer = await client.transfers.get({ id })
      onProgress?.(transfer)
      const piece = await client.transfers.read({ id, offset, ...(most && { length: most }) })
      if (piece.size > 0) await sink.write(piece)
      offset += piece.size
      if (most !== undefined && offset >= most) return transfer
      if (piece.size > 0) continue
      if (transfer.state === 'failed') throw new Error(transfer.problem ?? 'The export failed.')
      if (transfer.state !== 'running') return transfer
      await pause()
    }
  } finally {
    // It may be gone by itself: the engine was started anew.
    await client.transfers.cancel({ id }).catch(() => undefined)
  }
}

export interface WholeExport {
  transfer: Transfer
  blob: Blob
}

/** All of it, or its beginning; the browser keeps large ones on disk. */
export async function readExport(run: Omit<Run, 'sink'>): Promise<WholeExport> {
  const pieces: Blob[] = []
  const transfer = await runExport({
    ...run,
    sink: {
      write: (piece) => {
        pieces.push(piece)
        return Promise.resolve()
      },
    },
  })
  return { transfer, blob: new Blob(pieces) }
}
