import { createHash } from 'node:crypto'

const BODY_BYTES = 4_000
/** Every so many deliveries one whose body goes into a file. */
const LARGE_EVERY = 5_000
const LARGE_BYTES = 1_500_000
const PIECE_BYTES = 196_608

const verification = {
  ...{ verdict: 'no-scheme', schemeId: null, reason: { code: 'made', sentence: 'Made up.' } },
  ...{ messageId: null, eventType: null, timestamp: null, skewSeconds: null, tolerance: null },
  ...{ matchedSecretId: null, matchedSecretName: null, notices: [] },
}

/** The values of the lines of an export that never ends, without the line that would end it. */
export function* madeLines(): Iterable<object> {
  const first = { format: 'countersign-ndjson', version: 1, instance: 'bench' }
  yield { ...first, exportedAtMs: 0, by: 'bench' }
  const firstAtMs = Date.UTC(2025, 0, 1)
  for (let index = 0; ; index += 1) {
    const large = index % LARGE_EVERY === LARGE_EVERY - 1
    const body = Buffer.alloc(large ? LARGE_BYTES : BODY_BYTES, `{"made":${index},"x":"y"}`)
    yield delivery(index, firstAtMs + index * 100, body)
    for (let at = PIECE_BYTES; at < body.byteLength; at += PIECE_BYTES) {
      yield { type: 'piece', base64: body.subarray(at, at + PIECE_BYTES).toString('base64') }
    }
  }
}

function delivery(index: number, atMs: number, body: Buffer): object {
  return {
    ...{ type: 'delivery', id: index + 1, receivedAtMs: atMs, completedAtMs: atMs },
    times: { connectedAtMs: atMs, committedAtMs: atMs, answeredAtMs: atMs },
    ...{ remoteAddress: '127.0.0.1', remotePort: 4_000, httpVersion: '1.1', method: 'POST' },
    ...{ target: '/bench', rawHeaders: [['Content-Type', 'application/json']], rawTrailers: [] },
    body: {
      byteLength: body.byteLength,
      sha256: createHash('sha256').update(body).digest('hex'),
      base64: body.subarray(0, PIECE_BYTES).toString('base64'),
    },
    ...{ problem: null, problemDetail: null, replayId: null, challenge: null },
    ...{ challengeNote: null, answer: null, replays: 0, endpoint: null },
    ...{ verificationAtReceipt: verification, verification },
    marks: { pinned: false, note: '', tags: [] },
  }
}
