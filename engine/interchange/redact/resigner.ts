import type { Delivery } from '#contract/delivery.ts'
import type { RawHeader } from '#contract/http.ts'
import type { Verification } from '#contract/verification.ts'
import { sign } from '#engine/signatures/sign.ts'
import type { RequestHead } from '#engine/signatures/types.ts'
import { verify } from '#engine/signatures/verify.ts'
import type { RedactedEndpoint, ThrowawaySecret } from './redacted.ts'
import { makeThrowaway, type Throwaway } from './throwaway.ts'

export interface Resigned {
  target: string
  rawHeaders: RawHeader[]
  body: Uint8Array
  /** What a receiver with the throwaway secret says of it, at the moment it says it was signed. */
  verification: Verification
}

type Unsigned = RequestHead & { rawHeaders: RawHeader[]; body: Uint8Array }

/** Signs with throwaway secrets, one for each endpoint and scheme. */
export class Resigner {
  readonly #made = new Map<string, { secret: ThrowawaySecret; throwaway: Throwaway }>()

  /** As the original was, at its moment and with its message id; `problem`: why it cannot be. */
  sign(
    unsigned: Unsigned,
    delivery: Delivery,
    endpoint: RedactedEndpoint,
  ): Resigned | { problem: string } {
    const { scheme, settings } = endpoint
    if (!scheme) {
      return { problem: 'A delivery is of no known scheme and cannot be signed again.' }
    }
    const failed = (why: string) => ({
      problem: `A delivery of ${scheme.name} cannot be signed again; its signature is masked. ${why}`,
    })
    const known = this.#throwaway(endpoint, scheme)
    if ('problem' in known) return failed(known.problem)
    const { signer } = known
    const timestampMs = delivery.verification.timestamp?.unixMs ?? delivery.receivedAtMs
    const { body, ...head } = unsigned
    const signed = sign({
      scheme,
      secret: signer,
      settings,
      head,
      body,
      timestampMs,
      messageId: null,
    })
    if ('problem' in signed) return failed(signed.problem)
    const { target, rawHeaders } = signed
    const verification = verify(
      {
        head: { method: head.method, target, rawHeaders },
        scheme,
        secrets: [signer],
        lockedSecrets: false,
        settings,
        atMs: timestampMs,
        tolerance: null,
        incomplete: null,
      },
      { byteLength: signed.body.byteLength, chunks: () => [signed.body] },
    )
    if (verification.verdict !== 'valid') return failed(verification.reason.sentence)
    return { target, rawHeaders, body: signed.body, verification }
  }

  secrets(): ThrowawaySecret[] {
    return [...this.#made.values()].map(({ secret }) => secret)
  }

  #throwaway(
    { name, settings }: RedactedEndpoint,
    scheme: NonNullable<RedactedEndpoint['scheme']>,
  ): Throwaway | { problem: string } {
    const key = JSON.stringify([name, scheme.id])
    const known = this.#made.get(key)
    if (known) return known.throwaway
    const throwaway = makeThrowaway(scheme, settings)
    if ('problem' in throwaway) return throwaway
    const secret = { endpoint: name, schemeId: scheme.id, text: throwaway.text }
    this.#made.set(key, { secret, throwaway })
    return throwaway
  }
}
