import { describe, expect, test } from 'vitest'
import { SchemeInfo } from '#contract/endpoint.ts'
import { findScheme, schemeInfo, schemes } from './catalogue.ts'
import { contextOf, inMemory, makeRequest, withHeader } from './made-request.ts'
import { candidates, recognise } from './recognise.ts'
import { sampleRequest } from './sample.ts'
import { commonSchemeIds } from './schemes/common.ts'
import { subscriberHash, subscriberHashMatches } from './subscriber-hash.ts'
import { duration } from './sentences.ts'
import type { RequestHead } from './types.ts'
import { judge } from './verify.ts'
import { WholeBody } from './whole-body.ts'

describe('the catalogue', () => {
  test('finds every scheme by its id', () => {
    expect(new Set(schemes.map(({ id }) => id)).size).toBe(schemes.length)
    expect(schemes.length).toBeGreaterThanOrEqual(157)
    for (const scheme of schemes) expect(findScheme(scheme.id)).toBe(scheme)
    expect(findScheme('constructor')).toBeNull()
  })

  test('describes each as the contract says', () => {
    for (const scheme of schemes) {
      const info = schemeInfo(scheme)
      expect(SchemeInfo.parse(info)).toEqual(info)
      expect(info.documentationUrl).toMatch(/^https:\/\//)
    }
  })
})

test('every common scheme is of the catalogue', () => {
  expect(schemes.filter((scheme) => schemeInfo(scheme).common)).toHaveLength(commonSchemeIds.size)
})

describe('recognise', () => {
  test.each([
    [['Svix-Id', 'Svix-Timestamp', 'Svix-Signature'], 'svix', 'certain'],
    [['svix-signature', 'webhook-id', 'webhook-timestamp', 'webhook-signature'], 'svix', 'certain'],
    [['webhook-id', 'webhook-timestamp', 'webhook-signature'], 'standard-webhooks', 'certain'],
    [['Stripe-Signature'], 'stripe', 'certain'],
    [['X-Hub-Signature-256'], 'github', 'likely'],
    [['X-Hub-Signature-256', 'X-GitHub-Event'], 'github', 'certain'],
    [['Novu-Signature'], 'novu', 'certain'],
    [['X-Webhook-Signature', 'X-Webhook-Timestamp'], 'notifykit', 'likely'],
  ])('%j is %s, %s', (names, schemeId, confidence) => {
    const head = {
      method: 'POST',
      target: '/',
      rawHeaders: names.map((n): [string, string] => [n, 't=1,v1=ab']),
    }
    expect(recognise(head)).toEqual({ schemeId, confidence })
  })

  test('nothing is recognised in other headers', () => {
    const rawHeaders: [string, string][] = [['X-Webhook-Signature', 'x']]
    expect(recognise({ method: 'POST', target: '/', rawHeaders })).toBeNull()
  })
})

describe('every sample, once signed, is valid', () => {
  test.each(schemes.map(({ id }) => id))('%s', (id) => {
    const made = makeRequest(id)
    const { verification } = judge(contextOf(made), inMemory(made.body))
    expect([verification.verdict, verification.reason.sentence]).toEqual([
      'valid',
      expect.any(String),
    ])
    expect(verification.notices).toEqual([])
    expect(verification.messageId !== null).toBe(made.scheme.messageId !== null)
    expect(verification.eventType !== null).toBe(made.scheme.eventType.length > 0)
    const candidate = candidates(made.head, new WholeBody(made.body)).some(
      ({ scheme }) => scheme.id === id,
    )
    expect(candidate || made.scheme.recognition.headers.length === 0).toBe(true)
  })
})

test('a request without marks is of no scheme', () => {
  const plain = sampleRequest(null)
  const head = { method: plain.method, target: '/', rawHeaders: plain.rawHeaders }
  expect(recognise(head, new WholeBody(plain.body))).toBeNull()
  expect(JSON.parse(Buffer.from(plain.body).toString())).toHaveProperty('event')
})

test('signatureDigest tells exact replays by signature and timestamp', () => {
  const made = makeRequest('svix')
  const digestOf = (head: RequestHead) =>
    judge(contextOf({ ...made, head }), inMemory(made.body)).signatureDigest
  const digest = digestOf(made.head)
  expect(digest).toMatch(/^[0-9a-f]{64}$/)
  expect(digestOf(withHeader(made.head, 'svix-id', 'msg_other'))).toBe(digest)
  for (const name of ['svix-timestamp', 'svix-signature']) {
    expect(digestOf(withHeader(made.head, name, '1'))).not.toBe(digest)
  }
  expect(digestOf(withHeader(made.head, 'svix-signature', null))).toBeNull()
})

test('subscriberHash is the HMAC that Novu’s Inbox page describes', () => {
  // printf %s user-123 | openssl dgst -sha256 -hmac novu-key
  const hash = 'fe1166e796dc5829431f8ed18e0547838c5a53b1e130a4f185b2e08b28ea44c6'
  expect(subscriberHash('novu-key', 'user-123')).toBe(hash)
  expect(subscriberHashMatches('novu-key', 'user-123', hash)).toBe(true)
  for (const wrong of ['', hash.toUpperCase(), `${hash}0`, hash.replace(/.$/, 'x')]) {
    expect(subscriberHashMatches('novu-key', 'user-123', wrong)).toBe(false)
  }
})

test.each([
  [1.24, '1.2 s'],
  [-0.04, '0 s'],
  [59.6, '1 min'],
  [300, '5 min'],
  [724, '12 min 4 s'],
  [3600, '1 h'],
  [11_000, '3 h 3 min'],
  [86_400, '1 day'],
  [200_000, '2 days 7 h'],
])('%d seconds read %s', (seconds, text) => {
  expect(duration(seconds)).toBe(text)
})
