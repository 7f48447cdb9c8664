import { createHash } from 'node:crypto'
import type { NewDelivery } from '#engine/store/types.ts'
import { openStore } from '#engine/store/open-store.ts'

const BATCH = 2_000
const types = ['invoice.paid', 'invoice.payment_failed', 'customer.updated', 'ping', null] as const

/** The `number`th of many: a minute has six of them, and the last one came just now. */
function seeded(number: number, of: number, nowMs: number): NewDelivery {
  const receivedAtMs = nowMs - (of - number) * 10_000
  const eventType = types[number % types.length] ?? null
  const bytes = Buffer.from(JSON.stringify({ type: eventType, number }))
  const verdict = number % 9 === 0 ? 'invalid' : 'valid'
  return {
    receivedAtMs,
    completedAtMs: receivedAtMs + 1,
    endpointId: null,
    remoteAddress: '127.0.0.1',
    remotePort: 50_000,
    httpVersion: '1.1',
    method: 'POST',
    target: `/seeded/${number}`,
    rawHeaders: [['Host', 'localhost']],
    rawTrailers: [],
    body: { kind: 'memory', bytes },
    bodySha256: createHash('sha256').update(bytes).digest('hex'),
    problem: null,
    problemDetail: null,
    answer: { status: 200, rawHeaders: [], by: 'default' },
    verification: {
      verdict,
      schemeId: 'svix',
      reason: { code: 'match', sentence: 'Seeded.' },
      messageId: `msg_${number}`,
      eventType,
      timestamp: null,
      skewSeconds: (number % 21) - 10,
      tolerance: null,
      matchedSecretId: null,
      matchedSecretName: null,
      notices: [],
    },
    revision: 0,
    signatureDigest: null,
    schemeHasMessageId: true,
    replayId: null,
  }
}

/** Writes deliveries `/seeded/1` … `/seeded/COUNT` into a data directory that no engine uses. */
export function seed(dataDir: string, count: number): void {
  const store = openStore(dataDir)
  const nowMs = Date.now()
  for (let first = 1; first <= count; first += BATCH) {
    const length = Math.min(BATCH, count - first + 1)
    store.commit(Array.from({ length }, (_, index) => seeded(first + index, count, nowMs)))
  }
  store.close()
}
