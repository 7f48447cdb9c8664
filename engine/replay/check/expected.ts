import { isCredential } from '#contract/credential.ts'
import type { OutgoingRequest } from '#engine/replay/outgoing-request.ts'
import { usesPublicKey } from '#engine/signatures/secret.ts'
import { sign } from '#engine/signatures/sign.ts'
import { bareSignature, readingOf } from './edits.ts'
import type { World } from './world.ts'

/** Larger bodies are neither signed nor read once more: this runs beside capturing. */
export const MOST_LOOKED_AT_BYTES = 2 * 1024 * 1024

/** The signature that a correct receiver computes for this request, with each secret. */
export function expectedSignatures(world: World, request: OutgoingRequest): string[] {
  const { scheme, signers, settings } = world
  if (isCredential(scheme) || usesPublicKey(scheme) || scheme.jwt) return []
  if (request.body.byteLength > MOST_LOOKED_AT_BYTES) return []
  const { timestampText } = readingOf(world, request)
  return signers.flatMap((secret) => {
    const signed = sign({
      scheme,
      secret,
      settings,
      head: request,
      body: request.body,
      timestampMs: world.now(),
      messageId: null,
      ...(timestampText === null ? {} : { timestampText }),
    })
    const signature = 'problem' in signed ? null : bareSignature(world, { ...request, ...signed })
    return signature === null || signature.length < 16 ? [] : [signature]
  })
}
