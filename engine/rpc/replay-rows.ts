import type { RawHeader } from '#contract/http.ts'
import type { Signing } from '#contract/replay.ts'
import type { PreparedDelivery } from '#engine/judging/prepare-delivery.ts'
import type { NewReplayRow } from '#engine/store/types.ts'

const HIDDEN = '********'

/**
 * What is stored of a request that was signed with a secret given for this once. Where the secret
 * itself goes out (a token, a password) it is covered: it is kept nowhere.
 */
export function withoutGiven(row: NewReplayRow, secretText: string | undefined): NewReplayRow {
  if (secretText === undefined) return row
  const base64 = Buffer.from(secretText).toString('base64')
  const isSecret = (text: string) => text === secretText || text === base64
  const rawHeaders = row.rawHeaders.map(([name, value]): RawHeader => {
    if (isSecret(value)) return [name, HIDDEN]
    // `Bearer …`, `Basic …`.
    const [, scheme = '', credential = ''] = /^(\S+ +)(.+)$/s.exec(value) ?? []
    return [name, isSecret(credential) ? scheme + HIDDEN : value]
  })
  const inQuery = `=${encodeURIComponent(secretText)}`
  const target = row.target.replace(/=[^&#]*/g, (part) => (part === inQuery ? `=${HIDDEN}` : part))
  return { ...row, rawHeaders, target, body: withoutText(row.body, secretText) }
}

/** A JSON text that is all of the secret, such as a `clientState`. */
function withoutText(body: NewReplayRow['body'], secretText: string): NewReplayRow['body'] {
  if (body === 'as-delivered') return body
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength)
  const quoted = Buffer.from(JSON.stringify(secretText)).toString('latin1')
  if (!bytes.includes(quoted, 0, 'latin1')) return body
  const covered = bytes.toString('latin1').replaceAll(quoted, JSON.stringify(HIDDEN))
  return Buffer.from(covered, 'latin1')
}

/** What is stored of a prepared delivery before it is sent. */
export function rowOf(
  prepared: PreparedDelivery,
  asked: { deliveryId: number; url: string; resign: boolean; secretText?: string | undefined },
  startedAtMs: number,
): NewReplayRow {
  const { method, target, rawHeaders, body } = prepared.request
  const row: NewReplayRow = {
    deliveryId: asked.deliveryId,
    origin: 'replay',
    changed: prepared.changed,
    startedAtMs,
    url: asked.url,
    resigned: asked.resign,
    messageId: prepared.messageId,
    method,
    target,
    rawHeaders,
    body: prepared.bodyAsDelivered ? 'as-delivered' : body,
  }
  return withoutGiven(row, asked.secretText)
}

/** The signing of a larger input alone, without what a worker thread cannot be handed. */
export function signingOf(input: Signing): Signing {
  const { resign, messageId, timestamp, secretId, secretText } = input
  return {
    resign,
    messageId,
    timestamp,
    ...(secretId !== undefined && { secretId }),
    ...(secretText !== undefined && { secretText }),
  }
}
