import type { Algorithm, Scheme, SignatureForm } from '#contract/scheme.ts'
import { decodeSignature, encodeBytes } from '#engine/signatures/encoding.ts'
import type { ReceivedSignature } from '#engine/signatures/parse.ts'
import type { Reading } from '#engine/signatures/reading.ts'
import type { Change } from './types.ts'

/** A received signature as the scheme would have it written; `change` says how it came. */
export interface Candidate {
  signature: ReceivedSignature
  change: Change | null
  /** Bytes of the signature; 0 where it is a credential. */
  byteLength: number
}

const MOST = 12

/** The signatures as they came, then every other way of reading what came. */
export function signatureCandidates(scheme: Scheme, reading: Reading): Candidate[] {
  const { encoding } = scheme.signature
  const found: Candidate[] = reading.header.signatures
    .filter(({ known }) => known)
    .map((signature) => ({
      signature,
      change: null,
      byteLength: decodeSignature(signature.text, encoding)?.byteLength ?? 0,
    }))
  if (scheme.jwt || reading.signatureText === null) return found
  const known = new Set(found.map(({ signature }) => signature.text))
  for (const { text, how } of textsIn(reading)) {
    for (const { bytes, name } of readings(text, scheme)) {
      const written = encoding === 'text' ? bytes.toString() : encodeBytes(bytes, encoding)
      if (written === '' || known.has(written) || found.length >= MOST) continue
      known.add(written)
      const signature = { position: found.length, version: null, text: written, known: true }
      found.push({ signature, change: changeOf(scheme, how, name), byteLength: bytes.byteLength })
    }
  }
  return found.map((each, position) => ({ ...each, signature: { ...each.signature, position } }))
}

/** The texts in a signature header that may be a signature: whole, in pieces, without prefixes. */
function* textsIn(reading: Reading): Generator<{ text: string; how: string }> {
  const whole = (reading.signatureText ?? '').trim()
  for (const { text } of reading.header.signatures) yield* stripped(text)
  yield* stripped(whole)
  const pieces = whole.split(/[,;\s]+/)
  if (pieces.length > 1) for (const piece of pieces) yield* stripped(piece)
}

const LABEL = /^[A-Za-z][A-Za-z0-9_-]{0,15}[=:,]\s*/
const AUTH = /^(?:bearer|token|basic|hmac|signature)\s+/i

/** A text, and the same without quotes, `name=` (also twice), `Bearer` and URL escapes. */
function* stripped(text: string): Generator<{ text: string; how: string }> {
  yield { text, how: '' }
  let at = text.replace(/^(["'])(.*)\1$/s, '$2').replace(AUTH, '')
  if (/%[0-9a-f]{2}/i.test(at))
    at = at.replace(/%([0-9a-f]{2})/gi, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    )
  if (at !== text)
    yield { text: at, how: 'with quotes, an authentication scheme or URL escapes around it' }
  for (let round = 0; round < 3; round++) {
    const label = LABEL.exec(at)?.[0]
    // Base64 may end in `=`: what follows must be long enough to be a signature.
    if (label === undefined || at.length - label.length < 8) break
    at = at.slice(label.length)
    yield { text: at, how: `with ${label.trim()} before it` }
  }
  if (/^0x/i.test(at)) yield { text: at.slice(2), how: 'with 0x before it' }
  if (/[A-Za-z0-9+/] [A-Za-z0-9+/]/.test(at))
    yield { text: at.replace(/ /g, '+'), how: 'with blanks for +' }
}

const HEX = /^(?:[0-9a-fA-F]{2})+$/
const BASE64 = /^[A-Za-z0-9+/_-]{8,}={0,2}$/

/** The bytes that a text may stand for, and what it is written in. */
function* readings(
  text: string,
  { signature, algorithm }: Scheme,
): Generator<{ bytes: Buffer; name: string }> {
  if (signature.encoding === 'text') {
    if (text !== '') yield { bytes: Buffer.from(text), name: 'text' }
    return
  }
  if (algorithm === 'basic-auth') {
    yield { bytes: Buffer.from(text, 'base64'), name: 'base64' }
    if (text.includes(':')) yield { bytes: Buffer.from(text), name: 'plain text' }
    return
  }
  if (HEX.test(text)) {
    const name = text === text.toLowerCase() ? 'lower-case hex' : 'upper-case hex'
    yield { bytes: Buffer.from(text, 'hex'), name }
    return
  }
  if (!BASE64.test(text)) return
  const name = /[-_]/.test(text)
    ? 'base64url'
    : text.endsWith('=') || text.length % 4 === 0
      ? 'base64'
      : 'base64 without padding'
  const bytes = Buffer.from(text, 'base64')
  yield { bytes, name }
  const inner = bytes.toString('latin1')
  if (HEX.test(inner) && inner.length >= 32)
    yield { bytes: Buffer.from(inner, 'hex'), name: 'hex inside base64' }
}

const encodingNames: Record<SignatureForm['encoding'], string> = {
  hex: 'lower-case hex',
  'upper-hex': 'upper-case hex',
  base64: 'base64',
  base64url: 'base64url',
  text: 'text',
}

function changeOf({ signature, name }: Scheme, how: string, written: string): Change {
  const wanted = encodingNames[signature.encoding]
  const from =
    written === wanted
      ? how || 'without its prefix'
      : [written, how].filter((each) => each).join(' ')
  const to = [wanted, signature.prefix ? `after ${signature.prefix}` : '']
    .filter((each) => each)
    .join(' ')
  return {
    ...{ code: 'signature-encoding', what: 'signature', from, to, weight: 0.8 },
    detail: `It came ${written === wanted ? from : `in ${from}`}; ${name} writes it in ${to}.`,
    done: `With the signature written in ${to}`,
  }
}

const digestBytes: Readonly<Record<number, string>> = {
  20: 'sha1',
  32: 'sha256',
  48: 'sha384',
  64: 'sha512',
}
const algorithms: readonly Algorithm[] = [
  ...(['hmac-sha1', 'hmac-sha256', 'hmac-sha384', 'hmac-sha512'] as const),
  ...(['sha1', 'sha256', 'sha384', 'sha512'] as const),
]

/** Other digests whose length the received signatures have: a digest tells its algorithm by that. */
export function otherAlgorithms(scheme: Scheme, candidates: readonly Candidate[]): Algorithm[] {
  const isHmac = scheme.algorithm.startsWith('hmac-')
  const isDigest = /^sha\d/.test(scheme.algorithm)
  if (!isHmac && !isDigest) return []
  return algorithms.filter(
    (algorithm) =>
      algorithm !== scheme.algorithm &&
      algorithm.startsWith('hmac-') === isHmac &&
      candidates.some(
        ({ byteLength }) => digestBytes[byteLength] === algorithm.replace('hmac-', ''),
      ),
  )
}
