import { spawn } from 'node:child_process'
import { join } from 'node:path'

const PIECE_BYTES = 1024 * 1024

/** The bytes of a made NDJSON file in pieces of 1 MiB; each is overwritten by the next. */
export async function* madePieces(mostBytes: number): AsyncGenerator<Buffer, void, void> {
  const writer = spawn(
    process.execPath,
    [join(import.meta.dirname, 'write-file.ts'), String(mostBytes)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const piece = Buffer.alloc(PIECE_BYTES)
  let filled = 0
  try {
    for await (const chunk of writer.stdout) {
      if (!Buffer.isBuffer(chunk)) throw new TypeError('The writer writes bytes.')
      for (let at = 0; at < chunk.byteLength;) {
        const copied = chunk.copy(piece, filled, at)
        at += copied
        filled += copied
        if (filled < PIECE_BYTES) continue
        yield piece
        filled = 0
      }
    }
    if (filled > 0) yield piece.subarray(0, filled)
  } finally {
    writer.kill()
  }
}
