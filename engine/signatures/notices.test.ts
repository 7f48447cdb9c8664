import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { RawHeader } from '#contract/http.ts'
import {
  contextOf,
  headerOf,
  inMemory,
  makeRequest,
  SIGNED_AT_MS,
  withHeader,
  type MadeRequest,
} from './made-request.ts'
import type { VerifyContext } from './types.ts'
import { verify } from './verify.ts'

/** The verdict and the codes of the notices. */
function told(made: MadeRequest, changes: Partial<VerifyContext> = {}): [string, string[]] {
  const { verdict, notices } = verify(contextOf(made, changes), inMemory(made.body))
  return [verdict, notices.map(({ code }) => code)]
}

function hex(made: MadeRequest, content: string): string {
  return createHmac('sha256', made.secret.key).update(content).digest('hex')
}

describe('NotifyKit', () => {
  const made = makeRequest('notifykit')
  const text = Buffer.from(made.body).toString()
  const withSignature = (value: string): MadeRequest => ({
    ...made,
    head: withHeader(made.head, 'x-webhook-signature', value),
  })

  test('a differing t= is judged by the header’s timestamp, with a notice', () => {
    const right = `t=1759999999,v1=${hex(made, `1760000000.${text}`)}`
    expect(told(withSignature(right))).toEqual(['valid', ['sdk-wants-equal-timestamps']])
    const signedOverField = `t=1759999999,v1=${hex(made, `1759999999.${text}`)}`
    expect(told(withSignature(signedOverField))[0]).toBe('invalid')
    const without = `v1=${hex(made, `1760000000.${text}`)}`
    expect(told(withSignature(without))).toEqual(['valid', ['sdk-wants-equal-timestamps']])
  })

  test('a timestamp slightly ahead is valid, with a notice', () => {
    expect(told(made, { atMs: SIGNED_AT_MS - 1 })).toEqual(['valid', ['sdk-refuses-future']])
    expect(told(made, { atMs: SIGNED_AT_MS })).toEqual(['valid', []])
    expect(told(made, { atMs: SIGNED_AT_MS - 300_001 })).toEqual(['stale', []])
  })

  test('upper-case hex and trailing text are refused, with a notice', () => {
    const value = headerOf(made.head, 'x-webhook-signature')
    const digest = value.slice(value.indexOf('v1=') + 3)
    const upper = value.replace(digest, digest.toUpperCase())
    expect(told(withSignature(upper))).toEqual(['invalid', ['sdk-decodes-signature']])
    expect(told(withSignature(`${value}zz`))).toEqual(['invalid', ['sdk-decodes-signature']])
  })

  test('the SDK takes only the last of several signatures', () => {
    const value = headerOf(made.head, 'x-webhook-signature')
    const zeros = `v1=${'0'.repeat(64)}`
    expect(told(withSignature(`${value},${zeros}`))).toEqual(['valid', ['sdk-tries-one-signature']])
    expect(told(withSignature(value.replace(',', `,${zeros},`)))).toEqual(['valid', []])
  })
})

describe('Novu', () => {
  const made = makeRequest('novu')
  const text = Buffer.from(made.body).toString()

  test('seconds are read as seconds, with a notice', () => {
    const value = `t=1760000000,v1=${hex(made, `1760000000.${text}`)}`
    const head = withHeader(made.head, 'novu-signature', value)
    const verification = verify(contextOf({ ...made, head }), inMemory(made.body))
    expect(verification.verdict).toBe('valid')
    expect(verification.timestamp).toEqual({ text: '1760000000', unixMs: SIGNED_AT_MS, unit: 's' })
    expect(verification.skewSeconds).toBe(0)
    expect(verification.notices.map(({ code }) => code)).toEqual(['sdk-reads-milliseconds'])
    const late = contextOf({ ...made, head }, { atMs: SIGNED_AT_MS + 301_000 })
    expect(verify(late, inMemory(made.body)).verdict).toBe('stale')
  })

  test('a right signature that is not the first', () => {
    const value = headerOf(made.head, 'novu-signature').replace(',v1=', `,v1=${'0'.repeat(64)},v1=`)
    const head = withHeader(made.head, 'novu-signature', value)
    expect(told({ ...made, head })).toEqual(['valid', ['sdk-tries-one-signature']])
  })

  test('a body that is no JSON', () => {
    const form = makeRequest('novu', { body: Buffer.from('a=1') })
    expect(told(form)).toEqual(['valid', ['sdk-needs-json']])
  })
})

describe('bodies that a provider’s SDK cannot take', () => {
  test.each([
    ['stripe', '', ['sdk-refuses-empty-body']],
    ['github', '', ['sdk-refuses-empty-body']],
    ['svix', '', []],
    ['stripe', 'a=1', ['sdk-needs-json']],
    ['standard-webhooks', 'a=1', ['sdk-needs-json']],
    ['svix', 'a=1', []],
    ['stripe', '\u{feff}{"id":"evt_1"}', ['sdk-drops-byte-order-mark']],
  ])('%s with %j', (id, text, codes) => {
    expect(told(makeRequest(id, { body: Buffer.from(text) }))).toEqual(['valid', codes])
  })

  test.each(['svix', 'standard-webhooks', 'stripe', 'github', 'notifykit'])(
    '%s with bytes that are not UTF-8',
    (id) => {
      const body = Buffer.from([0x7b, 0xff, 0xfe, 0x7d])
      expect(told(makeRequest(id, { body }))).toEqual(['valid', ['sdk-decodes-body']])
    },
  )
})

describe('timestamps that an SDK reads laxly', () => {
  test.each([
    ['svix', 'svix-timestamp', '1760000000abc', true],
    ['svix', 'svix-timestamp', 'now', false],
    ['stripe', 'stripe-signature', 't=1760000000 ,v1=00', true],
    ['novu', 'novu-signature', 't=1.76e12,v1=00', true],
    ['novu', 'novu-signature', 't=1760000000abc,v1=00', false],
  ])('%s %s: %s', (id, name, value, lax) => {
    const made = makeRequest(id)
    const head = withHeader(made.head, name, value)
    const codes = lax ? ['sdk-reads-timestamp-laxly'] : []
    expect(told({ ...made, head })).toEqual(['malformed', codes])
  })
})

test('a repeated header is joined as Node joins it', () => {
  const made = makeRequest('svix')
  const again: RawHeader = ['Svix-Signature', `v1,${'A'.repeat(43)}=`]
  for (const rawHeaders of [
    [...made.head.rawHeaders, again],
    [again, ...made.head.rawHeaders],
  ]) {
    expect(told({ ...made, head: { ...made.head, rawHeaders } })[0]).toBe('valid')
  }
})

test('an SDK that re-serialises refuses a body that is not compact', () => {
  const odd = Buffer.from('{ "event": "endpoint.url_validation" }')
  expect(told(makeRequest('zoom', { body: odd }))).toEqual(['valid', ['sdk-reserialises']])
  const compact = Buffer.from('{"event":"meeting.started"}')
  expect(told(makeRequest('zoom', { body: compact }))).toEqual(['valid', []])
})

test('a signature in another spelling is refused, with a notice where the SDK decodes it', () => {
  const made = makeRequest('adyen-platform')
  const padded = headerOf(made.head, 'hmacsignature')
  const head = withHeader(made.head, 'hmacsignature', padded.replace(/=+$/, ''))
  expect(told({ ...made, head })).toEqual(['invalid', ['sdk-decodes-signature']])
})

test('an SDK that wants further headers is named', () => {
  const made = makeRequest('shopify')
  const head = withHeader(made.head, 'x-shopify-topic', null)
  expect(told({ ...made, head })).toEqual(['valid', ['sdk-wants-header']])
})
