import type { OutgoingRequest } from '#engine/replay/outgoing-request.ts'
import type { SentAnswer } from '#engine/replay/send.ts'
import { MOST_LOOKED_AT_BYTES } from './expected.ts'
import type { Veil } from './veil.ts'

/** What an answer gave away. */
export type Leak = 'secret' | 'signature'

/** Looks for the secret, and for the signature that the request should have had, in an answer. */
export function leakIn(
  veil: Veil,
  expected: readonly string[],
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
    request.body.byteLength > MOST_LOOKED_AT_BYTES
      ? ''
      : Buffer.from(request.body).toString('utf8'),
  ].join('\n')
  // A credential that was sent and comes back told nothing to whoever sent it.
  if (veil.holdsSecret(text) && !veil.holdsSecret(sent)) return 'secret'
  const told = expected.some((each) => text.includes(each) && !sent.includes(each))
  return told ? 'signature' : null
}
