import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bodyOfBytes, factOf, piecesOf, base64Of } from './body-fact.ts'
import type { DeliveryLine } from './lines.ts'
import { LineSplitter } from './line-splitter.ts'
import { NdjsonReader, type NdjsonEvent } from './ndjson-reader.ts'

const header = {
  ...{ format: 'countersign-ndjson', version: 1, instance: 'x', exportedAtMs: 1, by: 'test' },
}
const latin1 = (most: number) =>
  fc
    .string({ unit: fc.integer({ min: 32, max: 255 }).map((code) => String.fromCharCode(code)) })
    .map((text) => text.slice(0, most))
const verification: DeliveryLine['verification'] = {
  ...{ verdict: 'no-scheme', schemeId: null, reason: { code: 'made', sentence: 'Made up.' } },
  ...{ messageId: null, eventType: null, timestamp: null, skewSeconds: null, tolerance: null },
  ...{ matchedSecretId: null, matchedSecretName: null, notices: [] },
}

const delivery = fc
  .record({
    id: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
    receivedAtMs: fc.integer({ min: 0, max: Date.now() }),
    method: latin1(20),
    target: latin1(200),
    rawHeaders: fc.array(fc.tuple(latin1(30), latin1(60)), { maxLength: 5 }),
    note: fc.string({ unit: 'binary', maxLength: 100 }),
    bytes: fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.integer({ min: 196_600, max: 420_000 }).map((length) => new Uint8Array(length).fill(7)),
    ),
  })
  .map(({ bytes, note, ...facts }) => ({
    bytes,
    line: {
      ...{ type: 'delivery' as const, ...facts, completedAtMs: facts.receivedAtMs },
      times: { connectedAtMs: null, committedAtMs: 1.5, answeredAtMs: null },
      ...{ remoteAddress: '::1', remotePort: 1, httpVersion: '1.1', rawTrailers: [] },
      ...{ body: factOf(bodyOfBytes(bytes)), problem: null, problemDetail: null, replayId: null },
      ...{ challenge: null, challengeNote: null, answer: null, verification, replays: 0 },
      ...{ verificationAtReceipt: verification, endpoint: null },
      marks: { pinned: false, note, tags: [] },
    } satisfies DeliveryLine,
  }))

function written(made: readonly { bytes: Uint8Array; line: DeliveryLine }[]): Buffer {
  const lines: object[] = [header]
  for (const { bytes, line } of made) {
    lines.push(line)
    const [, ...further] = piecesOf(bodyOfBytes(bytes))
    for (const piece of further) lines.push({ type: 'piece', base64: base64Of(piece) })
  }
  lines.push({ type: 'end', deliveries: made.length })
  return Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
}

function read(bytes: Buffer, pieceBytes: number): NdjsonEvent[] {
  const reader = new NdjsonReader()
  const events: NdjsonEvent[] = []
  for (let at = 0; at < bytes.byteLength; at += pieceBytes) {
    events.push(...reader.push(bytes.subarray(at, at + pieceBytes)))
  }
  events.push(...reader.end())
  return events
}

describe('lines of NDJSON', () => {
  it('are read as they were written, wherever the pieces of the file end', () => {
    fc.assert(
      fc.property(
        fc.array(delivery, { maxLength: 4 }),
        fc.integer({ min: 1_000, max: 300_000 }),
        (made, pieceBytes) => {
          const events = read(written(made), pieceBytes)
          expect(events.filter(({ kind }) => kind === 'problem')).toEqual([])
          const told = events.flatMap((event) =>
            event.kind === 'delivery' ? [event.delivery] : [],
          )
          expect(told).toEqual(made.map(({ line }) => line))
          const bodies = events.flatMap((event) => (event.kind === 'bytes' ? [event.bytes] : []))
          const all = Buffer.concat(made.map(({ bytes }) => bytes))
          expect(Buffer.concat(bodies).equals(all)).toBe(true)
          expect(events.filter(({ kind }) => kind === 'whole')).toHaveLength(made.length)
        },
      ),
      { numRuns: 40 },
    )
  })

  it('of anything at all are never more than problems', () => {
    const junk = fc.oneof(fc.json(), fc.string(), fc.constant('{"type":"piece","base64":"AAAA"}'))
    fc.assert(
      fc.property(fc.array(junk, { maxLength: 20 }), (lines) => {
        const bytes = Buffer.from([JSON.stringify(header), ...lines].join('\n'))
        const kinds = new Set(read(bytes, 7).map(({ kind }) => kind))
        for (const kind of kinds) expect(['header', 'problem', 'end']).toContain(kind)
      }),
      { numRuns: 100 },
    )
  })

  it('that are cut in the middle keep what is whole and tell of the rest', () => {
    const [one] = fc.sample(delivery, { numRuns: 1, seed: 7 })
    if (!one) throw new Error('Nothing was made.')
    const large = { ...one, bytes: new Uint8Array(400_000) }
    large.line = { ...one.line, body: factOf(bodyOfBytes(large.bytes)) }
    const bytes = written([
      {
        ...one,
        bytes: new Uint8Array(0),
        line: { ...one.line, body: factOf(bodyOfBytes(new Uint8Array(0))) },
      },
      large,
    ])
    const events = read(bytes.subarray(0, bytes.byteLength - 200_000), 50_000)
    expect(events.filter(({ kind }) => kind === 'whole')).toHaveLength(1)
    const problems = events.flatMap((event) => (event.kind === 'problem' ? [event.breaks] : []))
    expect(problems).toContain(true)
  })

  it('longer than allowed are passed over without being held', () => {
    const splitter = new LineSplitter(10)
    const lines = [
      ...splitter.push(Buffer.from('12345678901')),
      ...splitter.push(Buffer.from('2\nab\n')),
    ]
    expect(lines).toEqual([
      { number: 1, tooLong: true },
      { number: 2, bytes: Buffer.from('ab') },
    ])
  })
})
