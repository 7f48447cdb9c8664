import type { SignedTimestamp } from '#contract/verification.ts'
import type { CompiledScheme } from './compile.ts'
import { countHeader, findFirstHeader, findHeader } from './headers.ts'
import { readToken, type Token } from './jwt.ts'
import {
  fieldValue,
  parseSignatureHeader,
  type ParsedSignatureHeader,
  type ReceivedSignature,
} from './parse.ts'
import { rawPlace, readPlace, valueAt, type Sources } from './place.ts'
import { oneFamily } from './header-family.ts'
import { parseTimestamp } from './timestamp.ts'
import type { RequestHead } from './types.ts'
import type { WholeBody } from './whole-body.ts'

/** What a request says, read with one scheme. Empty texts are kept. */
export interface Reading {
  /** The signature header (or path) as the provider spells it; the one that stood in for it. */
  signatureName: string
  /** `null`: it is absent. */
  signatureText: string | null
  header: ParsedSignatureHeader
  timestampText: string | null
  /** `null`: absent, or not readable. */
  timestamp: SignedTimestamp | null
  /** Only where the message id is needed to check the signature, or stands in a header. */
  messageIdText: string | null
  /** `null`: the scheme has none, or it cannot be read. */
  token: Token | null
}

const emptyHeader: ParsedSignatureHeader = { signatures: [], fields: [] }

/** Reads the head; `body` is needed where `compiled.readsBody`, and may be `null` elsewhere. */
export function readRequest(
  compiled: CompiledScheme,
  received: RequestHead,
  body: WholeBody | null,
): Reading {
  const { scheme } = compiled
  const head = oneFamily(compiled, received)
  const found = readSignatures(compiled, head, body)
  const token =
    scheme.jwt && found.header.signatures[0] ? readToken(found.header.signatures[0].text) : null
  const sources = sourcesFor(compiled, head, body, found.header, token)
  const timestampText = readTimestampText(compiled, sources)
  return {
    ...found,
    timestampText,
    timestamp:
      timestampText !== null && scheme.timestamp
        ? parseTimestamp(timestampText, scheme.timestamp.unit)
        : null,
    messageIdText: readMessageIdText(compiled, sources),
    token,
  }
}

/** Where the values of a request stand, once its signature header is taken apart. */
export function sourcesFor(
  { scheme, procedure }: CompiledScheme,
  head: RequestHead,
  body: WholeBody | null,
  header: ParsedSignatureHeader,
  token: Token | null,
): Sources {
  return {
    head,
    body,
    field: (name) => procedure?.field?.(head, name) ?? fieldValue(scheme.signature, header, name),
    claims: token?.claims ?? null,
  }
}

function readSignatures(
  compiled: CompiledScheme,
  head: RequestHead,
  body: WholeBody | null,
): Pick<Reading, 'signatureName' | 'signatureText' | 'header'> {
  const { signature } = compiled.scheme
  const { place } = signature
  if (!('header' in place)) {
    const name = 'json' in place ? place.json : place.form
    const text = 'json' in place ? jsonString(body, place.json) : rawPlace(place, { head, body })
    const header = text === null ? emptyHeader : parseSignatureHeader(signature, text, false)
    return { signatureName: name, signatureText: text, header }
  }
  const found = findFirstHeader(head.rawHeaders, compiled.signatureNames)
  const position = found?.position ?? 0
  const lowerName = compiled.signatureNames[position] ?? ''
  const signatureName = position === 0 ? place.header : (place.also?.[position - 1] ?? lowerName)
  if (compiled.furtherNames.length > 0 || signature.repeatable) {
    return { signatureName, ...readSeveral(compiled, head, lowerName) }
  }
  if (!found) return { signatureName, signatureText: null, header: emptyHeader }
  const repeated = countHeader(head.rawHeaders, lowerName) > 1
  const header = parseSignatureHeader(signature, found.value, repeated)
  return { signatureName, signatureText: found.value, header }
}

/** A credential in JSON counts only when it is a text: `{"passcode": 1}` is no passcode. */
function jsonString(body: WholeBody | null, path: string): string | null {
  const value = valueAt(body?.json?.value, path)
  return typeof value === 'string' ? value : null
}

/** Signatures that stand in several headers, or in repeats of one, each taken apart by itself. */
function readSeveral(
  compiled: CompiledScheme,
  head: RequestHead,
  lowerName: string,
): Pick<Reading, 'signatureText' | 'header'> {
  const wanted = new Set([lowerName, ...compiled.furtherNames])
  const signatures: ReceivedSignature[] = []
  const fields: { name: string; value: string }[] = []
  const texts: string[] = []
  for (const [name, value] of head.rawHeaders) {
    if (!wanted.has(name.toLowerCase())) continue
    texts.push(value)
    const parsed = parseSignatureHeader(compiled.scheme.signature, value, false)
    fields.push(...parsed.fields)
    for (const each of parsed.signatures) signatures.push({ ...each, position: signatures.length })
  }
  return {
    signatureText: texts.length === 0 ? null : texts.join(', '),
    header: { signatures, fields },
  }
}

function readTimestampText(compiled: CompiledScheme, sources: Sources): string | null {
  const form = compiled.scheme.timestamp
  if (!form) return null
  const { place } = form
  if ('parts' in place) return readPlace(place, sources)
  if (form.jsonType && 'json' in place && place.json !== undefined) {
    const value = valueAt(sources.body?.json?.value, place.json)
    if (typeof value !== form.jsonType) return null
  }
  return rawPlace(place, sources)
}

function readMessageIdText({ scheme, needsMessageId }: CompiledScheme, sources: Sources) {
  const place = scheme.messageId
  if (!place || ('parts' in place && !needsMessageId)) return null
  if ('parts' in place) return readPlace(place, sources)
  return 'header' in place || needsMessageId ? rawPlace(place, sources) : null
}

/** The values of a header, repeats joined. */
export function headerText(head: RequestHead, name: string): string | null {
  return findHeader(head.rawHeaders, name.toLowerCase())
}
