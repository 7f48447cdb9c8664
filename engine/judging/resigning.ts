import type { Signing } from '#contract/replay.ts'
import type { Scheme } from '#contract/scheme.ts'
import type { Resigning } from '#engine/replay/replay-once.ts'
import { carriedMessageId, newMessageId } from '#engine/signatures/message-id.ts'
import { prepareSecret, signingSecret } from '#engine/signatures/secret.ts'
import type { PreparedSecret, RequestHead, VerifyContext } from '#engine/signatures/types.ts'
import { readWhole } from '#engine/signatures/whole-body.ts'
import type { Roster } from './roster.ts'

/** What is signed anew, and what is known of it. */
export interface Original {
  endpointId: number | null
  /** As it came: it may betray the scheme where the endpoint has none. */
  head: RequestHead
  body: Uint8Array
  /** As it will go out, when that differs: its own message id is kept. */
  outgoing?: RequestHead
  /** The secret that verified it. */
  matchedSecretId: number | null
  messageId: string | null
  /** What it says of its moment of signing, unix milliseconds; `null`: nothing that can be read. */
  timestampMs: number | null
}

type Resigned = Resigning | { problem: string }

/** The part of an original that a delivery's verification tells. */
export function originalOf(delivery: {
  verification: {
    matchedSecretId: number | null
    messageId: string | null
    timestamp: { unixMs: number } | null
  }
}): Pick<Original, 'matchedSecretId' | 'messageId' | 'timestampMs'> {
  const { matchedSecretId, messageId, timestamp } = delivery.verification
  return { matchedSecretId, messageId, timestampMs: timestamp?.unixMs ?? null }
}

/**
 * With what a request of an endpoint is signed anew: its scheme (else the one that the request
 * betrays), one of its secrets, the moment and the message id that `signing` asks for.
 *
 * @param nowMs unix milliseconds
 * @returns `problem`: one sentence that says why it cannot be signed (no scheme, no such secret,
 *   sealed, unusable, no readable timestamp)
 */
export function resigningOf(
  roster: Pick<Roster, 'preparedOf'>,
  original: Original,
  signing: Signing,
  nowMs: number,
): Resigned {
  const prepared = roster.preparedOf(original.endpointId)
  const { body } = original
  const whole = readWhole({ byteLength: body.byteLength, chunks: () => [body] })
  const context = prepared.contextFor(original.head, nowMs, null, whole)
  const chosen = prepared.profile.secrets.find(({ id }) => id === signing.secretId)
  return resigningWith(context, original, signing, nowMs, chosen?.name)
}

/**
 * The same where scheme, secrets and settings are already known, as when something is composed.
 *
 * @param chosenName what the secret of `signing.secretId` is called, to say that it is unusable
 */
export function resigningWith(
  context: VerifyContext,
  original: Omit<Original, 'endpointId' | 'body'>,
  signing: Signing,
  nowMs: number,
  chosenName?: string,
): Resigned {
  const { scheme, settings = {} } = context
  if (!scheme) {
    return { problem: 'Nothing says how to sign this delivery. Give its endpoint a scheme first.' }
  }
  const secret = secretToUse(scheme, context, original.matchedSecretId, signing, chosenName)
  if ('problem' in secret) return secret
  const timestampMs = momentOf(scheme, signing.timestamp, original.timestampMs, nowMs)
  if (typeof timestampMs !== 'number') return timestampMs
  const messageId =
    signing.messageId === 'new'
      ? newMessageId(scheme)
      : sameMessageId(scheme, original.outgoing ?? original.head, original.messageId)
  return { scheme, secret, settings, timestampMs, messageId }
}

function secretToUse(
  scheme: Scheme,
  context: VerifyContext,
  matchedSecretId: number | null,
  signing: Signing,
  chosenName: string | undefined,
): PreparedSecret | { problem: string } {
  if (signing.secretText !== undefined) return givenSecret(scheme, signing.secretText, context)
  const { secrets, lockedSecrets, unusableSecrets = [] } = context
  const { secretId } = signing
  if (secretId === undefined) {
    const secret = signingSecret(scheme, secrets, matchedSecretId)
    if (secret) return secret
    if (lockedSecrets) return { problem: LOCKED }
    const why = unusableSecrets[0]?.problem
    return {
      problem: why ?? 'There is no signing secret to sign with. Add one to the endpoint first.',
    }
  }
  // A secret that is read in several forms is signed with in its first.
  const chosen = secrets.find(({ id }) => id === secretId)
  if (chosen) return chosen
  if (chosenName === undefined) {
    return { problem: lockedSecrets ? LOCKED : 'The endpoint has no such secret any more.' }
  }
  const why = unusableSecrets.find(({ name }) => name === chosenName)?.problem ?? ''
  return { problem: `“${chosenName}” cannot sign. ${why}`.trim() }
}

const LOCKED = 'The endpoint’s secrets are sealed with a key that is not available here.'

function givenSecret(
  scheme: Scheme,
  text: string,
  { settings = {} }: VerifyContext,
): PreparedSecret | { problem: string } {
  const made = prepareSecret(scheme, { id: null, name: 'the given secret', text }, settings)
  if ('problem' in made) return made
  const [first] = made.prepared
  return first ?? { problem: 'The given secret makes no key.' }
}

/** Of a scheme without a timestamp the moment says nothing. */
function momentOf(
  scheme: Scheme,
  asked: Signing['timestamp'],
  originalMs: number | null,
  nowMs: number,
): number | { problem: string } {
  if (typeof asked === 'number') return nowMs + asked * 1000
  if (asked === 'now' || scheme.timestamp === null) return nowMs
  return (
    originalMs ?? { problem: 'It has no timestamp that could be signed again. Sign it with now.' }
  )
}

/** What the request itself says wins: it may have been edited. A token's id is made by its signer. */
function sameMessageId(
  scheme: Scheme,
  head: RequestHead,
  originalId: string | null,
): string | null {
  const place = scheme.messageId
  if (!place) return null
  if ('claim' in place) return originalId
  if (!('header' in place)) return null
  return carriedMessageId(scheme, head) === null ? originalId : null
}
