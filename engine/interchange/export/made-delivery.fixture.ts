import { createHash } from 'node:crypto'
import type { Delivery } from '#contract/delivery.ts'
import { nothingRead } from '#contract/verification.ts'
import type { ExportedDelivery } from './exported-delivery.ts'

export const RECEIVED_AT_MS = Date.UTC(2026, 2, 1, 12, 30, 15, 250)

/** A stored delivery for tests: what is given over a plain one; the body in pieces of a few bytes. */
export function madeExported(
  changes: Partial<Delivery> = {},
  body: Uint8Array | string = '{"id":"evt_1"}',
  pieceBytes = 7,
): ExportedDelivery {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body
  const verification = {
    ...nothingRead,
    verdict: 'no-scheme' as const,
    reason: { code: 'none', sentence: 'Nothing says how it is signed.' },
  }
  const delivery: Delivery = {
    id: 12,
    receivedAtMs: RECEIVED_AT_MS,
    endpointId: 1,
    endpointName: 'Orders',
    method: 'POST',
    target: '/hook?a=1',
    eventType: 'invoice.paid',
    messageId: null,
    bodyByteLength: bytes.length,
    verdict: 'no-scheme',
    verdictAtReceipt: 'no-scheme',
    schemeId: null,
    skewSeconds: null,
    duplicate: null,
    statusAnswered: 200,
    problem: null,
    replayId: null,
    challenge: null,
    durationMs: 4,
    pinned: false,
    hasNote: false,
    tags: [],
    attempts: null,
    completedAtMs: RECEIVED_AT_MS + 3,
    times: { connectedAtMs: RECEIVED_AT_MS, committedAtMs: null, answeredAtMs: RECEIVED_AT_MS + 7 },
    note: '',
    indexed: 'whole',
    remoteAddress: '127.0.0.1',
    remotePort: 50000,
    httpVersion: '1.1',
    rawHeaders: [
      ['Host', '127.0.0.1:4100'],
      ['content-type', 'application/json'],
    ],
    rawTrailers: [],
    bodySha256: createHash('sha256').update(bytes).digest('hex'),
    contentEncoding: null,
    announcedByteLength: bytes.length,
    problemDetail: null,
    challengeNote: null,
    answer: {
      status: 200,
      rawHeaders: [['Content-Type', 'text/plain']],
      bodyText: 'ok',
      by: 'canned',
      fault: null,
      delayMs: 0,
      replayId: null,
    },
    verificationAtReceipt: verification,
    verification,
    ...changes,
  }
  function* chunks(): Iterable<Uint8Array> {
    for (let at = 0; at < bytes.length; at += pieceBytes) {
      yield Uint8Array.from(bytes.subarray(at, at + pieceBytes))
    }
  }
  return { delivery, body: { byteLength: bytes.length, chunks }, replays: [] }
}

export function joined(pieces: Iterable<Uint8Array>): Buffer {
  return Buffer.concat([...pieces])
}
