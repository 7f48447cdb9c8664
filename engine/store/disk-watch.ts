import { statfs } from 'node:fs/promises'
import type { NewDelivery } from './types.ts'

/** How much room a file system has, in bytes, for those who are not its administrator. */
export interface DiskRoom {
  freeBytes: number
  totalBytes: number
}

const LOW_SHARE = 0.05
const LOW_BYTES = 2_000_000_000
const EVERY_MS = 30_000
/** A burst of this much is worth a look of its own. */
const BURST_BYTES = 100_000_000

/** Little of a small disk, or a small rest of a large one: only both together are nearly full. */
export function isNearlyFull({ freeBytes, totalBytes }: DiskRoom): boolean {
  return freeBytes < LOW_BYTES && freeBytes < totalBytes * LOW_SHARE
}

export interface DiskWatch {
  /** Looks sooner when much was written. */
  written(stored: readonly { delivery: Pick<NewDelivery, 'body'> }[]): void
  close(): void
}

/** Looks every 30 s, and after bursts, how much room the data directory has. */
export function watchDisk(options: {
  dataDir: string
  onNearlyFull: (room: DiskRoom) => void
  onEnough: () => void
  roomOf?: (dataDir: string) => Promise<DiskRoom>
  everyMs?: number
}): DiskWatch {
  const { dataDir, onNearlyFull, onEnough, roomOf = roomOnDisk, everyMs = EVERY_MS } = options
  let bytes = 0
  let looking = false
  let closed = false
  const look = async () => {
    if (looking || closed) return
    looking = true
    bytes = 0
    const room = await roomOf(dataDir).catch(() => null)
    looking = false
    // A file system that does not tell is not known to be full; writing will say when it is.
    if (closed || room === null || room.totalBytes === 0) return
    if (isNearlyFull(room)) onNearlyFull(room)
    else onEnough()
  }
  const timer = setInterval(() => void look(), everyMs)
  timer.unref()
  void look()
  return {
    written(stored) {
      for (const { delivery } of stored) bytes += bodyBytes(delivery)
      if (bytes >= BURST_BYTES) void look()
    },
    close() {
      closed = true
      clearInterval(timer)
    },
  }
}

function bodyBytes({ body }: Pick<NewDelivery, 'body'>): number {
  return body.kind === 'memory' ? body.bytes.byteLength : body.byteLength
}

async function roomOnDisk(dataDir: string): Promise<DiskRoom> {
  const { bavail, blocks, bsize } = await statfs(dataDir)
  return { freeBytes: bavail * bsize, totalBytes: blocks * bsize }
}
