import type { AnsweredBy } from '#contract/answering.ts'
import type { Delivery } from '#contract/delivery.ts'

type Answer = NonNullable<Delivery['answer']>

/** Who decided, in a word or two. */
export const answeredByWord: Readonly<Record<AnsweredBy, string>> = {
  default: 'default',
  http: 'HTTP',
  challenge: 'handshake',
  canned: 'as written',
  verdict: 'by verdict',
  failure: 'failure by chance',
  forward: 'the target',
  loop: 'loop',
}

const reasons: Readonly<Record<AnsweredBy, string>> = {
  default: 'The default: answered once the delivery was stored.',
  http: 'HTTP itself demands this status of a request like that.',
  challenge: 'A handshake, answered as its scheme wants.',
  canned: 'An answer that is written at the endpoint.',
  verdict: 'By verdict, as the endpoint is set up.',
  failure: 'A failure by chance, as the endpoint is set up.',
  forward: 'What the forwarding target said, passed on once it was stored.',
  loop: 'Refused, because it would go in circles: this Countersign had sent it on before.',
}

/** Why this was the answer, in one sentence. @param silent the forwarding target said nothing */
export function reasonOf({ by, status, fault }: Answer, silent: boolean): string {
  if (fault === 'hang') return 'Nothing was said until the sender left, as the endpoint is set up.'
  if (fault === 'reset') return 'The connection was reset, as the endpoint is set up.'
  if (by === 'forward' && silent) {
    return status === 504
      ? 'The forwarding target did not answer before the deadline.'
      : 'The forwarding target could not be reached.'
  }
  if (by === 'default' && status === 401) return reasons.verdict
  return reasons[by]
}

/** Which part of the endpoint's dialog decides about answers like this one; `null`: none. */
export function decidedIn({ by }: Answer): 'answer' | 'forward' | null {
  if (by === 'http' || by === 'loop') return null
  return by === 'forward' ? 'forward' : 'answer'
}
