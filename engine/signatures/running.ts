import {
  constants,
  createHash,
  createHmac,
  createVerify,
  timingSafeEqual,
  verify as verifyBytes,
  type Hash,
  type Hmac,
  type KeyObject,
  type Verify,
} from 'node:crypto'
import type { Algorithm, SignatureForm } from '#contract/scheme.ts'
import type { Part } from './claims.ts'
import type { BodyAs } from './compile.ts'
import { crc32 } from './crc32.ts'
import { decodeSignature, encodeDigest } from './encoding.ts'
import type { ReceivedSignature } from './parse.ts'
import type { PreparedSecret } from './types.ts'
import type { WholeBody } from './whole-body.ts'

/** What one secret makes of one signed content. */
export interface Produced {
  /** The signature that it should be; `null` where only the sender can make it, or it is the secret. */
  expected: string | null
  matches(signature: ReceivedSignature): boolean
  /** For credentials: where they first differ. */
  differsAt?(received: string): number
}

/** A check that bytes run through. */
export interface Running {
  update(bytes: Uint8Array | string): void
  finish(): Produced
}

/** Compares two texts as bytes, in time that depends only on their lengths. */
export function equalText(received: string, expected: string): boolean {
  const receivedBytes = Buffer.from(received)
  const expectedBytes = Buffer.from(expected)
  return (
    receivedBytes.byteLength === expectedBytes.byteLength &&
    timingSafeEqual(receivedBytes, expectedBytes)
  )
}

/** Digest of an algorithm for node:crypto, such as `sha256`. */
export function digestName(algorithm: Algorithm): string {
  const found = /sha\d+$/.exec(algorithm)
  return found ? found[0] : 'sha256'
}

/** What a check needs to know beside the content. */
export interface CheckSettings {
  algorithm: Algorithm
  form: Pick<SignatureForm, 'encoding' | 'ecdsa'>
  secret: PreparedSecret
  signatures: readonly ReceivedSignature[]
}

export function startCheck(settings: CheckSettings): Running {
  const { algorithm, form, secret } = settings
  switch (algorithm) {
    case 'hmac-sha1':
    case 'hmac-sha256':
    case 'hmac-sha384':
    case 'hmac-sha512':
      return digesting(createHmac(digestName(algorithm), secret.key), form)
    case 'sha1':
    case 'sha256':
    case 'sha384':
    case 'sha512':
      return digesting(createHash(algorithm), form)
    case 'ed25519':
      return wholeMessage(settings)
    case 'ecdsa-p256-sha256':
    case 'rsa-sha1':
    case 'rsa-sha256':
    case 'rsa-pss-sha256':
      return verifying(settings)
    case 'shared-token':
      return comparing(secret.keyText)
    case 'basic-auth':
      break
  }
  return comparing(Buffer.from(secret.keyText).toString('base64'))
}

function digesting(digest: Hash | Hmac, form: CheckSettings['form']): Running {
  return {
    update(bytes) {
      digest.update(bytes)
    },
    finish() {
      const expected = encodeDigest(digest, form.encoding)
      return { expected, matches: ({ text }) => equalText(text, expected) }
    },
  }
}

/** The secret itself is what is expected: it never leaves this file as such. */
function comparing(credential: string): Running {
  return {
    update() {},
    finish: () => ({
      expected: null,
      matches: ({ text }) => equalText(text, credential),
      differsAt: (text) => firstDifference(text, credential),
    }),
  }
}

/** Index of the first differing character; the end of the shorter when one begins the other. */
export function firstDifference(received: string, expected: string): number {
  let index = 0
  while (index < received.length && received[index] === expected[index]) index++
  return index
}

/** R and S of P-256, 32 bytes each, side by side (IEEE P1363). */
const P256_P1363_BYTES = 64

/** Ed25519 (RFC 8032) needs the message whole. */
function wholeMessage({ form, secret }: CheckSettings): Running {
  const chunks: Uint8Array[] = []
  return {
    update(bytes) {
      chunks.push(typeof bytes === 'string' ? Buffer.from(bytes) : bytes)
    },
    finish() {
      const message = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)
      return {
        expected: null,
        matches({ text }) {
          const signature = decodeSignature(text, form.encoding)
          return signature?.byteLength === 64 && verifyBytes(null, message, secret.key, signature)
        },
      }
    },
  }
}

/** A key with how its signatures are written, for node:crypto. */
export function signatureKey(key: KeyObject, algorithm: Algorithm, form: CheckSettings['form']) {
  if (algorithm === 'rsa-pss-sha256') {
    const saltLength = constants.RSA_PSS_SALTLEN_DIGEST
    return { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength }
  }
  const p1363 = algorithm === 'ecdsa-p256-sha256' && form.ecdsa === 'p1363'
  return p1363 ? { key, dsaEncoding: 'ieee-p1363' as const } : { key }
}

/** node:crypto throws for R and S of another length than the curve's. */
function hasRightLength(
  bytes: Uint8Array,
  algorithm: Algorithm,
  form: CheckSettings['form'],
): boolean {
  const p1363 = algorithm === 'ecdsa-p256-sha256' && form.ecdsa === 'p1363'
  return !p1363 || bytes.byteLength === P256_P1363_BYTES
}

function verifying({ algorithm, form, secret, signatures }: CheckSettings): Running {
  const checks = new Map<number, Verify>(
    signatures
      .filter(({ known }) => known)
      .map(({ position }) => [position, createVerify(digestName(algorithm))]),
  )
  return {
    update(bytes) {
      const chunk = typeof bytes === 'string' ? Buffer.from(bytes) : bytes
      for (const check of checks.values()) check.update(chunk)
    },
    finish() {
      const right = new Set<number>()
      for (const { position, text, known } of signatures) {
        const check = known ? checks.get(position) : undefined
        const bytes = decodeSignature(text, form.encoding)
        if (!check || !bytes || !hasRightLength(bytes, algorithm, form)) continue
        if (check.verify(signatureKey(secret.key, algorithm, form), bytes)) right.add(position)
      }
      return { expected: null, matches: ({ position }) => right.has(position) }
    },
  }
}

/** Digests of the body that the content, a claim or a header speaks of. */
export class BodyDigests {
  readonly #sha256: Hash | null
  readonly #sha512: Hash | null
  #crc: number | null
  #sha256Bytes: Buffer | null = null

  constructor(wants: { sha256: boolean; sha512: boolean; crc32: boolean }) {
    this.#sha256 = wants.sha256 ? createHash('sha256') : null
    this.#sha512 = wants.sha512 ? createHash('sha512') : null
    this.#crc = wants.crc32 ? 0 : null
  }

  update(chunk: Uint8Array): void {
    this.#sha256?.update(chunk)
    this.#sha512?.update(chunk)
    if (this.#crc !== null) this.#crc = crc32(chunk, this.#crc)
  }

  sha256(): Buffer {
    this.#sha256Bytes ??= this.#sha256?.digest() ?? Buffer.alloc(0)
    return this.#sha256Bytes
  }

  sha512(): Buffer {
    return this.#sha512?.digest() ?? Buffer.alloc(0)
  }

  crc32(): number {
    return this.#crc ?? 0
  }
}

/** The digests that the parts of a content speak of, over a body that is at hand. */
export function digestsOver(
  parts: readonly Part[],
  chunks: () => Iterable<Uint8Array>,
): BodyDigests {
  const speaksOf = (as: BodyAs) => parts.some((part) => part.kind === 'body' && part.as === as)
  const wants = { sha256: speaksOf('sha256-hex'), sha512: false, crc32: speaksOf('crc32') }
  const digests = new BodyDigests(wants)
  if (wants.sha256 || wants.crc32) for (const chunk of chunks()) digests.update(chunk)
  return digests
}

/** The text of a part that is not the raw body; `null` for that one. */
export function partText(
  part: Part,
  secret: PreparedSecret | null,
  digests: BodyDigests,
  body: WholeBody | null,
): string | null {
  if (part.kind === 'secret') return secret?.keyText ?? ''
  if (part.kind !== 'body') return part.text
  if (part.as === 'raw') return null
  if (part.as === 'sha256-hex') return digests.sha256().toString('hex')
  if (part.as === 'crc32') return String(digests.crc32())
  return JSON.stringify(body?.text ?? '')
}
