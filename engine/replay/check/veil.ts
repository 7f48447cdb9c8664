import { isCredential } from '#contract/credential.ts'
import type { RawHeader } from '#contract/http.ts'
import { usesPublicKey } from '#engine/signatures/secret.ts'
import {
  bareSignature,
  readingOf,
  signatureHeaders,
  signatureTextOf,
  withValueAt,
} from './edits.ts'
import { MOST_LOOKED_AT_BYTES } from './expected.ts'
import type { OutgoingRequest } from '#engine/replay/outgoing-request.ts'
import type { World } from './world.ts'

/** Shorter texts would be found everywhere: of a secret as it was given, and of its writings. */
const LEAST_GIVEN = 4
const LEAST = 6
/** Signatures are told apart for so many requests; more would only be looked for in vain. */
const MOST_REMEMBERED = 200
const SECRET = '••••••••'

/**
 * Keeps what a report must not tell out of it: secrets in every writing, credentials, and
 * signatures, which are good for as long as the provider's rule says, for some for ever.
 */
export interface Veil {
  /** The signatures of this request, and those that it should have, are covered from now on. */
  learn(request: OutgoingRequest, expected: readonly string[]): void
  /** The request with its credential covered, where the scheme sends one. */
  hide(request: OutgoingRequest): OutgoingRequest
  cover(text: string): string
  /** Whether a text holds a secret or a writing of one. */
  holdsSecret(text: string): boolean
}

export function createVeil(world: World): Veil {
  const secrets = secretWritings(world)
  const signatures = new Map<string, string>()
  const remember = (text: string | null) => {
    if (text === null || text.length < 16) return
    for (const writing of writingsOf(text)) {
      signatures.delete(writing)
      signatures.set(writing, shortened(text))
    }
    for (const oldest of signatures.keys()) {
      if (signatures.size <= MOST_REMEMBERED) break
      signatures.delete(oldest)
    }
  }
  return {
    hide: (request) => (isCredential(world.scheme) ? withoutCredential(world, request) : request),
    learn(request, expected) {
      if (isCredential(world.scheme) || isTooLarge(request)) return
      remember(bareSignature(world, request))
      for (const { text } of readingOf(world, request).header.signatures) remember(text)
      for (const text of expected) remember(text)
    },
    cover(text) {
      let covered = text
      for (const secret of secrets) covered = covered.replaceAll(secret, SECRET)
      for (const [signature, hidden] of signatures) {
        covered = covered.replaceAll(signature, () => hidden)
      }
      return covered
    },
    holdsSecret: (text) => secrets.some((secret) => text.includes(secret)),
  }
}

function isTooLarge({ body }: OutgoingRequest): boolean {
  return body.byteLength > MOST_LOOKED_AT_BYTES
}

/** Whatever stands there, half a credential too. */
function withoutCredential(world: World, request: OutgoingRequest): OutgoingRequest {
  const { place } = world.scheme.signature
  if (!('header' in place)) {
    if (isTooLarge(request)) return request
    const text = signatureTextOf(world, request)
    return (text ? withValueAt(request, place, SECRET) : null) ?? request
  }
  const names = signatureHeaders(world)
  const rawHeaders = request.rawHeaders.map(([name, value]): RawHeader => {
    return [name, names.has(name.toLowerCase()) && value !== '' ? SECRET : value]
  })
  return { ...request, rawHeaders }
}

/** Enough to tell one from another. */
function shortened(text: string): string {
  return `${text.slice(0, 8)}…${text.slice(-4)} (${text.length} characters)`
}

/** Every text that stands for a secret: as it was given, its key bytes, and both encoded. */
function secretWritings(world: World): string[] {
  const asymmetric = usesPublicKey(world.scheme)
  const { secretTexts } = world
  // What stands behind `whsec_` and the like, and the password of a login.
  const texts = secretTexts.flatMap((text) => [
    text,
    text.replace(/^[a-z]+_/i, ''),
    ...(world.scheme.algorithm === 'basic-auth' ? [text.replace(/^[^:]*:/, '')] : []),
  ])
  const prepared = asymmetric ? [] : world.keys
  const bytes = [
    ...texts.map((text) => Buffer.from(text)),
    ...prepared.map(({ keyText }) => Buffer.from(keyText)),
    ...prepared.map(({ key }) => key.export()),
  ]
  const encoded = bytes.flatMap((each) => [
    each.toString('base64'),
    each.toString('base64url'),
    each.toString('base64').replace(/=+$/, ''),
    each.toString('hex'),
    each.toString('hex').toUpperCase(),
  ])
  const keyTexts = prepared.map(({ keyText }) => keyText)
  const lines = texts.flatMap((text) => (text.includes('\n') ? text.split('\n') : []))
  const all = [
    ...texts,
    ...keyTexts,
    ...encoded,
    ...lines.filter((line) => /^[^-]{24,}$/.test(line)),
  ]
  const given = secretTexts.filter((text) => text.length >= LEAST_GIVEN)
  return longestFirst([...given, ...all.filter((text) => text.length >= LEAST)])
}

/** The text itself, percent-encoded, and with its bytes in the other encoding. */
function writingsOf(signature: string): string[] {
  const isHex = /^(?:[0-9a-f]{2})+$/i.test(signature)
  const bytes = Buffer.from(signature, isHex ? 'hex' : 'base64')
  const others = isHex
    ? [bytes.toString('base64'), signature.toLowerCase(), signature.toUpperCase()]
    : [bytes.toString('hex')]
  return [signature, encodeURIComponent(signature), ...others.filter((each) => each.length >= 16)]
}

function longestFirst(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort((one, other) => other.length - one.length)
}
