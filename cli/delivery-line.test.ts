import { assert, property, string } from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DeliveryRow } from '#contract/delivery.ts'
import { verdicts } from '#contract/verdict.ts'
import { byteSize, deliveryEvent, deliveryLine } from './delivery-line.ts'
import { wantsColours } from './output.ts'

const row: DeliveryRow = {
  id: 7,
  receivedAtMs: 1_700_000_000_000,
  endpointId: 1,
  endpointName: 'Stripe',
  method: 'POST',
  target: '/stripe?a=b',
  eventType: 'invoice.paid',
  messageId: 'evt_1',
  bodyByteLength: 1234,
  verdict: 'valid',
  verdictAtReceipt: 'valid',
  schemeId: 'stripe',
  skewSeconds: -1.25,
  duplicate: { kind: 'retry', originalId: 3, ordinal: 2, sinceOriginalMs: 5000 },
  statusAnswered: 200,
  problem: null,
  replayId: null,
  challenge: null,
  durationMs: 3,
  pinned: false,
  hasNote: false,
  tags: [],
  attempts: null,
}

describe('deliveryLine', () => {
  it('shows what people look for', () => {
    expect(deliveryLine(row, false)).toMatch(
      /^ {4}7 +[\d:]{8} +✓ valid +Stripe +POST +\/stripe\?a=b +1\.2 kB +invoice\.paid +retry of 3$/,
    )
  })

  it('lets no control character of a sender through, and colours nothing unasked', () => {
    const hostile = string({ unit: 'binary', maxLength: 40 })
    assert(
      property(hostile, hostile, hostile, hostile, (method, target, eventType, endpointName) => {
        const line = deliveryLine({ ...row, method, target, eventType, endpointName }, false)
        expect(/\p{Cc}|\p{Bidi_Control}/u.test(line)).toBe(false)
      }),
      { numRuns: 500 },
    )
  })

  it('has one width up to the size for every verdict', () => {
    const ends = verdicts.map((verdict) =>
      deliveryLine({ ...row, verdict }, false).indexOf('Stripe'),
    )
    expect(new Set(ends).size).toBe(1)
  })
})

describe('deliveryEvent', () => {
  it('has the documented fields', () => {
    expect(deliveryEvent(row)).toMatchObject({
      event: 'delivery',
      id: 7,
      endpoint: 'Stripe',
      method: 'POST',
      path: '/stripe',
      bodyByteLength: 1234,
      messageId: 'evt_1',
      eventType: 'invoice.paid',
      skewSeconds: -1.25,
      duplicate: 'retry',
      verdict: 'valid',
      scheme: 'stripe',
    })
    expect(deliveryEvent({ ...row, duplicate: null }).duplicate).toBeNull()
  })
})

describe('byteSize and colours', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.0 kB'],
    [999_949, '999.9 kB'],
    [999_950, '1.0 MB'],
    [1_073_741_824, '1.1 GB'],
  ])('%d is %s', (bytes, text) => expect(byteSize(bytes)).toBe(text))

  it('needs a terminal and no NO_COLOR', () => {
    expect(wantsColours({}, true)).toBe(true)
    expect(wantsColours({}, false)).toBe(false)
    expect(wantsColours({ NO_COLOR: '1' }, true)).toBe(false)
    expect(wantsColours({ TERM: 'dumb' }, true)).toBe(false)
  })

  it('FORCE_COLOR asks for them anywhere, but NO_COLOR counts more', () => {
    expect(wantsColours({ FORCE_COLOR: '1' }, false)).toBe(true)
    expect(wantsColours({ FORCE_COLOR: 'true', TERM: 'dumb' }, false)).toBe(true)
    expect(wantsColours({ FORCE_COLOR: '0' }, true)).toBe(false)
    expect(wantsColours({ FORCE_COLOR: 'false' }, true)).toBe(false)
    expect(wantsColours({ FORCE_COLOR: '' }, true)).toBe(true)
    expect(wantsColours({ FORCE_COLOR: '1', NO_COLOR: '1' }, true)).toBe(false)
    expect(wantsColours({ FORCE_COLOR: '1', NO_COLOR: '' }, false)).toBe(true)
  })
})
