import type { Place, Scheme } from './types.ts'

/** A stretch of the signed content, in order. */
export type Piece =
  | { kind: 'literal'; text: string }
  | { kind: 'timestamp' }
  | { kind: 'message-id' }
  | { kind: 'body' }

/** A scheme made ready for use: names in lower case, the content template taken apart. */
export interface CompiledScheme {
  scheme: Scheme
  /** The name of the digest for node:crypto, such as `sha256`. */
  digest: string
  signatureNames: readonly string[]
  /** Empty unless the value stands in a header. */
  timestampNames: readonly string[]
  messageIdNames: readonly string[]
  pieces: readonly Piece[]
  /** What comes before and after the body; all of it before when the body is not signed. */
  before: readonly Piece[]
  after: readonly Piece[]
  signsBody: boolean
  /** The body stands in the content at most once, so that it can be hashed while it streams. */
  streamable: boolean
  needsTimestamp: boolean
  needsMessageId: boolean
}

const compiledSchemes = new WeakMap<Scheme, CompiledScheme>()

/** Compiles a scheme once; later calls with the same object return the same result. */
export function compile(scheme: Scheme): CompiledScheme {
  const known = compiledSchemes.get(scheme)
  if (known) return known
  const pieces = parseTemplate(scheme.content)
  const bodyAt = pieces.findIndex((piece) => piece.kind === 'body')
  const split = bodyAt === -1 ? pieces.length : bodyAt
  const compiled: CompiledScheme = {
    scheme,
    digest: scheme.algorithm.slice('hmac-'.length),
    signatureNames: lowerNames(scheme.signature),
    timestampNames: scheme.timestamp ? placeNames(scheme.timestamp.place) : [],
    messageIdNames: scheme.messageId ? placeNames(scheme.messageId) : [],
    pieces,
    before: pieces.slice(0, split),
    after: pieces.slice(split + 1),
    signsBody: bodyAt !== -1,
    streamable: pieces.filter((piece) => piece.kind === 'body').length <= 1,
    needsTimestamp: scheme.timestamp !== null,
    needsMessageId: pieces.some((piece) => piece.kind === 'message-id'),
  }
  compiledSchemes.set(scheme, compiled)
  return compiled
}

function lowerNames(place: { header: string; also?: readonly string[] }): string[] {
  return [place.header, ...(place.also ?? [])].map((name) => name.toLowerCase())
}

function placeNames(place: Place): string[] {
  return 'header' in place ? lowerNames(place) : []
}

/** `{id}.{timestamp}.{body}` taken apart; any other text in braces is a literal. */
function parseTemplate(content: string): Piece[] {
  const pieces: Piece[] = []
  for (const text of content.split(/(\{id\}|\{timestamp\}|\{body\})/)) {
    if (text === '{id}') pieces.push({ kind: 'message-id' })
    else if (text === '{timestamp}') pieces.push({ kind: 'timestamp' })
    else if (text === '{body}') pieces.push({ kind: 'body' })
    else if (text !== '') pieces.push({ kind: 'literal', text })
  }
  return pieces
}
