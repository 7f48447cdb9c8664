import { createHash } from 'node:crypto'
import type { DeliveryLine } from '#engine/interchange/ndjson/lines.ts'
import { bodyOfBytes, base64Of, factOf, piecesOf } from '#engine/interchange/ndjson/body-fact.ts'

export interface MadeFile {
  deliveries: number
  /** Of the body of a delivery, by its number from 0. */
  bodyBytes: (index: number) => number
  firstAtMs: number
  instance?: string
}

const nothing = {
  ...{ messageId: null, eventType: null, timestamp: null, skewSeconds: null, tolerance: null },
  ...{ matchedSecretId: null, matchedSecretName: null, notices: [] },
}
const verification: DeliveryLine['verification'] = {
  ...nothing,
  ...{ verdict: 'no-scheme', schemeId: null, reason: { code: 'made', sentence: 'Made up.' } },
}

function bodyFor(index: number, byteLength: number): Buffer {
  const seed = createHash('sha256').update(String(index)).digest('hex')
  return Buffer.alloc(byteLength, `{"made":${index},"of":"${seed}"}`)
}

/** The lines of an NDJSON export that nobody exported, each with its end. */
export function* ndjsonLines(file: MadeFile): Iterable<string> {
  const { deliveries, bodyBytes, firstAtMs, instance = 'made-up' } = file
  const header = { format: 'countersign-ndjson', version: 1, instance, exportedAtMs: 0, by: 'test' }
  yield `${JSON.stringify(header)}\n`
  for (let index = 0; index < deliveries; index += 1) {
    const body = bodyOfBytes(bodyFor(index, bodyBytes(index)))
    const atMs = firstAtMs + index * 1_000
    const line: DeliveryLine = {
      ...{ type: 'delivery', id: index + 1, receivedAtMs: atMs, completedAtMs: atMs },
      times: { connectedAtMs: atMs, committedAtMs: atMs + 1, answeredAtMs: atMs + 2.5 },
      ...{ remoteAddress: '127.0.0.1', remotePort: 40_000, httpVersion: '1.1', method: 'POST' },
      ...{ target: `/made/${index % 7}`, rawHeaders: [['Content-Type', 'application/json']] },
      ...{ rawTrailers: [], body: factOf(body), problem: null, problemDetail: null },
      ...{ replayId: null, challenge: null, challengeNote: null, answer: null, replays: 0 },
      ...{ verificationAtReceipt: verification, verification, endpoint: null },
      marks: { pinned: false, note: '', tags: [] },
    }
    yield `${JSON.stringify(line)}\n`
    let isFirst = true
    for (const piece of piecesOf(body)) {
      if (!isFirst) yield `${JSON.stringify({ type: 'piece', base64: base64Of(piece) })}\n`
      isFirst = false
    }
  }
  yield `${JSON.stringify({ type: 'end', deliveries })}\n`
}

/** The same as bytes, in pieces of about a size. */
export function* ndjsonPieces(file: MadeFile, pieceBytes: number): Iterable<Buffer> {
  let held: Buffer[] = []
  let heldBytes = 0
  for (const line of ndjsonLines(file)) {
    const bytes = Buffer.from(line)
    held.push(bytes)
    heldBytes += bytes.byteLength
    if (heldBytes < pieceBytes) continue
    yield Buffer.concat(held)
    held = []
    heldBytes = 0
  }
  if (heldBytes > 0) yield Buffer.concat(held)
}
