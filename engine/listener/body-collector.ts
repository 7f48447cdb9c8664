import crypto from 'node:crypto'
import { BodySpool } from './body-spool.ts'
import type { CaptureContext } from './capture-context.ts'
import { GatheredBytes } from './gathered-bytes.ts'
import type { BodyObserver, CapturedBody, CapturedHead } from './types.ts'

export interface CollectedBody {
  body: CapturedBody
  bodySha256: string
}

const EMPTY = Buffer.alloc(0)
const EMPTY_SHA256 = sha256(EMPTY)

/**
 * Keeps a body while it arrives: in memory up to the memory limit (or less, where all bodies together
 * hold too much), then in a file, and never more than the body limit. One packet (the common case) is
 * kept as it is, without a copy.
 */
export class BodyCollector {
  /** Bytes kept so far. */
  byteLength = 0
  observer: BodyObserver | null = null
  private readonly context: CaptureContext
  private readonly limit: number
  private only: Buffer | null = null
  private more: GatheredBytes | null = null
  private spool: BodySpool | null = null
  private taken = 0

  constructor(context: CaptureContext) {
    this.context = context
    this.limit = context.bodyLimitBytes()
  }

  /** Whether the body goes to a file; `memory` is only valid without. */
  get isSpooled(): boolean {
    return this.spool !== null
  }

  /** Takes a chunk. `'over'`: the limit was passed, and only what fits was kept. */
  add(chunk: Buffer, head: CapturedHead, onDrain: () => void): 'go on' | 'wait' | 'over' {
    const room = this.limit - this.byteLength
    const kept = chunk.length > room ? chunk.subarray(0, room) : chunk
    this.byteLength += kept.length
    const wait = this.keep(kept, head, onDrain)
    if (kept !== chunk) return 'over'
    return wait ? 'wait' : 'go on'
  }

  memory(): CollectedBody {
    const bytes = this.more ? Buffer.concat(this.more.pieces()) : (this.only ?? EMPTY)
    const bodySha256 = bytes.length === 0 ? EMPTY_SHA256 : sha256(bytes)
    return { body: { kind: 'memory', bytes }, bodySha256 }
  }

  /** Makes the spooled body durable; rejects with the disk's error. */
  async file(): Promise<CollectedBody> {
    if (!this.spool) return this.memory()
    const { name, byteLength, sha256: bodySha256 } = await this.spool.finish()
    return { body: { kind: 'file', name, byteLength }, bodySha256 }
  }

  /** What it held in memory is somebody else's now. */
  release(): void {
    this.context.bodyMemory.give(this.taken)
    this.taken = 0
  }

  private keep(chunk: Buffer, head: CapturedHead, onDrain: () => void): boolean {
    if (this.spool) return this.write(this.spool, chunk)
    const { memoryLimitBytes, bodyMemory } = this.context
    if (this.byteLength > memoryLimitBytes || !bodyMemory.take(chunk.length)) {
      const spool = this.beginSpool(head, onDrain)
      return this.write(spool, chunk)
    }
    this.taken += chunk.length
    if (this.only === null && this.more === null) {
      this.only = chunk
      return false
    }
    this.more ??= new GatheredBytes()
    if (this.only) this.more.add(this.only)
    this.only = null
    this.more.add(chunk)
    return false
  }

  private beginSpool(head: CapturedHead, onDrain: () => void): BodySpool {
    this.observer = this.context.sink.begin(head)
    const spool = new BodySpool(this.context.bodiesDir, onDrain)
    this.spool = spool
    for (const earlier of this.more?.pieces() ?? (this.only ? [this.only] : [])) {
      this.write(spool, earlier)
    }
    this.only = null
    this.more = null
    this.release()
    return spool
  }

  private write(spool: BodySpool, chunk: Buffer): boolean {
    this.observer?.update(chunk)
    return !spool.write(chunk)
  }
}

/** One-shot hashing is faster where there is one (Node 20.12 and newer). */
function sha256(bytes: Uint8Array): string {
  return typeof crypto.hash === 'function'
    ? crypto.hash('sha256', bytes, 'hex')
    : crypto.createHash('sha256').update(bytes).digest('hex')
}
