/** A value as SQLite stores it (https://sqlite.org/fileformat2.html#record_format). */
export type Value = null | number | bigint | string | Buffer

/** A variable-length integer, 1 to 9 bytes, big-endian (file format §1.6). */
export function readVarint(bytes: Buffer, at: number): { value: bigint; next: number } {
  let value = 0n
  for (let index = 0; index < 9; index += 1) {
    const byte = bytes[at + index]
    if (byte === undefined) throw new RangeError('A number ends outside of its page.')
    if (index === 8) return { value: BigInt.asIntN(64, (value << 8n) | BigInt(byte)), next: at + 9 }
    value = (value << 7n) | BigInt(byte & 0x7f)
    if (byte < 0x80) return { value: BigInt.asIntN(64, value), next: at + index + 1 }
  }
  throw new RangeError('A number is too long.')
}

const INTEGER_BYTES: readonly number[] = [0, 1, 2, 3, 4, 6, 8]

function readInteger(bytes: Buffer, at: number, length: number): number | bigint {
  if (length < 8) return bytes.readIntBE(at, Math.min(length, 6))
  const value = bytes.readBigInt64BE(at)
  const asNumber = Number(value)
  return Number.isSafeInteger(asNumber) ? asNumber : value
}

/** How many bytes a value of this serial type takes (file format §2.1). */
function lengthOf(type: number): number {
  if (type >= 12) return Math.floor((type - 12) / 2)
  if (type === 7) return 8
  if (type === 10 || type === 11) throw new RangeError('A value has a type that is never stored.')
  return INTEGER_BYTES[type] ?? 0
}

function readValue(bytes: Buffer, at: number, type: number, length: number): Value {
  if (type === 0) return null
  if (type === 8) return 0
  if (type === 9) return 1
  if (type === 7) return bytes.readDoubleBE(at)
  if (type < 7) return readInteger(bytes, at, length)
  // Copied: pages are kept for a moment only.
  const part = Buffer.from(bytes.subarray(at, at + length))
  return type % 2 === 0 ? part : part.toString('utf8')
}

/**
 * The values of a record.
 * @throws RangeError when it is not one
 */
export function decodeRecord(payload: Buffer): Value[] {
  const head = readVarint(payload, 0)
  const headerEnd = Number(head.value)
  if (headerEnd < head.next || headerEnd > payload.length) {
    throw new RangeError('The header of a record is larger than the record.')
  }
  const values: Value[] = []
  let at = headerEnd
  for (let next = head.next; next < headerEnd;) {
    const read = readVarint(payload, next)
    const type = Number(read.value)
    if (type < 0) throw new RangeError('A value has a type that is never stored.')
    const length = lengthOf(type)
    if (at + length > payload.length) throw new RangeError('A value ends outside of its record.')
    values.push(readValue(payload, at, type, length))
    at += length
    next = read.next
  }
  if (at !== payload.length) throw new RangeError('A record is longer than its values.')
  return values
}
