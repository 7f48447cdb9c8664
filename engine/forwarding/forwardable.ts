import type { Delivery } from '#contract/delivery.ts'
import type { RawHeader } from '#contract/http.ts'
import type { Verification } from '#contract/verification.ts'
import type { NewDelivery } from '#engine/store/types.ts'

/** A delivery as far as sending it on needs it. */
export interface Forwardable {
  id: number
  endpointId: number | null
  receivedAtMs: number
  remoteAddress: string
  method: string
  target: string
  rawHeaders: readonly RawHeader[]
  verification: Verification
  body: Uint8Array
}

/** One that was just stored; `null`: its body lies in a file. */
export function justStored(id: number, delivery: NewDelivery): Forwardable | null {
  const { body } = delivery
  return body.kind === 'memory' ? { ...partOf(delivery), id, body: body.bytes } : null
}

/** One that was read again. */
export function readAgain(delivery: Delivery, body: Uint8Array): Forwardable {
  return { ...partOf(delivery), id: delivery.id, body }
}

function partOf(delivery: Omit<Forwardable, 'id' | 'body'>): Omit<Forwardable, 'id' | 'body'> {
  const { endpointId, receivedAtMs, remoteAddress, method, target, rawHeaders } = delivery
  const { verification } = delivery
  return { endpointId, receivedAtMs, remoteAddress, method, target, rawHeaders, verification }
}

/**
 * Whether the signature of a delivery is too old by now for a receiver with the same tolerance. One
 * that was never right is not late: signing it anew would vouch for what nobody sent.
 */
export function isLate({ verification, receivedAtMs }: Forwardable, nowMs: number): boolean {
  const { verdict, skewSeconds, tolerance } = verification
  const pastSeconds = tolerance?.pastSeconds ?? null
  if (verdict !== 'valid' || skewSeconds === null || pastSeconds === null) return false
  return (nowMs - receivedAtMs) / 1000 - skewSeconds > pastSeconds
}
