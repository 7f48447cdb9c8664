import type { Chance } from '#test/torture/chance.ts'

/** How much of what was not synced reaches the disk all the same. */
export interface CutHow {
  /** Of each piece of a write that was not synced: how likely it is there. */
  keptShare: number
  /** What a disk writes whole: a sector, or a page. */
  granularity: 512 | 4096
}

interface Write {
  kind: 'write'
  offset: number
  bytes: Buffer
}
interface Truncate {
  kind: 'truncate'
  size: number
}
type Change = (Write | Truncate) & {
  /** Where it came back; `null`: it never did. */
  doneAt: number | null
}

/** A file: what the disk is known to hold, and what was written since. */
export class FileNode {
  readonly kind = 'file'
  private durable: Buffer = Buffer.alloc(0)
  private size = 0
  private changes: Change[] = []

  /** Something begins; it counts as done once `done` is called. */
  change(change: Write | Truncate): { done(at: number, written: number): void } {
    const begun: Change = { ...change, doneAt: null }
    this.changes.push(begun)
    return {
      done: (at, written) => {
        begun.doneAt = at
        if (begun.kind === 'write') begun.bytes = begun.bytes.subarray(0, Math.max(0, written))
        else if (written !== 0) this.changes = this.changes.filter((one) => one !== begun)
      },
    }
  }

  /** A sync that began there came back: what was done before it is on the disk. */
  synced(begunAt: number): void {
    const isCovered = ({ doneAt }: Change) => doneAt !== null && doneAt < begunAt
    const covered = this.changes.filter(isCovered)
    this.changes = this.changes.filter((change) => !isCovered(change))
    for (const change of covered) {
      if (change.kind === 'truncate') this.resize(change.size)
      else this.put(change.offset, change.bytes)
    }
  }

  get hasUnsynced(): boolean {
    return this.changes.length > 0
  }

  /**
   * What is found after a power cut. A file system takes back a truncation and all that was written
   * behind it together, or not; of writes, any pieces may be there.
   */
  afterCut(chance: Chance, { keptShare, granularity }: CutHow): Buffer {
    const found = new FileNode()
    found.put(0, this.durable.subarray(0, this.size))
    const truncations = this.changes.filter(({ kind }) => kind === 'truncate').length
    let left = keptShare === 0 ? 0 : keptShare === 1 ? truncations : chance.below(truncations + 1)
    for (const change of this.changes) {
      if (change.kind === 'truncate') {
        if (left === 0) break
        left -= 1
        found.resize(change.size)
        continue
      }
      for (const piece of piecesOf(change, granularity)) {
        if (chance.isBelow(keptShare)) found.put(piece.offset, piece.bytes)
      }
    }
    return Buffer.from(found.durable.subarray(0, found.size))
  }

  private put(offset: number, bytes: Buffer): void {
    const end = offset + bytes.byteLength
    if (end > this.durable.byteLength) {
      const larger = Buffer.alloc(Math.max(end, 2 * this.durable.byteLength))
      this.durable.copy(larger, 0, 0, this.size)
      this.durable = larger
    }
    bytes.copy(this.durable, offset)
    this.size = Math.max(this.size, end)
  }

  private resize(size: number): void {
    if (size < this.size) this.durable.fill(0, size, this.size)
    else this.put(size, Buffer.alloc(0))
    this.size = size
  }
}

function* piecesOf({ offset, bytes }: Write, granularity: number): Generator<Write> {
  let at = 0
  while (at < bytes.byteLength) {
    const length = granularity - ((offset + at) % granularity)
    yield { kind: 'write', offset: offset + at, bytes: bytes.subarray(at, at + length) }
    at += length
  }
}
