import type { BodySource } from '#renderer/body/body-source.ts'
import { BYTES_PER_ROW } from '#renderer/body/hex-rows.ts'
import { MAX_RANGE_BYTES } from '#contract/http.ts'

/** Rows that are listed; the count goes on. */
const MOST_ROWS = 20_000

export interface ByteComparison {
  /** `null`: they are equal as far as both go, and as long. */
  firstDifference: number | null
  differingBytes: number
  /** Offsets of rows of sixteen bytes in which something differs; at most 20,000. */
  rows: number[]
  more: boolean
}

/** Compares at equal offsets; bytes that only one has differ. */
export class ByteComparer {
  firstDifference: number | null = null
  differingBytes = 0
  readonly rows: number[] = []
  more = false

  /** `offset` is where both stretches begin; the shorter one is at its end. */
  add(offset: number, a: Uint8Array, b: Uint8Array): void {
    const length = Math.max(a.length, b.length)
    for (let at = 0; at < length; at += 1) {
      if (a[at] !== b[at]) this.#differs(offset + at)
    }
  }

  #differs(offset: number): void {
    this.firstDifference ??= offset
    this.differingBytes += 1
    const row = offset - (offset % BYTES_PER_ROW)
    if (this.rows.at(-1) === row) return
    if (this.rows.length < MOST_ROWS) this.rows.push(row)
    else this.more = true
  }
}

/** A range; past the end there is nothing. */
function readRange(source: BodySource, offset: number): Promise<Uint8Array> {
  if (offset >= source.byteLength) return Promise.resolve(new Uint8Array(0))
  return source.read(offset, Math.min(MAX_RANGE_BYTES, source.byteLength - offset))
}

/** Reads both in ranges of a mebibyte; the page is drawn in between. */
export async function compareBytes(
  a: BodySource,
  b: BodySource,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<ByteComparison> {
  const comparer = new ByteComparer()
  const end = Math.max(a.byteLength, b.byteLength)
  for (let offset = 0; offset < end; offset += MAX_RANGE_BYTES) {
    const [one, other] = await Promise.all([readRange(a, offset), readRange(b, offset)])
    signal.throwIfAborted()
    comparer.add(offset, one, other)
    onProgress(Math.min(1, (offset + MAX_RANGE_BYTES) / end))
  }
  const { firstDifference, differingBytes, rows, more } = comparer
  return { firstDifference, differingBytes, rows, more }
}

/** Rows to show: those that differ, with one before and after each; `null` stands for a gap. */
export function rowsAround(rows: readonly number[], byteLength: number): (number | null)[] {
  const shown: (number | null)[] = []
  let last = -BYTES_PER_ROW
  for (const row of rows) {
    const from = Math.max(row - BYTES_PER_ROW, last + BYTES_PER_ROW)
    if (from > last + BYTES_PER_ROW) shown.push(null)
    for (let each = from; each <= row + BYTES_PER_ROW && each < byteLength; each += BYTES_PER_ROW) {
      shown.push(each)
      last = each
    }
  }
  if (last + BYTES_PER_ROW < byteLength) shown.push(null)
  return shown
}
