import type { SignedTimestamp } from '#contract/verification.ts'
import type { CompiledScheme, Piece } from './compile.ts'
import { countHeader, findFirstHeader, findHeader } from './headers.ts'
import { fieldValue, parseSignatureHeader, type ParsedSignatureHeader } from './parse.ts'
import { parseTimestamp } from './timestamp.ts'
import type { Place, RequestHead } from './types.ts'
import type { WholeBody } from './whole-body.ts'

/** What the head of a request says, read with one scheme. Empty texts are kept. */
export interface Reading {
  /** The signature header as the provider spells it; the one that stood in when it was absent. */
  signatureName: string
  /** `null`: the header is absent. */
  signatureText: string | null
  header: ParsedSignatureHeader
  timestampText: string | null
  /** `null`: absent, or not readable. */
  timestamp: SignedTimestamp | null
  /** Only where the message id stands in a header. */
  messageIdText: string | null
}

const emptyHeader: ParsedSignatureHeader = { signatures: [], fields: [] }

export function readHead(compiled: CompiledScheme, head: RequestHead): Reading {
  const { scheme } = compiled
  const found = findFirstHeader(head.rawHeaders, compiled.signatureNames)
  const position = found?.position ?? 0
  const name = compiled.signatureNames[position] ?? ''
  const repeated = found !== null && countHeader(head.rawHeaders, name) > 1
  const header = found ? parseSignatureHeader(scheme.signature, found.value, repeated) : emptyHeader
  const timestampText = readTimestampText(compiled, head, header)
  return {
    signatureName:
      position === 0 ? scheme.signature.header : (scheme.signature.also?.[position - 1] ?? name),
    signatureText: found?.value ?? null,
    header,
    timestampText,
    timestamp:
      timestampText !== null && scheme.timestamp
        ? parseTimestamp(timestampText, scheme.timestamp.unit)
        : null,
    messageIdText: findFirstHeader(head.rawHeaders, compiled.messageIdNames)?.value ?? null,
  }
}

function readTimestampText(
  compiled: CompiledScheme,
  head: RequestHead,
  header: ParsedSignatureHeader,
): string | null {
  const place = compiled.scheme.timestamp?.place
  if (!place) return null
  if ('field' in place) return fieldValue(compiled.scheme.signature, header, place.field)
  if ('query' in place) return queryValue(head.target, place.query)
  return findFirstHeader(head.rawHeaders, compiled.timestampNames)?.value ?? null
}

/** The value of a query parameter of a request target; `null`: absent. Never throws. */
export function queryValue(target: string, name: string): string | null {
  const at = target.indexOf('?')
  return at === -1 ? null : new URLSearchParams(target.slice(at + 1)).get(name)
}

/** What stands in a place, `null` when it is absent, empty or no text. `body` is needed for JSON. */
export function readPlace(place: Place, head: RequestHead, body: WholeBody | null): string | null {
  if ('json' in place) return jsonText(body?.json?.value, place.json)
  if ('query' in place) return queryValue(head.target, place.query) || null
  if ('field' in place) return null
  for (const name of [place.header, ...(place.also ?? [])]) {
    const value = findHeader(head.rawHeaders, name.toLowerCase())
    if (value) return value
  }
  return null
}

/** The text or number at a dotted path, such as `data.id`. */
function jsonText(value: unknown, path: string): string | null {
  let at: unknown = value
  for (const key of path.split('.')) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return null
    at = Reflect.get(at, key)
  }
  if (typeof at === 'number') return String(at)
  return typeof at === 'string' && at !== '' ? at : null
}

/** The text of pieces that are not the body. */
export function pieceText(pieces: readonly Piece[], reading: Reading): string {
  let text = ''
  for (const piece of pieces) {
    if (piece.kind === 'literal') text += piece.text
    else if (piece.kind === 'timestamp') text += reading.timestampText ?? ''
    else if (piece.kind === 'message-id') text += reading.messageIdText ?? ''
  }
  return text
}
