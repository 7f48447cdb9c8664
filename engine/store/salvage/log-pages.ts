/** https://sqlite.org/fileformat2.html#the_write_ahead_log */
const HEADER_BYTES = 32
const FRAME_HEADER_BYTES = 24
const MAGIC_LITTLE = 0x377f0682
const MAGIC_BIG = 0x377f0683

export interface LogPages {
  pageSize: number
  /** Where the newest committed image of a page begins in the log. */
  offsets: Map<number, number>
  /** Of the database after the last commit in the log; 0: there was none. */
  pageCount: number
  /** The end of the last committed frame, bytes from the start of the log. */
  committedBytes: number
}

function isPageSize(size: number): boolean {
  return size >= 512 && size <= 65_536 && (size & (size - 1)) === 0
}

/** The running sum over big- or little-endian words (file format §4.2). */
function addSums(bytes: Buffer, big: boolean, [first, second]: readonly [number, number]) {
  let one = first
  let two = second
  for (let at = 0; at < bytes.length; at += 8) {
    one = (one + (big ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at)) + two) >>> 0
    two = (two + (big ? bytes.readUInt32BE(at + 4) : bytes.readUInt32LE(at + 4)) + one) >>> 0
  }
  return [one, two] as const
}

/**
 * What SQLite would take from a log: frames with the salt of its header and the right running sum,
 * up to the last commit. `null`: it holds no commit.
 * @param read fills a buffer from an offset and returns how many bytes there were
 */
export function readLog(read: (into: Buffer, at: number) => number): LogPages | null {
  const header = Buffer.alloc(HEADER_BYTES)
  if (read(header, 0) < HEADER_BYTES) return null
  const magic = header.readUInt32BE(0)
  const big = magic === MAGIC_BIG
  if (!big && magic !== MAGIC_LITTLE) return null
  const pageSize = header.readUInt32BE(8)
  if (!isPageSize(pageSize)) return null
  let sums = addSums(header.subarray(0, 24), big, [0, 0])
  if (sums[0] !== header.readUInt32BE(24) || sums[1] !== header.readUInt32BE(28)) return null
  const found: LogPages = { pageSize, offsets: new Map(), pageCount: 0, committedBytes: 0 }
  const pending = new Map<number, number>()
  const frame = Buffer.alloc(FRAME_HEADER_BYTES + pageSize)
  for (let at = HEADER_BYTES; read(frame, at) === frame.length; at += frame.length) {
    if (frame.compare(header, 16, 24, 8, 16) !== 0) break
    sums = addSums(
      frame.subarray(FRAME_HEADER_BYTES),
      big,
      addSums(frame.subarray(0, 8), big, sums),
    )
    if (sums[0] !== frame.readUInt32BE(16) || sums[1] !== frame.readUInt32BE(20)) break
    pending.set(frame.readUInt32BE(0), at + FRAME_HEADER_BYTES)
    const pageCount = frame.readUInt32BE(4)
    if (pageCount === 0) continue
    for (const [page, offset] of pending) found.offsets.set(page, offset)
    pending.clear()
    found.pageCount = pageCount
    found.committedBytes = at + frame.length
  }
  return found.pageCount === 0 ? null : found
}
