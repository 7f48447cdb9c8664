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

const NOWHERE: Placement = { messageRef: null, attempt: null, duplicate: null }

/** The path of a request target: without the query, and without scheme and host if absolute. */
export function pathOf(target: string): string {
  const query = target.search(/[?#]/)
  const path = query === -1 ? target : target.slice(0, query)
  if (path.startsWith('/')) return path
  const absolute = /^[a-z][a-z0-9+.-]*:\/\/[^/]*(\/.*)?$/i.exec(path)
  return absolute === null ? path : (absolute[1] ?? '/')
}

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
  digests: { body: Buffer; signature: Buffer | null },
): Placement {
  const key = messageKey(delivery, digests.body)
  if (key === null) return NOWHERE
  const counted = delivery.replayId === null
  const right = isSignatureRight(delivery.verification.verdict)
  const message = messages.find(key)
  if (message === undefined) {
    messages.insert(counted ? begun(id, right) : { ...begun(id, false), ...UNCOUNTED }, key)
    return { messageRef: id, attempt: counted ? 1 : 0, duplicate: null }
  }
  if (!counted) return { messageRef: message.id, attempt: 0, duplicate: null }

  const attempt = message.attempts + 1
  const byBody = typeof key.key !== 'string'
  const original = byBody
    ? originalByBody(messages, message, delivery.receivedAtMs, right)
    : originalById(messages, message, right)
  const kind =
    original && (byBody ? 'same-body' : kindById(messages, message, original, delivery, digests))
  messages.update({
    id: message.id,
    attempts: attempt,
    firstId: message.firstId ?? id,
    newestId: id,
    newestRightId: right ? id : message.newestRightId,
    originalId: original?.id ?? id,
    originalRight: original ? originalRightAfter(message, original) : Number(right),
  })
  if (original === null || kind === null)
    return { messageRef: message.id, attempt, duplicate: null }
  return {
    messageRef: message.id,
    attempt,
    duplicate: {
      kind,
      originalId: original.id,
      ordinal: attempt - original.attempt + 1,
      sinceOriginalMs: Math.max(0, delivery.receivedAtMs - original.receivedAtMs),
    },
  }
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

function originalRightAfter(message: MessageRow, original: EarlierDelivery): number {
  if (original.id === message.originalId) return message.originalRight
  return Number(original.id === message.newestRightId)
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
 * As by id, but only within 72 h. When the original has become too old while equal bodies kept
 * coming, the newest of them that is right takes its place, or the newest where none is.
 */
function originalByBody(
  messages: MessagesTable,
  message: MessageRow,
  receivedAtMs: number,
  right: boolean,
): EarlierDelivery | null {
  const within = (id: number | null): EarlierDelivery | null => {
    const earlier = id === null ? undefined : messages.delivery(id)
    if (earlier === undefined) return null
    return receivedAtMs - earlier.receivedAtMs <= SAME_BODY_WINDOW_MS ? earlier : null
  }
  const original = within(message.originalId)
  if (original !== null) return right && message.originalRight === 0 ? null : original
  const newestRight = within(message.newestRightId)
  if (newestRight !== null) return newestRight
  return right ? null : within(message.newestId)
}

function kindById(
  messages: MessagesTable,
  message: MessageRow,
  original: EarlierDelivery,
  delivery: NewDelivery,
  digests: { body: Buffer; signature: Buffer | null },
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
