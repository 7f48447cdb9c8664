import type { Draft } from '#contract/compose.ts'
import type { Signing } from '#contract/replay.ts'
import { buildReplay, type ReplayedDelivery } from '#engine/replay/build.ts'
import type { OutgoingRequest } from '#engine/replay/outgoing-request.ts'
import { type PreparedReplay, prepareReplay } from '#engine/replay/replay-once.ts'
import type { PreparedSecret, RequestHead, VerifyContext } from '#engine/signatures/types.ts'
import { verify } from '#engine/signatures/verify.ts'
import { prepareProfile } from './profile.ts'
import { resigningWith } from './resigning.ts'
import type { Roster } from './roster.ts'

/** A composed request that is ready to go. */
export interface ComposedRequest extends PreparedReplay {
  /** What a receiver with these secrets would say of it now; `null`: no scheme. */
  verdict: string | null
}

export interface Composing {
  roster: Roster
  draft: Pick<Draft, 'schemeId' | 'endpointId' | 'settings'>
  signing: Signing
  url: string
}

type Context = (head: RequestHead) => VerifyContext

/**
 * With what composed requests are signed and judged: the draft's scheme; secrets and settings of its
 * endpoint, and the settings of the draft over those. The keys are made once.
 */
export function composer({ roster, draft, signing, url }: Composing): {
  prepare(rendered: ReplayedDelivery, nowMs: number): ComposedRequest | { problem: string }
} {
  const profile = roster.profileOf(draft.endpointId)
  const prepared = prepareProfile({
    ...profile,
    schemeId: draft.schemeId,
    tolerance: null,
    settings: { ...profile.settings, ...draft.settings },
  })
  return {
    prepare(rendered, nowMs) {
      const contextOf: Context = (head) => prepared.contextFor(head, nowMs, null)
      if (!signing.resign || draft.schemeId === null) {
        const request = buildReplay({ delivery: rendered, url })
        if ('problem' in request) return request
        return { request, messageId: null, verdict: verdictOf(contextOf(request), null, request) }
      }
      const resign = resigning(contextOf(rendered), rendered, draft, signing, nowMs)
      if ('problem' in resign) return resign
      const made = prepareReplay({ delivery: rendered, url, resign })
      if ('problem' in made) return made
      return { ...made, verdict: verdictOf(contextOf(made.request), resign.secret, made.request) }
    },
  }
}

function resigning(
  context: VerifyContext,
  head: RequestHead,
  draft: Composing['draft'],
  signing: Signing,
  nowMs: number,
) {
  if (draft.endpointId === null && signing.secretText === undefined) {
    return { problem: 'Choose an endpoint whose secret signs it, or enter a secret.' }
  }
  const nothing = { matchedSecretId: null, messageId: null, timestampMs: null }
  return resigningWith(context, { head, ...nothing }, signing, nowMs)
}

/** A receiver has the secrets of the endpoint, or the given one. */
function verdictOf(
  context: VerifyContext,
  given: PreparedSecret | null,
  { body }: OutgoingRequest,
): string | null {
  if (!context.scheme) return null
  const secrets = context.secrets.length > 0 || !given ? context.secrets : [given]
  const whole = { byteLength: body.byteLength, chunks: () => [body] }
  return verify({ ...context, secrets, lockedSecrets: false }, whole).verdict
}
