import { platform } from '#renderer/platform/platform.ts'
import type { BodyFacts } from './body-facts.ts'
import { readRanges, type BodySource } from './body-source.ts'

const endings: [RegExp, string][] = [
  [/[/+]json$/, 'json'],
  [/html$/, 'html'],
  [/[/+]xml$/, 'xml'],
  [/^text\/csv$/, 'csv'],
  [/^application\/pdf$/, 'pdf'],
  [/^application\/(?:x-)?ndjson$/, 'ndjson'],
  [/^text\//, 'txt'],
]

/** The ending of a file for a body: by what it is, else by what it says it is. */
export function fileEnding(facts: BodyFacts): string {
  if (facts.imageType !== null) {
    return facts.imageType.replace(/^image\/(?:x-)?/, '').replace(/\+xml$/, '')
  }
  const said = endings.find(([pattern]) => pattern.test(facts.mediaType ?? ''))?.[1]
  if (said !== undefined) return said
  return facts.binary || facts.boundary !== null ? 'bin' : facts.json ? 'json' : 'txt'
}

/** The bytes of a source as a Blob, read range by range; the browser keeps a large one on disk. */
export async function blobOf(source: BodySource, type = ''): Promise<Blob> {
  const parts: Blob[] = []
  await readRanges(source, source.byteLength, (bytes) => {
    parts.push(new Blob([bytes.slice()]))
  })
  return new Blob(parts, { type })
}

/** Lets the person keep the bytes as a file. */
export async function saveBody(source: BodySource, facts: BodyFacts): Promise<void> {
  const named = /\.\w{1,8}$/.test(source.fileName)
  const name = named ? source.fileName : `${source.fileName}.${fileEnding(facts)}`
  await platform.saveFile(name, await blobOf(source))
}
