/** First bytes of pictures that every browser draws; `null` stands for any byte. */
const marks: [string, (number | null)[]][] = [
  ['image/png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['image/jpeg', [0xff, 0xd8, 0xff]],
  ['image/gif', [0x47, 0x49, 0x46, 0x38, null, 0x61]],
  ['image/bmp', [0x42, 0x4d, null, null, null, null, 0, 0, 0, 0]],
  ['image/x-icon', [0x00, 0x00, 0x01, 0x00]],
  ['image/webp', [0x52, 0x49, 0x46, 0x46, null, null, null, null, 0x57, 0x45, 0x42, 0x50]],
  ['image/avif', [null, null, null, null, 0x66, 0x74, 0x79, 0x70, 0x61, 0x76, 0x69, 0x66]],
]
export const SVG = 'image/svg+xml'

/**
 * The type of a picture by its first bytes (WHATWG MIME Sniffing, section 6.1; SVG by its root
 * element), `null` for what is none. The type comes from this list, never from the sender.
 */
export function imageTypeOf(start: Uint8Array, text: string): string | null {
  const found = marks.find(([, mark]) =>
    mark.every((byte, index) => byte === null || start[index] === byte),
  )
  if (found) return found[0]
  const svg =
    /^\uFEFF?\s*(?:<\?xml[^>]*>\s*)?(?:<!--[^]*?-->\s*)*(?:<!DOCTYPE svg[^>]*>\s*)?<svg[\s>]/i
  return svg.test(text) ? SVG : null
}
