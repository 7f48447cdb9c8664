import { createHash, randomBytes } from 'node:crypto'
import { open, rename, rm, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'

export interface SpooledBody {
  name: string
  byteLength: number
  sha256: string
}

/**
 * Writes a body to `<bodiesDir>/<random>.part` while it arrives. `write` returns false when the
 * disk is behind: then stop reading until `onDrain`. Errors of the disk come out of `finish`.
 */
export class BodySpool {
  private readonly folder: string
  private readonly token = randomBytes(12).toString('hex')
  private readonly hash = createHash('sha256')
  private readonly onDrain: () => void
  private waiting: Uint8Array[] = []
  private byteLength = 0
  private failure: { error: unknown } | null = null
  private pump: Promise<void> | null = null
  private readonly opened: Promise<FileHandle | null>

  constructor(folder: string, onDrain: () => void) {
    this.folder = folder
    this.onDrain = onDrain
    this.opened = open(this.partPath, 'wx', 0o600).catch((error: unknown) => {
      this.failure = { error }
      return null
    })
  }

  private get partPath(): string {
    return join(this.folder, `${this.token}.part`)
  }

  write(chunk: Uint8Array): boolean {
    this.hash.update(chunk)
    this.byteLength += chunk.length
    if (this.failure) return true
    this.waiting.push(chunk)
    this.pump ??= this.writeWaiting()
    return false
  }

  /**
   * Makes the body durable: file fsynced, renamed to `<sha256>-<random>.body` (each delivery owns
   * its file, so that deleting one never takes another's bytes), folder fsynced. Rejects with the
   * disk's error after removing what was written.
   */
  async finish(): Promise<SpooledBody> {
    const file = await this.settled()
    try {
      if (this.failure) throw this.failure.error
      if (!file) throw new Error('The body file was not opened.')
      const sha256 = this.hash.digest('hex')
      const name = `${sha256}-${this.token}.body`
      await file.sync()
      await file.close()
      await rename(this.partPath, join(this.folder, name))
      await syncFolder(this.folder)
      return { name, byteLength: this.byteLength, sha256 }
    } catch (error) {
      await this.remove(file)
      throw error
    }
  }

  private async settled(): Promise<FileHandle | null> {
    const file = await this.opened
    await this.pump
    return file
  }

  private async remove(file: FileHandle | null): Promise<void> {
    // The error that brought us here is the one to tell; these are attempts to tidy up after it.
    await Promise.allSettled([file?.close(), rm(this.partPath, { force: true })])
  }

  private async writeWaiting(): Promise<void> {
    const file = await this.opened
    while (this.waiting.length > 0 && !this.failure) {
      const batch = this.waiting
      this.waiting = []
      try {
        if (file) await writeAll(file, batch)
      } catch (error) {
        this.failure = { error }
      }
    }
    this.waiting = []
    this.pump = null
    this.onDrain()
  }
}

async function writeAll(file: FileHandle, chunks: readonly Uint8Array[]): Promise<void> {
  for (const chunk of chunks) {
    let written = 0
    while (written < chunk.length) {
      const { bytesWritten } = await file.write(chunk, written)
      written += bytesWritten
    }
  }
}

/** Makes the new name durable; Windows has no such call and refuses to open a folder. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
