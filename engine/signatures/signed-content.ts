import { isCredential } from '#contract/credential.ts'
import type { ContentPart, Source } from '#contract/verification.ts'
import type { Place } from '#contract/scheme-parts.ts'
import type { Part } from './claims.ts'
import type { CompiledScheme } from './compile.ts'
import { MASKED } from './credential.ts'
import { findFirstHeader } from './headers.ts'
import { placeName, rawPlace, readPlace } from './place.ts'
import { sourcesFor, type Reading } from './reading.ts'
import { digestsOver, partText } from './running.ts'
import type { Body, RequestHead } from './types.ts'
import type { WholeBody } from './whole-body.ts'

const PREVIEW_BYTES = 4096
const END_BYTES = 512

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
      place: kindOf(signature.place),
      name: reading.signatureName,
      value: reading.signatureText && isCredential(scheme) ? MASKED : reading.signatureText,
    },
  ]
  const values = sourcesFor(compiled, head, body, reading.header, reading.token)
  const at = (role: Source['role'], place: Place) => {
    for (const each of 'parts' in place ? place.parts : [place]) {
      sources.push({
        role,
        place: kindOf(each),
        name: nameAsSent(each, head),
        value: rawPlace(each, values),
      })
    }
  }
  if (timestamp) at('timestamp', timestamp.place)
  if (signature.timestampField) at('timestamp', { field: signature.timestampField })
  if (messageId) at('message-id', messageId)
  const eventPlace = eventType.find((place) => readPlace(place, values) !== null) ?? eventType[0]
  if (eventPlace) at('event-type', eventPlace)
  return sources
}

function kindOf(place: Place): Source['place'] {
  if ('form' in place) return 'form'
  if ('field' in place) return 'header-field'
  if ('query' in place) return 'query'
  if ('claim' in place) return 'claim'
  return 'json' in place || 'memberBeside' in place ? 'json' : 'header'
}

/** The name of the header that stood in, where one did. */
function nameAsSent(place: Place, head: RequestHead): string {
  if (!('header' in place)) return placeName(place)
  const names = [place.header, ...(place.also ?? [])]
  const found = findFirstHeader(
    head.rawHeaders,
    names.map((name) => name.toLowerCase()),
  )
  return names[found?.position ?? 0] ?? place.header
}

/** The signed content in order. `bodyText` stands in place of the raw body if given. */
export function contentParts(
  compiled: CompiledScheme,
  parts: readonly Part[],
  body: Body,
  whole: WholeBody | null,
  bodyText: string | null,
): ContentPart[] {
  const digests = digestsOver(parts, () => body.chunks())
  return parts.map((part) => {
    if (part.kind === 'secret') return secretPart
    if (part.kind !== 'body') return labelled(compiled, part)
    if (part.as !== 'raw') {
      const text = partText(part, null, digests, whole) ?? ''
      return textPart(digestLabels[part.as], 'body', text, 'body')
    }
    if (bodyText === null) return bodyPart(body)
    const label = body.byteLength === 0 ? 'no body, signed as {}' : 'body, re-serialised'
    return textPart(label, 'body', bodyText, 'body')
  })
}

const digestLabels = {
  'sha256-hex': 'SHA-256 of the body',
  crc32: 'CRC-32 of the body',
  'json-string': 'body as a JSON string',
}

/** The secret itself is part of the text: shown as a place, never as a value. */
const secretPart: ContentPart = {
  label: 'secret',
  kind: 'secret',
  from: 'secret',
  byteLength: 0,
  preview: '',
  truncated: false,
  startBase64: '',
  endBase64: '',
}

const labels: Partial<Record<ContentPart['kind'], string>> = {
  'message-id': 'message id',
  url: 'URL',
  json: 'JSON value',
  query: 'query value',
  field: 'field of the signature header',
  form: 'form values',
}

function labelled(
  { scheme }: CompiledScheme,
  part: Exclude<Part, { kind: 'body' | 'secret' }>,
): ContentPart {
  const { kind, text } = part
  if (kind === 'literal') return textPart(text, 'literal', text, null)
  if (kind === 'setting') {
    const form = scheme.settings?.find(({ name }) => name === part.from)
    if (form?.kind === 'secret') return { ...secretPart, label: form.label, from: part.from }
    return textPart(form?.label ?? 'setting', kind, text, part.from)
  }
  const place =
    kind === 'timestamp' ? scheme.timestamp?.place : kind === 'message-id' ? scheme.messageId : null
  return textPart(labels[kind] ?? kind, kind, text, part.from ?? (place ? placeName(place) : null))
}

function textPart(
  label: string,
  kind: ContentPart['kind'],
  text: string,
  from: string | null,
): ContentPart {
  const bytes = Buffer.from(text)
  return { label, kind, from, ...preview(bytes, bytes, bytes.byteLength) }
}

function bodyPart(body: Body): ContentPart {
  let start: Uint8Array = Buffer.alloc(0)
  let end: Uint8Array = Buffer.alloc(0)
  for (const chunk of body.chunks()) {
    if (start.byteLength < PREVIEW_BYTES) {
      start = Buffer.concat([start, chunk.subarray(0, PREVIEW_BYTES - start.byteLength)])
    }
    end = Buffer.concat([end, chunk.subarray(-END_BYTES)]).subarray(-END_BYTES)
  }
  return { label: 'body', kind: 'body', from: 'body', ...preview(start, end, body.byteLength) }
}

/**
 * The start as text, less a character that the cut would split; start and end as bytes. `first` and
 * `last` begin and end as the whole does, and may be all of it.
 */
function preview(
  first: Uint8Array,
  last: Uint8Array,
  byteLength: number,
): Pick<ContentPart, 'byteLength' | 'preview' | 'truncated' | 'startBase64' | 'endBase64'> {
  const truncated = byteLength > PREVIEW_BYTES
  const start = first.subarray(0, PREVIEW_BYTES)
  const endLength = Math.min(END_BYTES, byteLength - start.byteLength)
  const end = last.subarray(last.byteLength - endLength)
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  return {
    byteLength,
    preview: decoder.decode(start, { stream: truncated }),
    truncated,
    startBase64: Buffer.from(start).toString('base64'),
    endBase64: Buffer.from(end).toString('base64'),
  }
}
