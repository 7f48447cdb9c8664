import type { Database } from 'better-sqlite3'
import { messagesTable, type MessagesTable } from './messages-table.ts'
import { isSignatureRight, packVerification, unpackVerification } from './packed-verification.ts'
import type { Judgement } from './types.ts'

interface Standing {
  verdict: string
  atReceipt: string
  revision: number
  messageRef: number | null
  attempt: number | null
}

export interface JudgingWriter {
  /**
   * Sets current verifications in one transaction; the caller keeps the batch small enough for it
   * to last at most 10 ms. A judgement older than the one that stands is dropped.
   * @returns how many verdicts changed
   */
  update(judgements: readonly Judgement[]): number
  /** Endpoints with deliveries that could not be judged because secrets were locked. */
  lockedEndpoints(): number[]
}

export function judgingWriter(db: Database): JudgingWriter {
  const messages = messagesTable(db)
  const standing = db.prepare<[number], Standing>(
    `SELECT verdict, verification_at_receipt AS atReceipt, judged_revision AS revision,
       message_ref AS messageRef, attempt FROM deliveries WHERE id = ?`,
  )
  const set = db.prepare(
    `UPDATE deliveries SET verdict = ?, scheme_id = ?, event_type = ?, message_id = ?,
       skew_seconds = ?, judged_revision = ?, verification = ?, matched_secret_id = ?
     WHERE id = ?`,
  )

  function apply({ id, revision, verification }: Judgement): boolean {
    const old = standing.get(id)
    if (old === undefined || revision < old.revision) return false
    const packed = packVerification(verification)
    set.run(
      verification.verdict,
      verification.schemeId,
      verification.eventType,
      verification.messageId,
      verification.skewSeconds,
      revision,
      packed === old.atReceipt ? null : packed,
      verification.matchedSecretId,
      id,
    )
    if (isSignatureRight(verification.verdict) && old.messageRef !== null && old.attempt !== 0) {
      const { schemeId, messageId } = unpackVerification(old.atReceipt)
      // Under another scheme it would have been another message: that says nothing of this one.
      if (schemeId === verification.schemeId && messageId === verification.messageId) {
        markRight(messages, old.messageRef, id)
      }
    }
    return verification.verdict !== old.verdict
  }

  const transaction = db.transaction((judgements: readonly Judgement[]) => {
    let changed = 0
    for (const judgement of judgements) if (apply(judgement)) changed += 1
    return changed
  })
  const locked = db
    .prepare<[], number>(
      `SELECT id FROM endpoints WHERE removed_at_ms IS NULL AND EXISTS (
         SELECT 1 FROM deliveries WHERE endpoint_id = endpoints.id AND verdict = 'locked')`,
    )
    .pluck()
  return {
    update: (judgements) => transaction.immediate(judgements),
    lockedEndpoints: () => locked.all(),
  }
}

/**
 * The earliest delivery whose signature was ever found right is the original of those to come;
 * what earlier rows say of their own original stays.
 */
export function markRight(messages: MessagesTable, messageRef: number, id: number): void {
  const message = messages.get(messageRef)
  if (message === undefined) return
  const becomesOriginal =
    message.originalId === null || message.originalRight === 0 || id < message.originalId
  const isOriginal = becomesOriginal || id === message.originalId
  messages.update({
    ...message,
    newestRightId: Math.max(message.newestRightId ?? 0, id),
    originalId: becomesOriginal ? id : message.originalId,
    originalRight: isOriginal ? 1 : message.originalRight,
  })
}
