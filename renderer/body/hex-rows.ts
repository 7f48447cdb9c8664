export const BYTES_PER_ROW = 16

/** Bodies are shown in stretches of this many bytes: more rows than a browser can scroll at once. */
export const STRETCH_BYTES = 16 * 1024 * 1024

/** Characters of a row of hex, with the gap in its middle. */
export const HEX_COLUMNS = BYTES_PER_ROW * 3

/** `0000fa30`: eight hex digits, more only for what needs them. */
export function hexOffset(offset: number): string {
  return offset.toString(16).padStart(8, '0')
}

/** Sixteen bytes as two groups of eight: `7b 22 61 …  2c 0a`. Short rows are not padded. */
export function hexBytes(bytes: Uint8Array): string {
  const digits = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'))
  return [digits.slice(0, 8).join(' '), digits.slice(8).join(' ')].filter(Boolean).join('  ')
}

/** Printable ASCII as itself, everything else as a dot. */
export function hexText(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) =>
    byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·',
  ).join('')
}

/** Where the digits of a byte of the row begin, in characters. */
export function columnOfByte(byte: number): number {
  return byte * 3 + (byte < 8 ? 0 : 1)
}

/** Which byte of the row stands at a character of the hex column; the nearest for what is beside. */
export function byteAtColumn(column: number): number {
  const byte = Math.floor((column < 24.5 ? column : column - 1) / 3)
  return Math.min(BYTES_PER_ROW - 1, Math.max(0, byte))
}

/** Bytes as they are copied: `7b 22 61`, without breaks. */
export function copiedHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ')
}

/** The first range that ends behind an offset, of pairs of start and end in order. */
export function firstRangeAfter(ranges: Uint32Array, offset: number): number {
  let low = 0
  let high = ranges.length / 2
  while (low < high) {
    const middle = (low + high) >> 1
    if ((ranges[middle * 2 + 1] ?? 0) <= offset) low = middle + 1
    else high = middle
  }
  return low
}
