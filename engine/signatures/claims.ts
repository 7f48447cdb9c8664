import type { ContentPart } from '#contract/verification.ts'
import type { BodyAs, CompiledScheme, Piece } from './compile.ts'
import type { SignedTexts } from './procedures/procedure.ts'
import { rawPlace } from './place.ts'
import { headerText, sourcesFor, type Reading } from './reading.ts'
import type { Reason } from './sentences.ts'
import type { RequestHead, Settings } from './types.ts'
import { pathAndQuery, publicUrl } from './url.ts'
import type { WholeBody } from './whole-body.ts'

/** A stretch of signed content with what it says, except the bytes of the body and the secret. */
export type Part =
  | { kind: Exclude<ContentPart['kind'], 'body' | 'secret'>; from: string | null; text: string }
  | { kind: 'body'; as: BodyAs }
  | { kind: 'secret' }

export const literal = (text: string): Part => ({ kind: 'literal', from: null, text })
export const wholeBody: Part = { kind: 'body', as: 'raw' }

/**
 * What the signatures of a request may be over; each of `SignedTexts` must match. A reason: the
 * request lacks a part, or, where it lacks none, the endpoint a setting.
 */
export function claimsOf(
  compiled: CompiledScheme,
  reading: Reading,
  head: RequestHead,
  settings: Settings,
  body: WholeBody | null,
): readonly SignedTexts[] | Reason {
  const claims = madeClaims(compiled, reading, head, settings, body)
  if ('code' in claims) return claims
  const { settings: forms = [] } = compiled.scheme
  const missing = forms.find(({ name, required }) => required && !settings[name])
  return missing ? settingMissing(compiled, missing.name) : claims
}

function madeClaims(
  compiled: CompiledScheme,
  reading: Reading,
  head: RequestHead,
  settings: Settings,
  body: WholeBody | null,
): readonly SignedTexts[] | Reason {
  const { signatures } = reading.header
  if (compiled.scheme.jwt) {
    const { token } = reading
    const first = signatures[0]
    if (!token || !first) return []
    return [
      {
        signatures: [{ ...first, text: token.signature }],
        contents: [[{ kind: 'header', from: reading.signatureName, text: token.signedText }]],
      },
    ]
  }
  if (compiled.procedure) {
    return compiled.procedure.claims({ reading, head, settings, body })
  }
  const parts = resolvePieces(compiled, reading, head, settings, body)
  return Array.isArray(parts) ? [{ signatures, contents: [parts] }] : parts
}

/** The template with its values filled in; a reason when the request lacks one of them. */
function resolvePieces(
  compiled: CompiledScheme,
  reading: Reading,
  head: RequestHead,
  settings: Settings,
  body: WholeBody | null,
): Part[] | Reason {
  const parts: Part[] = []
  let missing: Reason | null = null
  for (const piece of compiled.pieces) {
    const part = resolvePiece(piece, compiled, reading, head, settings, body)
    if (!('code' in part)) parts.push(part)
    else if (part.code !== 'setting-missing') return part
    else missing ??= part
  }
  return missing ?? parts
}

function resolvePiece(
  piece: Piece,
  compiled: CompiledScheme,
  reading: Reading,
  head: RequestHead,
  settings: Settings,
  body: WholeBody | null,
): Part | Reason {
  switch (piece.kind) {
    case 'literal':
      return { kind: 'literal', from: null, text: piece.text }
    case 'timestamp':
      return { kind: 'timestamp', from: null, text: reading.timestampText ?? '' }
    case 'message-id':
      return { kind: 'message-id', from: null, text: reading.messageIdText ?? '' }
    case 'body':
    case 'secret':
      return piece
    case 'method':
      return { kind: 'method', from: null, text: head.method }
    case 'url':
      return { kind: 'url', from: null, text: publicUrl(head, settings) }
    case 'path':
      return { kind: 'url', from: 'path', text: pathAndQuery(head.target).path }
    case 'setting': {
      const text = settings[piece.name]
      if (text === undefined || text === '') return settingMissing(compiled, piece.name)
      return { kind: 'setting', from: piece.name, text }
    }
    case 'header': {
      const text = headerText(head, piece.name)
      if (text !== null) return { kind: 'header', from: piece.name, text }
      const sentence = `No \`${piece.name}\` header, which is part of what is signed.`
      return { code: 'signed-part-missing', sentence }
    }
    case 'query':
    case 'json':
    case 'field':
    case 'form':
      return resolveNamed(piece.kind, piece.name, compiled, reading, head, body)
  }
  return literal('')
}

function resolveNamed(
  kind: 'query' | 'json' | 'field' | 'form',
  name: string,
  compiled: CompiledScheme,
  reading: Reading,
  head: RequestHead,
  body: WholeBody | null,
): Part | Reason {
  const sources = sourcesFor(compiled, head, body, reading.header, reading.token)
  const place =
    kind === 'query'
      ? { query: name }
      : kind === 'json'
        ? { json: name }
        : kind === 'field'
          ? { field: name }
          : { form: name }
  const text = rawPlace(place, sources)
  if (text !== null) return { kind, from: name, text }
  const where = { query: 'query', json: 'body', field: 'signature header', form: 'form' }[kind]
  const sentence = `There is no \`${name}\` in the ${where}, which is part of what is signed.`
  return { code: 'signed-part-missing', sentence }
}

/** What to say where a setting is needed and not given. */
export function settingMissing({ scheme }: CompiledScheme, name: string): Reason {
  const label = scheme.settings?.find((setting) => setting.name === name)?.label ?? name
  const sentence = `${scheme.name} needs “${label}” beside the secret: give it in the endpoint’s settings.`
  return { code: 'setting-missing', sentence }
}
