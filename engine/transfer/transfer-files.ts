import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import { open, rm } from 'node:fs/promises'
import path from 'node:path'

/** Names of ours: nothing that a person or a file says becomes part of a path. */
const NAME = /^[0-9a-f]{32}$/

export function transfersFolder(dataDir: string): string {
  return path.join(dataDir, 'transfers')
}

/** @throws RangeError for a name that is none of ours */
export function transferFile(dataDir: string, name: string): string {
  if (!NAME.test(name)) throw new RangeError('A file of an export has a name of ours.')
  return path.join(transfersFolder(dataDir), name)
}

/** Makes the folder (0700), without what an earlier run left in it. */
export function sweepTransfers(dataDir: string): void {
  const folder = transfersFolder(dataDir)
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 })
  for (const name of fs.readdirSync(folder)) {
    if (NAME.test(name)) fs.rmSync(path.join(folder, name), { force: true })
  }
}

export function newTransferName(): string {
  return randomBytes(16).toString('hex')
}

/** At most `length` bytes from `offset`; fewer or none where no more is written yet. */
export async function readTransferFile(
  dataDir: string,
  name: string,
  offset: number,
  length: number,
): Promise<Uint8Array> {
  const file = await open(transferFile(dataDir, name), 'r')
  try {
    const { size } = await file.stat()
    const bytes = new Uint8Array(Math.max(0, Math.min(length, size - offset)))
    let filled = 0
    while (filled < bytes.byteLength) {
      const { bytesRead } = await file.read(
        bytes,
        filled,
        bytes.byteLength - filled,
        offset + filled,
      )
      if (bytesRead === 0) break
      filled += bytesRead
    }
    return bytes.subarray(0, filled)
  } finally {
    await file.close()
  }
}

export async function removeTransferFile(dataDir: string, name: string): Promise<void> {
  await rm(transferFile(dataDir, name), { force: true })
}
