import type { Place } from '#contract/scheme-parts.ts'
import type { Algorithm, Scheme } from '#contract/scheme.ts'
import { familiesOf } from './header-family.ts'
import { findProcedure, type Procedure } from './procedures/procedure.ts'

/** How the bytes of the body stand in the content. */
export type BodyAs = 'raw' | 'sha256-hex' | 'crc32' | 'json-string'

/** A stretch of the signed content, in order, as the template says it. */
export type Piece =
  | { kind: 'literal'; text: string }
  | { kind: 'timestamp' }
  | { kind: 'message-id' }
  | { kind: 'body'; as: BodyAs }
  | { kind: 'secret' }
  | { kind: 'method' }
  | { kind: 'url' }
  | { kind: 'path' }
  | { kind: 'setting' | 'header' | 'query' | 'json' | 'field' | 'form'; name: string }

/** A scheme made ready for use: names in lower case, the content template taken apart. */
export interface CompiledScheme {
  scheme: Scheme
  /** Headers that may hold the signature: the first that is there, then its stand-ins. */
  signatureNames: readonly string[]
  furtherNames: readonly string[]
  /** Empty unless the value stands in a header. */
  timestampNames: readonly string[]
  messageIdNames: readonly string[]
  /** Where signature, timestamp and id have several names: those that belong together. */
  families: readonly (readonly string[])[]
  pieces: readonly Piece[]
  procedure: Procedure | null
  /** Nothing can be said before the body is known whole: a value that counts stands in it. */
  readsBody: boolean
  /** The body can be checked while it streams past. */
  streamable: boolean
  needsTimestamp: boolean
  needsMessageId: boolean
}

const compiledSchemes = new WeakMap<Scheme, CompiledScheme>()

/** Compiles a scheme once; later calls with the same object return the same result. */
export function compile(scheme: Scheme): CompiledScheme {
  const known = compiledSchemes.get(scheme)
  if (known) return known
  const procedure = findProcedure(scheme.content)
  const pieces = procedure ? [] : parseTemplate(scheme.content)
  const { place } = scheme.signature
  const needsMessageId = pieces.some((piece) => piece.kind === 'message-id')
  const readsBody =
    !('header' in place) ||
    (needsMessageId && scheme.messageId !== null && isInBody(scheme.messageId)) ||
    (scheme.timestamp !== null && isInBody(scheme.timestamp.place)) ||
    pieces.some((piece) => piece.kind === 'json' || piece.kind === 'form') ||
    (scheme.bodyHash !== undefined && isInBody(scheme.bodyHash.place)) ||
    (procedure?.readsBody ?? false)
  const bodies = pieces.filter((piece) => piece.kind === 'body')
  const signatureNames = lowerNames(place)
  const timestampNames = scheme.timestamp ? lowerNames(scheme.timestamp.place) : []
  const messageIdNames = scheme.messageId ? lowerNames(scheme.messageId) : []
  const compiled: CompiledScheme = {
    scheme,
    signatureNames,
    timestampNames,
    messageIdNames,
    families: familiesOf(signatureNames, timestampNames, messageIdNames),
    furtherNames: (scheme.signature.further ?? []).map((name) => name.toLowerCase()),
    pieces,
    procedure,
    readsBody,
    streamable:
      !readsBody &&
      bodies.length <= 1 &&
      bodies.every(({ as }) => as !== 'json-string') &&
      (!isWholeMessage(scheme.algorithm) || (bodies.length === 0 && !procedure)),
    needsTimestamp: scheme.timestamp !== null,
    needsMessageId,
  }
  compiledSchemes.set(scheme, compiled)
  return compiled
}

/** Ed25519 hashes the message twice (RFC 8032, 5.1.6): it cannot stream. */
function isWholeMessage(algorithm: Algorithm): boolean {
  return algorithm === 'ed25519'
}

function isInBody(place: Place): boolean {
  if ('parts' in place) return place.parts.some(isInBody)
  return 'json' in place || 'form' in place || 'memberBeside' in place
}

function lowerNames(place: Place): string[] {
  if (!('header' in place)) return []
  return [place.header, ...(place.also ?? [])].map((name) => name.toLowerCase())
}

const bodyForms: Record<string, BodyAs> = {
  '{body}': 'raw',
  '{body:sha256-hex}': 'sha256-hex',
  '{body:crc32}': 'crc32',
  '{body:json-string}': 'json-string',
}
const simplePieces: Record<string, Piece> = {
  '{timestamp}': { kind: 'timestamp' },
  '{id}': { kind: 'message-id' },
  '{secret}': { kind: 'secret' },
  '{method}': { kind: 'method' },
  '{url}': { kind: 'url' },
  '{path}': { kind: 'path' },
}
const namedKinds = ['header', 'query', 'json', 'field', 'form'] as const
const namedPiece = /^\{(\w+):(.+)\}$/
const settingPiece = /^\{settings\.(\w+)\}$/

/** `{id}.{timestamp}.{body}` taken apart; any other text in braces is a literal. */
export function parseTemplate(content: string): Piece[] {
  const pieces: Piece[] = []
  for (const text of content.split(/(\{[a-zA-Z][^{}\s"]*\})/)) {
    if (text === '') continue
    const piece = pieceOf(text)
    const last = pieces[pieces.length - 1]
    if (piece.kind === 'literal' && last?.kind === 'literal') last.text += piece.text
    else pieces.push(piece)
  }
  return pieces
}

function pieceOf(text: string): Piece {
  const simple = simplePieces[text]
  if (simple) return { ...simple }
  const as = bodyForms[text]
  if (as) return { kind: 'body', as }
  const setting = settingPiece.exec(text)
  if (setting?.[1]) return { kind: 'setting', name: setting[1] }
  const named = namedPiece.exec(text)
  const kind = namedKinds.find((each) => each === named?.[1])
  return kind ? { kind, name: named?.[2] ?? '' } : { kind: 'literal', text }
}
