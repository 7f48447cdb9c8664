export const BYTES_PER_ROW = 16

/** Bodies are shown in stretches of this many bytes: more rows than a browser can scroll at once. */
export const STRETCH_BYTES = 16 * 1024 * 1024

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
