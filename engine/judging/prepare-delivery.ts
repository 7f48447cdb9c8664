import type { Delivery } from '#contract/delivery.ts'
import type { Signing } from '#contract/replay.ts'
import { changedParts, sameBytes } from '#engine/replay/changed.ts'
import { applyEdits, type PlainEdits } from '#engine/replay/edits.ts'
import { outgoingNotices } from '#engine/replay/outgoing-notices.ts'
import type { OutgoingRequest } from '#engine/replay/outgoing-request.ts'
import { type PreparedReplay, prepareReplay } from '#engine/replay/replay-once.ts'
import type { Incomplete } from '#engine/signatures/types.ts'
import { verify } from '#engine/signatures/verify.ts'
import { readWhole } from '#engine/signatures/whole-body.ts'
import type { Reader } from '#engine/store/open-reader.ts'
import { incompleteFor } from './captured.ts'
import { type JudgingProfile, type PreparedProfile, prepareProfile } from './profile.ts'
import { originalOf, resigningOf } from './resigning.ts'

export interface DeliveryToPrepare {
  id: number
  url: string
  edits: PlainEdits
  signing: Signing
  /** Of the delivery's endpoint. */
  profile: JudgingProfile
  /** Unix milliseconds. */
  nowMs: number
  /** To be looked at: also says what a receiver would say, and gives only the first of the body. */
  previewed: boolean
}

/** Of a body that would go out so much is shown. */
const PREVIEWED_BYTES = 1024 * 1024

/** A delivery made ready to go out once more. */
export interface PreparedDelivery extends PreparedReplay {
  endpointId: number | null
  /** What it was signed with, else what the captured one says. */
  messageId: string | null
  /** The body is the delivery's own. */
  bodyAsDelivered: boolean
  /** Of the whole body, where only its beginning is given. */
  bodyByteLength: number
  changed: string[]
  outlook: Outlook | null
}

/** Why it cannot go out, and what it is. */
export interface Unprepared {
  problem: string
  method: string
  target: string
}

/** What would be said of a request now. */
export interface Outlook {
  /** `null`: there is no scheme. */
  verdict: string | null
  notices: string[]
}

/**
 * Reads a delivery, edits, builds and signs it: on a read thread, since bodies may be large.
 * `null`: there is no such delivery, or it is hidden since it was deleted.
 */
export function prepareDelivery(
  reader: Pick<Reader, 'get' | 'body' | 'isRemoved'>,
  input: DeliveryToPrepare,
): PreparedDelivery | Unprepared | null {
  const { id, url, edits, signing, nowMs } = input
  const delivery = reader.isRemoved(id) ? null : reader.get(id)
  if (!delivery) return null
  const { method, target } = delivery
  const body = reader.body(id, 0, Math.max(1, delivery.bodyByteLength))
  if (!body) return { problem: `The body of delivery ${id} is missing.`, method, target }
  const captured = { ...delivery, body }
  const profile = prepareProfile(input.profile)
  const original = {
    ...originalOf(delivery),
    endpointId: delivery.endpointId,
    head: delivery,
    body,
    outgoing: { ...applyEdits(captured, edits), target: edits.target ?? delivery.target },
  }
  const roster = { preparedOf: () => profile }
  const resign = signing.resign ? resigningOf(roster, original, signing, nowMs) : null
  if (resign && 'problem' in resign) return { ...resign, method, target }
  const prepared = prepareReplay({ delivery: captured, url, resign, edits })
  if ('problem' in prepared) return { ...prepared, method, target }
  const incomplete = incompleteFor(delivery.problem, delivery.problemDetail)
  const { request } = prepared
  const outlook = () => {
    const { verdict, notices } = outlookOf(profile, request, nowMs, edits.body ? null : incomplete)
    const whole = { ...captured, incomplete: incomplete?.sentence ?? null }
    const kept = keptIdNotice(signing, prepared.messageId, delivery)
    return { verdict, notices: [...outgoingNotices(whole, edits, request), ...kept, ...notices] }
  }
  return {
    endpointId: delivery.endpointId,
    request: { ...request, body: ownBytes(request.body, input.previewed) },
    bodyByteLength: request.body.byteLength,
    messageId: signing.resign ? prepared.messageId : delivery.verification.messageId,
    bodyAsDelivered: sameBytes(body, request.body),
    changed: changedParts(captured, request),
    outlook: input.previewed ? outlook() : null,
  }
}

/** What a receiver with this endpoint's scheme, secrets and tolerance would say of a request now. */
function outlookOf(
  profile: PreparedProfile,
  { method, target, rawHeaders, body }: OutgoingRequest,
  nowMs: number,
  incomplete: Incomplete | null,
): Outlook {
  const bytes = { byteLength: body.byteLength, chunks: () => [body] }
  const head = { method, target, rawHeaders }
  const context = profile.contextFor(head, nowMs, incomplete, readWhole(bytes))
  if (!context.scheme) return { verdict: null, notices: [] }
  const { verdict, reason, notices } = verify(context, bytes)
  const said = notices.map(({ sentence }) => sentence)
  const fine = verdict === 'valid' || verdict === 'challenge'
  return { verdict, notices: fine ? said : [reason.sentence, ...said] }
}

/** Some schemes keep their id in the body, where signing does not change it. */
function keptIdNotice(signing: Signing, messageId: string | null, delivery: Delivery): string[] {
  if (!signing.resign || signing.messageId !== 'new') return []
  const captured = delivery.verification.messageId
  if (captured === null || messageId !== captured) return []
  return ['The message id stays: it stands in the body or there is no header for a new one.']
}

/** A view would take all that is under it along to the other thread. */
function ownBytes(body: Uint8Array, previewed: boolean): Uint8Array {
  const given = previewed ? body.subarray(0, PREVIEWED_BYTES) : body
  return given.byteLength === given.buffer.byteLength ? given : new Uint8Array(given)
}
