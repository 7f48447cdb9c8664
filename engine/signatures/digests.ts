import { createHmac, timingSafeEqual, type BinaryToTextEncoding, type Hmac } from 'node:crypto'
import type { CompiledScheme } from './compile.ts'
import type { ReceivedSignature } from './parse.ts'
import { pieceText, type Reading } from './reading.ts'
import type { PreparedSecret } from './types.ts'
import type { WholeBody } from './whole-body.ts'

/** The HMACs of one request, one for each secret, fed while the body streams past. */
export class StreamedDigests {
  readonly #compiled: CompiledScheme
  readonly #reading: Reading
  readonly #hmacs: readonly Hmac[]

  constructor(compiled: CompiledScheme, reading: Reading, secrets: readonly PreparedSecret[]) {
    this.#compiled = compiled
    this.#reading = reading
    const before = pieceText(compiled.before, reading)
    this.#hmacs = secrets.map((secret) => createHmac(compiled.digest, secret.key).update(before))
  }

  update(chunk: Uint8Array): void {
    if (!this.#compiled.signsBody) return
    for (const hmac of this.#hmacs) hmac.update(chunk)
  }

  /** The expected signatures in the order of the secrets; may be called once. */
  finish(): string[] {
    const after = pieceText(this.#compiled.after, this.#reading)
    const encoding: BinaryToTextEncoding = this.#compiled.scheme.signature.encoding
    return this.#hmacs.map((hmac) => (after ? hmac.update(after) : hmac).digest(encoding))
  }
}

/** The expected signature over a body that is known whole; `bodyText` stands in its place if given. */
export function digestWhole(
  compiled: CompiledScheme,
  reading: Reading,
  secret: PreparedSecret,
  body: WholeBody,
  bodyText: string | null,
): string {
  const hmac = createHmac(compiled.digest, secret.key)
  for (const piece of compiled.pieces) {
    if (piece.kind === 'body') hmac.update(bodyText ?? body.bytes)
    else hmac.update(pieceText([piece], reading))
  }
  return hmac.digest(compiled.scheme.signature.encoding)
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

export interface Match {
  secret: PreparedSecret
  signature: ReceivedSignature
}

/** The first received signature that any secret produces. `expected` is in the order of `secrets`. */
export function findMatch(
  signatures: readonly ReceivedSignature[],
  secrets: readonly PreparedSecret[],
  expected: readonly string[],
): Match | null {
  for (const signature of signatures) {
    if (!signature.known) continue
    for (let index = 0; index < secrets.length; index++) {
      const secret = secrets[index]
      if (secret && equalText(signature.text, expected[index] ?? '')) return { secret, signature }
    }
  }
  return null
}
