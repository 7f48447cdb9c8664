import { pathOf } from '#contract/http.ts'
import type { Duplicate } from '#contract/delivery.ts'
import type { EarlierDelivery, MessageKey, MessageRow, MessagesTable } from './messages-table.ts'
import { isSignatureRight } from './packed-verification.ts'
import type { NewDelivery } from './types.ts'

/** Equal bodies further apart than this are no sign of a repetition. */
export const SAME_BODY_WINDOW_MS = 72 * 3_600_000

/** Where a delivery stands among those of its message. */
export interface Placement {
  /** `null`: it belongs to no message. */
  messageRef: number | null
  /** 1 for the first delivery of the message; 0 for a replay of ours, which is not counted. */
  attempt: number | null
  duplicate: Duplicate | null
}

/** SHA-256 of the body, and of signature and timestamp as received. */
export interface Digests {
  body: Buffer
  signature: Buffer | null
}

const NOWHERE: Placement = { messageRef: null, attempt: null, duplicate: null }

/** A body that did not arrive whole says nothing about the sender's body. */
function isCut(problem: string | null): boolean {
  return problem === 'body-too-large' || problem === 'sender-gone' || problem === 'idle-timeout'
}

function messageKey(delivery: NewDelivery, bodySha256: Buffer): MessageKey | null {
  const { schemeId, messageId } = delivery.verification
  if (schemeId === null) return null
  const scope = {
    endpointId: delivery.endpointId ?? 0,
    path: delivery.endpointId === null ? pathOf(delivery.target) : '',
    schemeId,
  }
  if (messageId !== null) return { ...scope, key: messageId }
  const { body } = delivery
  const length = body.kind === 'memory' ? body.bytes.byteLength : body.byteLength
  if (delivery.schemeHasMessageId || length === 0 || isCut(delivery.problem)) return null
  return { ...scope, key: bodySha256 }
}

/**
 * Places a delivery within its message and keeps the message up to date; runs inside the write
 * transaction, which is what fixes ordinal and original (design "Duplicates").
 * @param id the id that the delivery is about to get
 */
export function placeDelivery(
  messages: MessagesTable,
  delivery: NewDelivery,
  id: number,
  digests: Digests,
): Placement {
  const key = messageKey(delivery, digests.body)
  if (key === null) return NOWHERE
  const counted = delivery.replayId === null
  const right = isSignatureRight(delivery.verification.verdict)
  const first = counted ? begun(id, right) : { ...begun(id, false), ...UNCOUNTED }
  const message = messages.begin(first, key) ? undefined : messages.find(key)
  if (message === undefined) return { messageRef: id, attempt: counted ? 1 : 0, duplicate: null }
  if (!counted) return { messageRef: message.id, attempt: 0, duplicate: null }

  return repeat(messages, message, delivery, {
    id,
    right,
    byBody: typeof key.key !== 'string',
    digests,
  })
}

/** One more delivery of a message that is known. */
function repeat(
  messages: MessagesTable,
  message: MessageRow,
  delivery: NewDelivery,
  { id, right, byBody, digests }: { id: number; right: boolean; byBody: boolean; digests: Digests },
): Placement {
  const attempt = message.attempts + 1
  const { receivedAtMs } = delivery
  const original = byBody
    ? originalByBody(messages, message, receivedAtMs, right)
    : originalById(messages, message, right)
  // Before the message is updated: it would find the delivery among the earlier ones.
  const kind =
    original && (byBody ? 'same-body' : kindById(messages, message, original, delivery, digests))
  messages.update({
    id: message.id,
    attempts: attempt,
    firstId: message.firstId ?? id,
    newestId: id,
    newestRightId: right ? id : message.newestRightId,
    originalId: original?.id ?? id,
    originalRight: original
      ? originalRightAfter(message, original, messages, receivedAtMs)
      : Number(right),
  })
  const at = { messageRef: message.id, attempt }
  if (original === null || kind === null) return { ...at, duplicate: null }
  const ordinal = attempt - original.attempt + 1
  const sinceOriginalMs = Math.max(0, receivedAtMs - original.receivedAtMs)
  return { ...at, duplicate: { kind, originalId: original.id, ordinal, sinceOriginalMs } }
}

const UNCOUNTED = { attempts: 0, firstId: null, newestId: null, originalId: null }

function begun(id: number, right: boolean): MessageRow {
  return {
    id,
    attempts: 1,
    firstId: id,
    newestId: id,
    newestRightId: right ? id : null,
    originalId: id,
    originalRight: Number(right),
  }
}

/** A new original was looked for among those that are right, if one of them came in time. */
function originalRightAfter(
  message: MessageRow,
  original: EarlierDelivery,
  messages: MessagesTable,
  receivedAtMs: number,
): number {
  if (original.id === message.originalId) return message.originalRight
  const newestRight =
    message.newestRightId === null ? undefined : messages.delivery(message.newestRightId)
  return Number(
    newestRight !== undefined && receivedAtMs - newestRight.receivedAtMs <= SAME_BODY_WINDOW_MS,
  )
}

/**
 * The first delivery, until one comes whose signature is right: that one takes its place and is no
 * duplicate, or a forged request could make the genuine one look like its copy.
 */
function originalById(
  messages: MessagesTable,
  message: MessageRow,
  right: boolean,
): EarlierDelivery | null {
  if (message.originalId === null) return null
  if (right && message.originalRight === 0) return null
  return messages.delivery(message.originalId) ?? null
}

/**
 * As by id, among those of the last 72 h. Once the original is too old, the first that is not
 * takes its place: the newest stands in for it where that would be too far to look.
 */
function originalByBody(
  messages: MessagesTable,
  message: MessageRow,
  receivedAtMs: number,
  right: boolean,
): EarlierDelivery | null {
  const sinceMs = receivedAtMs - SAME_BODY_WINDOW_MS
  // One that is imported may have come long before those that are here.
  const untilMs = receivedAtMs + SAME_BODY_WINDOW_MS
  const within = (id: number | null): EarlierDelivery | null => {
    const earlier = id === null ? undefined : messages.delivery(id)
    if (earlier === undefined || earlier.receivedAtMs > untilMs) return null
    return earlier.receivedAtMs >= sinceMs ? earlier : null
  }
  const original = within(message.originalId)
  if (original !== null) return right && message.originalRight === 0 ? null : original
  const newestRight = within(message.newestRightId)
  if (newestRight === null && right) return null
  const newest = newestRight ?? within(message.newestId)
  if (newest === null) return null
  const tooOld = message.originalId ?? 0
  return within(messages.firstSince(message.id, tooOld, sinceMs, newestRight !== null)) ?? newest
}

function kindById(
  messages: MessagesTable,
  message: MessageRow,
  original: EarlierDelivery,
  delivery: NewDelivery,
  digests: Digests,
): 'id-reuse' | 'exact-replay' | 'retry' {
  const comparable = !isCut(delivery.problem) && !isCut(original.problem)
  if (comparable && !original.bodySha256.equals(digests.body)) return 'id-reuse'
  if (digests.signature === null) return 'retry'
  const first = message.firstId === null ? undefined : messages.delivery(message.firstId)
  const same =
    (first?.signatureDigest?.equals(digests.signature) && first.bodySha256.equals(digests.body)) ||
    messages.hasRepeatWith(message.id, digests.signature, digests.body)
  return same ? 'exact-replay' : 'retry'
}
