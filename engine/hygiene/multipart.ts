const BOUNDARY = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i
const NAME = /[;\s]name="([^"]{0,200})"/i
const FILE = /[;\s]filename\*?=/i
/** A head of a part has a line or three. */
const LONGEST_HEAD = 2_000

/**
 * The fields of a multipart form (RFC 7578), files left out, in linear time; the last one may be cut.
 * @returns `null` where the content type names no boundary
 */
export function formParts(
  text: string,
  contentType: string,
): Iterable<{ name: string; value: string }> | null {
  const found = BOUNDARY.exec(contentType)
  const boundary = found?.[1] ?? found?.[2]
  return boundary === undefined ? null : parts(text, `--${boundary}`)
}

function* parts(text: string, marker: string): Generator<{ name: string; value: string }> {
  let headEnd = -1
  for (let at = text.indexOf(marker); at >= 0;) {
    const start = at + marker.length
    // Looked for once, however many parts stand before it.
    if (headEnd < start) headEnd = text.indexOf('\r\n\r\n', start)
    if (headEnd < 0) return
    const next = text.indexOf(`\r\n${marker}`, start)
    const end = next < 0 ? text.length : next
    const head = text.slice(start, Math.min(headEnd, start + LONGEST_HEAD))
    const name = NAME.exec(head)?.[1]
    if (headEnd < end && name !== undefined && !FILE.test(head)) {
      yield { name, value: text.slice(headEnd + 4, end) }
    }
    at = next < 0 ? -1 : next + 2
  }
}
