import { type ImportFormat, importFormat } from '#engine/interchange/import/make-request-reader.ts'

export type FileFormat = 'ndjson' | ImportFormat

/** So many first bytes tell the format of a file. */
export const SNIFFED_BYTES = 4_096

const REQUEST_LINE = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+ \S+ HTTP\/\d/

/** Told from how a file begins, and where that leaves it open from its name; `null`: none of them. */
export function formatOf(start: Uint8Array, name: string): FileFormat | null {
  const text = Buffer.from(start)
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trimStart()
  if (/^\{\s*"format"\s*:/.test(text)) return 'ndjson'
  const format = importFormat(start, name)
  if (format === null) return /\.(?:nd|l)?json[ln]?$/i.test(name) ? 'ndjson' : null
  // What nothing tells apart counts as raw HTTP there: it has to look like it, or to be called so.
  if (format !== 'raw' || REQUEST_LINE.test(text)) return format
  return /\.(?:http|rest|raw|req)$/i.test(name) ? 'raw' : null
}
