import { statfsSync } from 'node:fs'

/** What is left on the disk is for what arrives: the index takes none of the last of it. */
const RESERVED_BYTES = 32 * 1024 * 1024
const LOOK_EVERY_MS = 2_000

/** Whether the disk of a folder has room for what can be made again. */
export function diskRoom(dataDir: string): () => boolean {
  let lookedAtMs = Number.NEGATIVE_INFINITY
  let enough = true
  return () => {
    if (performance.now() - lookedAtMs < LOOK_EVERY_MS) return enough
    lookedAtMs = performance.now()
    const { bavail, bsize } = statfsSync(dataDir)
    enough = bavail * bsize > RESERVED_BYTES
    return enough
  }
}
