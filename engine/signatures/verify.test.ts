import { describe, expect, test } from 'vitest'
import type { Verification } from '#contract/verification.ts'
import {
  contextOf,
  headerOf,
  inMemory,
  makeRequest,
  schemeOf,
  secretOf,
  SIGNED_AT_MS,
  withHeader,
  type MadeRequest,
} from './made-request.ts'
import { sign } from './sign.ts'
import type { VerifyContext } from './types.ts'
import { startVerification, verify } from './verify.ts'
import { WHOLE_BODY_BYTES } from './whole-body.ts'

function judge(made: MadeRequest, changes: Partial<VerifyContext> = {}): Verification {
  return verify(contextOf(made, changes), inMemory(made.body))
}

describe('the first verdict that holds', () => {
  const made = makeRequest('svix')
  const unsigned = withHeader(made.head, 'svix-signature', null)
  const incomplete = { sentence: 'The sender stopped after 12 kB of 40 kB.' }
  const broken = withHeader(made.head, 'svix-signature', 'nonsense')

  test.each<[string, Partial<VerifyContext>, string, string]>([
    ['incomplete before no-scheme', { incomplete, scheme: null }, 'incomplete', 'incomplete'],
    ['incomplete before unsigned', { incomplete, head: unsigned }, 'incomplete', 'incomplete'],
    ['no-scheme', { scheme: null }, 'no-scheme', 'no-scheme'],
    ['unsigned before no-secret', { head: unsigned, secrets: [] }, 'unsigned', 'header-missing'],
    [
      'malformed before no-secret',
      { head: broken, secrets: [] },
      'malformed',
      'signature-unreadable',
    ],
    ['no-secret', { secrets: [] }, 'no-secret', 'no-secret'],
    ['locked', { secrets: [], lockedSecrets: true }, 'locked', 'locked'],
    ['a usable secret beside a locked one', { lockedSecrets: true }, 'valid', 'signature-matches'],
    ['too old', { atMs: SIGNED_AT_MS + 301_000 }, 'stale', 'too-old'],
    ['too new', { atMs: SIGNED_AT_MS - 301_000 }, 'stale', 'too-new'],
    ['exactly at the limit', { atMs: SIGNED_AT_MS + 300_999 }, 'valid', 'signature-matches'],
    ['exactly at the other limit', { atMs: SIGNED_AT_MS - 300_000 }, 'valid', 'signature-matches'],
  ])('%s', (_, changes, verdict, code) => {
    const verification = judge(made, changes)
    expect([verification.verdict, verification.reason.code]).toEqual([verdict, code])
  })

  test('another secret is invalid; with locked ones beside it, that cannot be said', () => {
    const secrets = [secretOf(made.scheme, 'wrong key')]
    expect(judge(made, { secrets }).verdict).toBe('invalid')
    const locked = judge(made, { secrets, lockedSecrets: true })
    expect([locked.verdict, locked.reason.code]).toEqual(['locked', 'some-locked'])
  })

  test('a signature of an unknown version only is invalid', () => {
    const value = headerOf(made.head, 'svix-signature').replace('v1,', 'v2,')
    const verification = judge({ ...made, head: withHeader(made.head, 'svix-signature', value) })
    expect([verification.verdict, verification.reason.code]).toEqual(['invalid', 'unknown-version'])
  })

  test.each(['svix-id', 'svix-timestamp'])('%s absent or empty is malformed', (name) => {
    for (const value of [null, '']) {
      const head = withHeader(made.head, name, value)
      expect(judge({ ...made, head }).verdict).toBe('malformed')
    }
  })

  test.each([
    '1760000000abc',
    '1e9',
    '-1',
    '+1',
    ' 1760000000',
    '01',
    '9'.repeat(17),
    '1.5',
    'now',
  ])('the timestamp %j is malformed, even when signed so', (text) => {
    const head = withHeader(made.head, 'svix-timestamp', text)
    const verification = judge({ ...made, head })
    expect(verification.reason.code).toBe('timestamp-unreadable')
    expect([verification.timestamp, verification.skewSeconds]).toEqual([null, null])
  })
})

describe('what a verification tells', () => {
  test('a valid Svix delivery', () => {
    const made = makeRequest('svix')
    expect(judge(made, { atMs: SIGNED_AT_MS + 1_200 })).toEqual({
      verdict: 'valid',
      schemeId: 'svix',
      reason: {
        code: 'signature-matches',
        sentence: 'Signature matches “live key”. Signed 1.2 s before it arrived.',
      },
      messageId: headerOf(made.head, 'svix-id'),
      eventType: 'charge.paid',
      timestamp: { text: '1760000000', unixMs: SIGNED_AT_MS, unit: 's' },
      skewSeconds: -1.2,
      tolerance: { pastSeconds: 300, futureSeconds: 300 },
      matchedSecretId: 7,
      matchedSecretName: 'live key',
      notices: [],
    })
  })

  test('how long ago a stale one was signed', () => {
    const { reason } = judge(makeRequest('stripe'), { atMs: SIGNED_AT_MS + 724_000 })
    expect(reason.sentence).toBe(
      'The signature is right, but it was signed 12 min 4 s ago; Stripe allows 5 min.',
    )
  })

  test('the tolerance of the endpoint overrides the scheme’s', () => {
    const tolerance = { pastSeconds: 10, futureSeconds: null }
    const made = makeRequest('svix')
    expect(judge(made, { tolerance, atMs: SIGNED_AT_MS + 11_000 }).verdict).toBe('stale')
    expect(judge(made, { tolerance, atMs: 0 }).verdict).toBe('valid')
    expect(judge(makeRequest('github'), { tolerance }).tolerance).toBeNull()
  })

  test('Stripe’s message id and event type stand in the body', () => {
    const { messageId, eventType } = judge(makeRequest('stripe'))
    expect([messageId, eventType]).toEqual(['evt_1SGcountersignTest', 'invoice.paid'])
  })

  test('any future passes for Stripe', () => {
    expect(judge(makeRequest('stripe'), { atMs: 0 }).verdict).toBe('valid')
  })
})

describe('Novu', () => {
  const get = { method: 'GET', target: '/api/novu?action=health-check', rawHeaders: [] }

  test.each([
    ['/api/novu?action=health-check', 'challenge'],
    ['/api/novu', 'challenge'],
    ['/api/novu?action=discover', 'unsigned'],
  ])('an unsigned GET %s is %s', (target, verdict) => {
    const made = { ...makeRequest('novu', { body: new Uint8Array() }), head: { ...get, target } }
    expect(judge(made).verdict).toBe(verdict)
    expect(judge({ ...made, head: { ...made.head, method: 'POST' } }).verdict).toBe('unsigned')
  })

  test('a body that only matches re-serialised is valid with a notice', () => {
    const made = makeRequest('novu', { body: Buffer.from('{"a":1.5,"b":[]}') })
    const verification = judge({ ...made, body: Buffer.from('{ "a": 1.50, "b": [] }\n') })
    expect(verification.verdict).toBe('valid')
    expect(verification.notices.map(({ code }) => code)).toEqual(['body-reserialised'])
  })
})

describe('bodies too large to be known whole', () => {
  const large = Buffer.alloc(WHOLE_BODY_BYTES + 1, '{"id":"evt_x"}')

  test.each(['svix', 'stripe', 'github', 'notifykit'])('%s is judged from the stream', (id) => {
    const made = makeRequest(id, { body: large })
    const streaming = startVerification(contextOf(made))
    streaming.update(large.subarray(0, 70_000))
    streaming.update(large.subarray(70_000))
    const end = { byteLength: large.byteLength, incomplete: null }
    const verification = streaming.finish(end).verification
    expect(verification.verdict).toBe('valid')
    expect(verification).toEqual(judge(made))
    const wrong = contextOf(made, { secrets: [secretOf(made.scheme, 'wrong')] })
    const refusing = startVerification(wrong)
    refusing.update(large)
    expect(refusing.finish(end).verification.verdict).toBe('invalid')
  })

  test('Novu says incomplete where only re-serialising could decide', () => {
    const json = Buffer.from(JSON.stringify({ text: 'x'.repeat(WHOLE_BODY_BYTES) }))
    const made = makeRequest('novu', { body: json })
    const raw = judge(made)
    expect([raw.verdict, raw.notices.map(({ code }) => code)]).toEqual([
      'valid',
      ['body-not-reserialised'],
    ])
    const indented = Buffer.from(JSON.stringify(JSON.parse(json.toString()), null, 2))
    const verification = judge({ ...made, body: indented })
    expect([verification.verdict, verification.reason.code]).toEqual(['incomplete', 'too-large'])
  })

  test('a cut body is incomplete, whatever its bytes say', () => {
    const made = makeRequest('github')
    const streaming = startVerification(contextOf(made))
    streaming.update(made.body)
    const incomplete = { sentence: 'The sender stopped.' }
    const verification = streaming.finish({
      byteLength: made.body.byteLength,
      incomplete,
    }).verification
    expect(verification.verdict).toBe('incomplete')
    expect(verification.reason.sentence).toBe('The sender stopped.')
  })
})

describe('a scheme whose body is not last in the content', () => {
  const scheme = {
    ...schemeOf('svix'),
    id: 'own',
    content: 'v0:{body}|{timestamp}:{id}',
    messageId: { header: 'svix-id' },
  }
  const twice = { ...scheme, content: '{body}{timestamp}{body}' }

  test.each([scheme, twice])('$content can be signed and verified', (own) => {
    const made = { ...makeRequest('svix'), scheme: own }
    const signed = sign({ ...made, timestampMs: SIGNED_AT_MS, messageId: null })
    if ('problem' in signed) throw new Error(signed.problem)
    const resigned = { ...made, head: { ...made.head, rawHeaders: signed.rawHeaders } }
    expect(judge(resigned).verdict).toBe('valid')
    expect(judge({ ...resigned, body: Buffer.from('{}') }).verdict).toBe('invalid')
    const streaming = startVerification(contextOf(resigned))
    streaming.update(made.body)
    const end = { byteLength: made.body.byteLength, incomplete: null }
    expect(streaming.finish(end).verification.verdict).toBe(own === twice ? 'incomplete' : 'valid')
  })
})
