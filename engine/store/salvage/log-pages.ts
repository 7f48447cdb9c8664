/** https://sqlite.org/fileformat2.html#the_write_ahead_log */
const HEADER_BYTES = 32
const FRAME_HEADER_BYTES = 24
const MAGIC_LITTLE = 0x377f0682
const MAGIC_BIG = 0x377f0683
const DEFAULT_PAGE_BYTES = 4096

export interface LogPages {
  pageSize: number
  /** Where the newest committed image of a page begins in the log. */
  offsets: Map<number, number>
  /** Of the database after the last commit in the log. */
  pageCount: number
}

export interface LogContent {
  /** What SQLite takes: the frames up to the last commit before anything is wrong. `null`: none. */
  sound: LogPages | null
  /**
   * Of a log whose header is damaged, which SQLite takes for empty: the frames whose sums agree with
   * each other; `null`: the header is sound, or no commit follows it. A damaged place further on
   * cannot be told from the unsynced end that a power cut leaves, which must not be taken.
   */
  whole: LogPages | null
  /** Something of this round of the log stands behind the last sound commit: it may have been one. */
  hasTail: boolean
}

type Sums = readonly [number, number]

/** Fills a buffer from an offset of the log and returns how many bytes there were. */
type Read = (into: Buffer, at: number) => number

interface LogHeader {
  sound: boolean
  big: boolean
  pageSize: number
  salt: Buffer
  sums: Sums
}

function isPageSize(size: number): boolean {
  return size >= 512 && size <= 65_536 && (size & (size - 1)) === 0
}

/** The running sum over big- or little-endian words (file format §4.2). */
function addSums(bytes: Buffer, big: boolean, [first, second]: Sums): Sums {
  let one = first
  let two = second
  for (let at = 0; at < bytes.length; at += 8) {
    one = (one + (big ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at)) + two) >>> 0
    two = (two + (big ? bytes.readUInt32BE(at + 4) : bytes.readUInt32LE(at + 4)) + one) >>> 0
  }
  return [one, two]
}

const sumsAt = (bytes: Buffer, at: number): Sums => [
  bytes.readUInt32BE(at),
  bytes.readUInt32BE(at + 4),
]
const areSame = (one: Sums, other: Sums) => one[0] === other[0] && one[1] === other[1]

/** Of a header that is damaged, the salt is had from the first frame. */
function headerOf(read: Read): LogHeader | null {
  const bytes = Buffer.alloc(HEADER_BYTES + FRAME_HEADER_BYTES)
  if (read(bytes, 0) < bytes.length) return null
  const magic = bytes.readUInt32BE(0)
  const big = magic === MAGIC_BIG
  const told = bytes.readUInt32BE(8)
  const sums = sumsAt(bytes, 24)
  const sound =
    (big || magic === MAGIC_LITTLE) &&
    isPageSize(told) &&
    areSame(addSums(bytes.subarray(0, 24), big, [0, 0]), sums)
  const saltAt = sound ? 16 : HEADER_BYTES + 8
  const pageSize = isPageSize(told) ? told : DEFAULT_PAGE_BYTES
  return { sound, big, pageSize, salt: bytes.subarray(saltAt, saltAt + 8), sums }
}

/** Gathers frames and takes them over at each commit. */
function collector(pageSize: number) {
  const pending = new Map<number, number>()
  let found: LogPages | null = null
  return {
    add(frame: Buffer, at: number) {
      pending.set(frame.readUInt32BE(0), at + FRAME_HEADER_BYTES)
      const pageCount = frame.readUInt32BE(4)
      if (pageCount === 0) return
      found ??= { pageSize, offsets: new Map(), pageCount }
      for (const [page, offset] of pending) found.offsets.set(page, offset)
      found.pageCount = pageCount
      pending.clear()
    },
    found: () => found,
  }
}

/**
 * Reads a log frame by frame: each has the salt of the header, and a sum that runs on from the one
 * before. Since every frame keeps its sum, those behind a damaged header can be told to be sound.
 */
export function readLog(read: Read): LogContent {
  const header = headerOf(read)
  if (header === null) return { sound: null, whole: null, hasTail: false }
  const { big, pageSize, salt } = header
  const sound = collector(pageSize)
  const whole = collector(pageSize)
  const frame = Buffer.alloc(FRAME_HEADER_BYTES + pageSize)
  let { sums, sound: isSound } = header
  let commitsBehind = 0
  let hasTail = !isSound
  for (let at = HEADER_BYTES; ; at += frame.length) {
    const bytes = read(frame, at)
    const isOfThisRound = bytes >= 16 && frame.compare(salt, 0, 8, 8, 16) === 0
    hasTail ||= isOfThisRound || (bytes > 0 && bytes < frame.length)
    if (bytes < frame.length) break
    const kept = sumsAt(frame, 16)
    const isOurs =
      isOfThisRound &&
      areSame(kept, addSums(frame.subarray(24), big, addSums(frame.subarray(0, 8), big, sums)))
    sums = kept
    isSound &&= isOurs
    if (!isOurs) continue
    whole.add(frame, at)
    const isCommit = frame.readUInt32BE(4) !== 0
    if (isSound) sound.add(frame, at)
    else if (isCommit) commitsBehind += 1
    if (isSound && isCommit) hasTail = false
  }
  const isLost = !header.sound && commitsBehind > 0
  return { sound: sound.found(), whole: isLost ? whole.found() : null, hasTail }
}
