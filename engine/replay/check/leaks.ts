import type { OutgoingRequest } from '#engine/replay/outgoing-request.ts'
import type { SentAnswer } from '#engine/replay/send.ts'
import { expectedSignatures } from './expected.ts'
import type { Veil } from './veil.ts'
import type { World } from './world.ts'

/** What an answer gave away. */
export type Leak = 'secret' | 'signature'

/** Larger bodies are not signed once more for this. */
const MOST_BYTES = 2 * 1024 * 1024

/** Looks for the secret, and for the signature that the request should have had, in an answer. */
export function leakIn(
  world: World,
  veil: Veil,
  request: OutgoingRequest,
  answer: SentAnswer,
): Leak | null {
  const text = [
    ...answer.rawHeaders.map(([name, value]) => `${name}: ${value}`),
    Buffer.from(answer.bodyBytes).toString('utf8'),
  ].join('\n')
  const sent = [
    request.target,
    ...request.rawHeaders.map(([, value]) => value),
    request.body.byteLength > MOST_BYTES ? '' : Buffer.from(request.body).toString('utf8'),
  ].join('\n')
  // A credential that was sent and comes back told nothing to whoever sent it.
  if (veil.holdsSecret(text) && !veil.holdsSecret(sent)) return 'secret'
  const told = expectedSignatures(world, request).some(
    (expected) => text.includes(expected) && !sent.includes(expected),
  )
  return told ? 'signature' : null
}
