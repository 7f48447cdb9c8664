import type { ContentPart, Source } from '#contract/verification.ts'
import type { CompiledScheme } from './compile.ts'
import { findFirstHeader } from './headers.ts'
import { fieldValue } from './parse.ts'
import { queryValue, readPlace, type Reading } from './reading.ts'
import type { Body, Place, RequestHead } from './types.ts'
import type { WholeBody } from './whole-body.ts'

const PREVIEW_BYTES = 4096

/** Which header, field or path said what; absent ones with `null`. */
export function sourcesOf(
  compiled: CompiledScheme,
  reading: Reading,
  head: RequestHead,
  body: WholeBody | null,
): Source[] {
  const { scheme } = compiled
  const { signature, timestamp, messageId, eventType } = scheme
  const sources: Source[] = [
    {
      role: 'signature',
      place: 'header',
      name: reading.signatureName,
      value: reading.signatureText,
    },
  ]
  const at = (role: Source['role'], place: Place) =>
    sources.push(sourceAt(role, place, compiled, reading, head, body))
  if (timestamp) at('timestamp', timestamp.place)
  if (signature.timestampField) at('timestamp', { field: signature.timestampField })
  if (messageId) at('message-id', messageId)
  const eventPlace =
    eventType.find((place) => readPlace(place, head, body) !== null) ?? eventType[0]
  if (eventPlace) at('event-type', eventPlace)
  return sources
}

function sourceAt(
  role: Source['role'],
  place: Place,
  { scheme }: CompiledScheme,
  reading: Reading,
  head: RequestHead,
  body: WholeBody | null,
): Source {
  if ('field' in place) {
    const value = fieldValue(scheme.signature, reading.header, place.field)
    return { role, place: 'header-field', name: place.field, value }
  }
  if ('query' in place) {
    return { role, place: 'query', name: place.query, value: queryValue(head.target, place.query) }
  }
  if ('json' in place) {
    return { role, place: 'json', name: place.json, value: readPlace(place, head, body) }
  }
  const names = [place.header, ...(place.also ?? [])]
  const found = findFirstHeader(
    head.rawHeaders,
    names.map((name) => name.toLowerCase()),
  )
  const name = names[found?.position ?? 0] ?? place.header
  return { role, place: 'header', name, value: found?.value ?? null }
}

/** The signed content in order. `bodyText` stands in place of the raw body if given. */
export function contentParts(
  compiled: CompiledScheme,
  reading: Reading,
  body: Body,
  bodyText: string | null,
): ContentPart[] {
  const { scheme } = compiled
  return compiled.pieces.map((piece) => {
    if (piece.kind === 'literal') return textPart(piece.text, 'literal', piece.text, null)
    if (piece.kind === 'timestamp') {
      const from = scheme.timestamp ? placeName(scheme.timestamp.place) : null
      return textPart('timestamp', 'timestamp', reading.timestampText ?? '', from)
    }
    if (piece.kind === 'message-id') {
      const from = scheme.messageId ? placeName(scheme.messageId) : null
      return textPart('message id', 'message-id', reading.messageIdText ?? '', from)
    }
    if (bodyText === null) return bodyPart(body)
    const label = body.byteLength === 0 ? 'no body, signed as {}' : 'body, re-serialised'
    return textPart(label, 'body', bodyText, 'body')
  })
}

function placeName(place: Place): string {
  if ('header' in place) return place.header
  if ('field' in place) return place.field
  return 'json' in place ? place.json : place.query
}

function textPart(
  label: string,
  kind: ContentPart['kind'],
  text: string,
  from: string | null,
): ContentPart {
  const bytes = Buffer.from(text)
  return { label, kind, from, ...preview(bytes, bytes.byteLength) }
}

function bodyPart(body: Body): ContentPart {
  const chunks: Uint8Array[] = []
  let length = 0
  for (const chunk of body.chunks()) {
    chunks.push(chunk.subarray(0, PREVIEW_BYTES))
    length += chunk.byteLength
    if (length >= PREVIEW_BYTES) break
  }
  return {
    label: 'body',
    kind: 'body',
    from: 'body',
    ...preview(Buffer.concat(chunks), body.byteLength),
  }
}

/** The start of the bytes as text; a character that the cut would split is left out. */
function preview(
  bytes: Uint8Array,
  byteLength: number,
): Pick<ContentPart, 'byteLength' | 'preview' | 'truncated'> {
  const truncated = byteLength > PREVIEW_BYTES
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  const text = decoder.decode(bytes.subarray(0, PREVIEW_BYTES), { stream: truncated })
  return { byteLength, preview: text, truncated }
}
