import { describe, expect, test } from 'vitest'
import { explain } from './explain.ts'
import {
  contextOf,
  headerOf,
  inMemory,
  makeRequest,
  secretOf,
  SIGNED_AT_MS,
  withHeader,
} from './made-request.ts'

describe('explain', () => {
  test('shows which header said what and the signed content in order', () => {
    const made = makeRequest('svix', { body: Buffer.from('{"type":"a"}') })
    const id = headerOf(made.head, 'svix-id')
    const explanation = explain(contextOf(made), inMemory(made.body), SIGNED_AT_MS)
    expect([explanation.schemeName, explanation.algorithm]).toEqual(['Svix', 'HMAC-SHA256'])
    expect(explanation.sources).toEqual([
      {
        role: 'signature',
        place: 'header',
        name: 'svix-signature',
        value: headerOf(made.head, 'svix-signature'),
      },
      { role: 'timestamp', place: 'header', name: 'svix-timestamp', value: '1760000000' },
      { role: 'message-id', place: 'header', name: 'svix-id', value: id },
      { role: 'event-type', place: 'json', name: 'type', value: 'a' },
    ])
    expect(explanation.signedContent.map(({ kind, preview }) => [kind, preview])).toEqual([
      ['message-id', id],
      ['literal', '.'],
      ['timestamp', '1760000000'],
      ['literal', '.'],
      ['body', '{"type":"a"}'],
    ])
    expect(explanation.signedContent.every((part) => !part.truncated)).toBe(true)
    expect([explanation.advice, explanation.staleIfSentNow]).toEqual([null, false])
  })

  test('compares every signature with every secret, unknown versions too', () => {
    const made = makeRequest('stripe')
    const value = headerOf(made.head, 'stripe-signature')
    const digest = value.slice(value.indexOf('v1=') + 3)
    const wrong = `${digest.slice(0, 10)}${digest[10] === '0' ? '1' : '0'}${digest.slice(11)}`
    const head = withHeader(made.head, 'stripe-signature', `${value},v1=${wrong},v0=${digest}`)
    const secrets = [made.secret, secretOf(made.scheme, 'old key', 8)]
    const { comparisons } = explain(contextOf({ ...made, head }, { secrets }), inMemory(made.body))
    expect(comparisons).toHaveLength(6)
    expect(comparisons[0]).toEqual({
      position: 0,
      version: 'v1',
      received: digest,
      expected: digest,
      secretId: 7,
      secretName: 'live key',
      matches: true,
      firstDifference: null,
      lengths: null,
    })
    expect(comparisons[2]).toMatchObject({ position: 1, matches: false, firstDifference: 10 })
    expect(comparisons[5]).toMatchObject({
      position: 2,
      version: 'v0',
      expected: null,
      secretId: 8,
      matches: false,
      firstDifference: null,
    })
  })

  test('absent things have a null value and nothing is expected without them', () => {
    const made = makeRequest('svix')
    const head = withHeader(made.head, 'svix-timestamp', null)
    const explanation = explain(contextOf({ ...made, head }), inMemory(made.body))
    expect(explanation.sources[1]).toMatchObject({ name: 'svix-timestamp', value: null })
    expect(explanation.comparisons).toMatchObject([{ expected: null, matches: false }])
    const unsigned = withHeader(made.head, 'svix-signature', null)
    expect(
      explain(contextOf({ ...made, head: unsigned }), inMemory(made.body)).comparisons,
    ).toEqual([])
  })

  test('without a secret each signature stands alone', () => {
    const made = makeRequest('github')
    const { comparisons, advice } = explain(contextOf(made, { secrets: [] }), inMemory(made.body))
    expect(comparisons).toMatchObject([{ expected: null, secretId: null, secretName: null }])
    expect(advice).toContain('the text you chose as secret')
  })

  test('names the scheme that the headers betray', () => {
    const { head, body } = makeRequest('stripe')
    const made = { ...makeRequest('svix'), head }
    expect(explain(contextOf(made), inMemory(body)).advice).toContain('Stripe')
    expect(explain(contextOf(made, { scheme: null }), inMemory(body)).advice).toContain('Stripe')
  })

  test('what was valid at receipt may be stale if sent now', () => {
    const made = makeRequest('stripe')
    const later = explain(contextOf(made), inMemory(made.body), SIGNED_AT_MS + 301_000)
    expect([later.verification.verdict, later.staleIfSentNow]).toEqual(['valid', true])
    const github = makeRequest('github')
    expect(explain(contextOf(github), inMemory(github.body)).staleIfSentNow).toBe(false)
  })

  test('a long body is shown in part, cut between characters', () => {
    const body = Buffer.from(`x${'é'.repeat(4000)}`)
    const made = makeRequest('github', { body })
    const [part] = explain(contextOf(made), inMemory(body)).signedContent
    expect(part).toMatchObject({ kind: 'body', byteLength: 8001, truncated: true })
    expect(part?.preview).toBe(`x${'é'.repeat(2047)}`)
    expect(Buffer.from(part?.startBase64 ?? '', 'base64')).toEqual(body.subarray(0, 4096))
    expect(Buffer.from(part?.endBase64 ?? '', 'base64')).toEqual(body.subarray(-512))
  })

  test.each([0, 1, 4095, 4096, 4097, 4500, 4608, 4609])(
    'start and end of a body of %i bytes never overlap and leave out only the middle',
    (length) => {
      const body = Buffer.from(Array.from({ length }, (_, at) => 97 + (at % 26)))
      const made = makeRequest('github', { body })
      const chunked = {
        byteLength: length,
        chunks: () => [body.subarray(0, 4000), body.subarray(4000, 4300), body.subarray(4300)],
      }
      for (const each of [inMemory(body), chunked]) {
        const [part] = explain(contextOf(made), each).signedContent
        const start = Buffer.from(part?.startBase64 ?? '', 'base64')
        const end = Buffer.from(part?.endBase64 ?? '', 'base64')
        expect([start.length, end.length]).toEqual([
          Math.min(length, 4096),
          Math.max(0, Math.min(512, length - 4096)),
        ])
        expect(body.subarray(0, start.length).equals(start)).toBe(true)
        expect(body.subarray(length - end.length).equals(end)).toBe(true)
      }
    },
  )

  test.each([
    ['gitlab-token', 'X-Gitlab-Token'],
    ['pipedrive', 'Authorization'],
  ])('the credential of %s is masked wherever it would show', (id) => {
    const made = makeRequest(id)
    const wrong = { ...made.secret, keyText: `${made.secret.keyText}x` }
    for (const secret of [made.secret, wrong]) {
      const explanation = explain({ ...contextOf(made), secrets: [secret] }, inMemory(made.body))
      expect(explanation.comparisons[0]).toMatchObject({ received: '••••••••', expected: null })
      expect(explanation.sources[0]).toMatchObject({ role: 'signature', value: '••••••••' })
      const text = made.secret.keyText
      expect(JSON.stringify(explanation)).not.toContain(text)
      expect(JSON.stringify(explanation)).not.toContain(Buffer.from(text).toString('base64'))
      const { length } = text
      expect(explanation.comparisons[0]).toMatchObject({
        firstDifference: secret === wrong ? length : null,
        lengths: { received: length, expected: secret.keyText.length },
      })
    }
  })

  test('a secret within the signed content is a place, never a value', () => {
    const made = makeRequest('hubspot-v1')
    const parts = explain(contextOf(made), inMemory(made.body)).signedContent
    const secret = parts.find(({ kind }) => kind === 'secret')
    expect(secret).toMatchObject({ byteLength: 0, preview: '', startBase64: '', endBase64: '' })
    expect(JSON.stringify(parts)).not.toContain(made.secret.text)
  })

  test('Novu shows the re-serialised body that is signed', () => {
    const made = makeRequest('novu', { body: Buffer.from('{ "a": 1.0 }') })
    const parts = explain(contextOf(made), inMemory(made.body)).signedContent
    expect(parts.at(-1)).toMatchObject({ label: 'body, re-serialised', preview: '{"a":1}' })
  })
})
