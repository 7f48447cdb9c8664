import { CurlReader } from './curl-reader.ts'
import { HarReader } from './har-reader.ts'
import { RawReader } from './raw-reader.ts'
import type { RequestReader } from './request-reader.ts'
import { TarReader } from './tar-reader.ts'

export type ImportFormat = 'har' | 'raw' | 'tar' | 'curl'

/**
 * What a file is, by how it begins (its first KiB is enough) and, where that leaves a doubt, by its
 * name; `null`: JSON that is no HAR (NDJSON of our own, say).
 */
export function importFormat(start: Uint8Array, name: string): ImportFormat | null {
  const bytes = Buffer.from(start)
  if (bytes.toString('latin1', 257, 262) === 'ustar') return 'tar'
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '')
  if (/^\s*\{/.test(text)) {
    return /^\s*\{\s*"log"\s*:/.test(text) || /\.har$/i.test(name) ? 'har' : null
  }
  if (/^(?:\s*#[^\n]*\n|\s*\n)*[ \t]*(?:[$>%] ?)?curl(?:\.exe)?\s/.test(text)) return 'curl'
  if (/\.(?:sh|curl)$/i.test(name) && /^[ \t]*curl\s/m.test(text)) return 'curl'
  return 'raw'
}

const readers: Record<ImportFormat, () => RequestReader> = {
  har: () => new HarReader(),
  raw: () => new RawReader(),
  tar: () => new TarReader(),
  curl: () => new CurlReader(),
}

export function makeRequestReader(format: ImportFormat): RequestReader {
  return readers[format]()
}
