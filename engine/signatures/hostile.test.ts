/** Requests made to break the engine: it never throws for what a request says, and stays quick. */
import { describe, expect, test } from 'vitest'
import type { RawHeader } from '#contract/http.ts'
import { fastestMs } from '#test/fastest.ts'
import { schemes } from './catalogue.ts'
import { challengeOf } from './challenge.ts'
import { explain } from './explain.ts'
import { contextOf, inMemory, makeRequest, type MadeRequest } from './made-request.ts'
import { candidates } from './recognise.ts'
import { verify } from './verify.ts'
import { WholeBody } from './whole-body.ts'

/** What Node lets through: any byte but control characters, and up to 64 KiB of it. */
const headerValues = [
  '',
  ' ',
  '%',
  '\u00ff\u00e2\u0080',
  '__proto__',
  'http://[::1',
  'a b/c?d#e@f:99999999',
  '-1',
  '1e999',
  '9'.repeat(400),
  ','.repeat(65_000),
  ' '.repeat(65_000),
  't=1,v1='.repeat(9000),
  'v1,aaaa '.repeat(8000),
  'v1a,AAAA '.repeat(7000),
  '=;'.repeat(32_000),
  `sha256=${'a'.repeat(65_000)}!`,
  `${'A'.repeat(65_000)}=`,
  `Basic ${':'.repeat(65_000)}`,
  `Bearer ${' '.repeat(65_000)}x`,
  `sig=("content-digest" "@authority" "@target-uri" "@path" "@query" "@method");created=1`,
  `sig=("${'content-digest" "'.repeat(3500)}");created=1`,
  '('.repeat(65_000),
  'a.'.repeat(32_000),
]

const targets = [
  '/',
  '*',
  '//',
  '/?',
  '/??=&&=%',
  '/%',
  '/%ff%zz?%ff=%zz',
  'http://[::1/x',
  'https://:99999999/',
  `/?${'a=b&'.repeat(15_000)}`,
  `/?data.id=${'%'.repeat(20_000)}`,
  '/\u00ff?\u00ff=\u00ff',
  '/\ud800?\ud800',
]

const DEEP = 100_000
const bodies = [
  '',
  '?',
  '\u0000',
  '{"type":1,"type":{},"__proto__":{"a":1},"constructor":null}',
  '['.repeat(DEEP) + ']'.repeat(DEEP),
  '{"a":'.repeat(DEEP) + '1' + '}'.repeat(DEEP),
  '['.repeat(DEEP),
  `"${'\\'.repeat(DEEP)}`,
  `{"notificationItems":[1,null,[],{"NotificationRequestItem":[]}]}`,
  '{"notificationItems":{"0":{}}}',
  '{"Type":1,"SignatureVersion":2,"Signature":{}}',
  'bt_signature=%&bt_payload=|&|=&__proto__=1',
  `payload=${encodeURIComponent('['.repeat(30_000))}`,
  '&'.repeat(DEEP),
  'a=1&'.repeat(20_000),
].map((text) => Buffer.from(text))
bodies.push(Buffer.from([0xff, 0xfe, 0xef, 0xbb, 0xbf, 0x7b]), Buffer.alloc(300_000, 0x22))

/** One hostile request for each value, in every header that the scheme's own requests have. */
function* hostileTo(made: MadeRequest): Generator<MadeRequest> {
  const { head } = made
  for (let index = 0; index < head.rawHeaders.length; index++) {
    if (/^(?:content-type|accept|content-length)$/i.test(head.rawHeaders[index]?.[0] ?? ''))
      continue
    for (const value of headerValues) {
      const rawHeaders = head.rawHeaders.map(([name, old], at): RawHeader => [
        name,
        at === index ? value : old,
      ])
      yield { ...made, head: { ...head, rawHeaders } }
    }
  }
  const proxy = ['Host', 'X-Forwarded-Host', 'X-Forwarded-Proto', 'X-Forwarded-Port', 'Forwarded']
  for (const value of headerValues.slice(0, 10)) {
    const settings = {}
    const forwarded = proxy.map((name): RawHeader => [name, value])
    yield { ...made, settings, head: { ...head, rawHeaders: [...head.rawHeaders, ...forwarded] } }
  }
  for (const target of targets) {
    yield { ...made, settings: {}, head: { ...head, target } }
    yield { ...made, head: { ...head, target } }
  }
  for (const body of bodies) yield { ...made, body }
}

/** Generous, for slow machines: what is not linear takes minutes. */
const SLOWEST_MS = 1500

describe.each(schemes.map(({ id }) => id))('%s', (id) => {
  test('never throws for what a request says, and is quick', () => {
    for (const hostile of hostileTo(makeRequest(id))) {
      const context = contextOf(hostile)
      const body = inMemory(hostile.body)
      const tookMs = fastestMs(SLOWEST_MS, () => {
        verify(context, body)
        const whole = new WholeBody(hostile.body)
        challengeOf(hostile.scheme, hostile.head, whole)
        candidates(hostile.head, whole, [hostile.scheme])
        explain(context, body)
      })
      expect(tookMs).toBeLessThan(SLOWEST_MS)
    }
  })
})

/** What the expressions of the catalogue look for, and what makes the careless ones go back. */
const repeated = ['a', '0', ' ', ',', '=', ';', '.', '/', 't=1,', 'v1=', ' v1,a', 'a.', ', ', 'A-']
const beginnings = ['', 'v1,', 'v1a,', 't=1,v1=', 'sha256=', 'Basic ', 't=1']

test('no expression of the catalogue takes long, whatever the header', () => {
  const patterns = schemes.flatMap(({ recognition, secretPattern, sdk, challenges = [] }) => [
    recognition.signaturePattern,
    recognition.userAgent,
    secretPattern,
    sdk?.headerPattern,
    ...challenges.map(({ when }) => when.query?.pattern),
  ])
  for (const pattern of new Set(patterns)) {
    if (pattern === undefined) continue
    const expression = new RegExp(pattern, 'u')
    for (const beginning of beginnings) {
      for (const unit of repeated) {
        const text = `${beginning}${unit.repeat(65_000 / unit.length)}!`
        expect(fastestMs(250, () => void expression.test(text))).toBeLessThan(250)
      }
    }
  }
})
