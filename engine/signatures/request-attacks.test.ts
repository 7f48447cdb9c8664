/** Requests that a correct receiver refuses, though something in them is rightly signed. */
import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { RawHeader } from '#contract/http.ts'
import type { Scheme } from '#contract/scheme.ts'
import { setJson, setJsonString } from './json-edit.ts'
import { contextOf, inMemory, makeRequest, schemeOf, type MadeRequest } from './made-request.ts'
import { prepareSecret } from './secret.ts'
import { sign } from './sign.ts'
import type { RequestHead } from './types.ts'
import { verify } from './verify.ts'

const verdictOf = (made: MadeRequest) => verify(contextOf(made), inMemory(made.body)).verdict
const withBody = (made: MadeRequest, change: (text: string) => string): MadeRequest => ({
  ...made,
  body: Buffer.from(change(Buffer.from(made.body).toString())),
})
const renamed = (head: RequestHead, change: (name: string) => string): RequestHead => ({
  ...head,
  rawHeaders: head.rawHeaders.map(([name, value]): RawHeader => [change(name), value]),
})

describe('headers', () => {
  const made = makeRequest('svix')
  const svixToWebhook = (only: RegExp) =>
    renamed(made.head, (name) => (only.test(name) ? name.replace(/^svix/i, 'webhook') : name))

  test('of two families are not mixed', () => {
    expect(verdictOf({ ...made, head: svixToWebhook(/./) })).toBe('valid')
    for (const only of [/timestamp$/i, /-id$/i]) {
      expect(verdictOf({ ...made, head: svixToWebhook(only) })).toBe('malformed')
    }
    expect(verdictOf({ ...made, head: svixToWebhook(/signature$/i) })).toBe('malformed')
  })

  test('of the first family that is complete count', () => {
    const { rawHeaders } = svixToWebhook(/./)
    const stray: RawHeader[] = [['svix-id', 'msg_other']]
    expect(
      verdictOf({ ...made, head: { ...made.head, rawHeaders: [...stray, ...rawHeaders] } }),
    ).toBe('valid')
    const wrong = made.head.rawHeaders.map(([name, value]): RawHeader => [name, `${value}0`])
    expect(
      verdictOf({ ...made, head: { ...made.head, rawHeaders: [...rawHeaders, ...wrong] } }),
    ).toBe('invalid')
  })

  test('in any case, and twice', () => {
    const oddly = renamed(made.head, (name) => name.slice(0, 3) + name.slice(3).toUpperCase())
    expect(verdictOf({ ...made, head: oddly })).toBe('valid')
    const again: RawHeader = ['SVIX-signature', 'v1,AAAA']
    for (const rawHeaders of [
      [again, ...made.head.rawHeaders],
      [...made.head.rawHeaders, again],
    ]) {
      expect(verdictOf({ ...made, head: { ...made.head, rawHeaders } })).toBe('valid')
    }
    const id: RawHeader = ['svix-id', 'msg_2']
    expect(
      verdictOf({ ...made, head: { ...made.head, rawHeaders: [...made.head.rawHeaders, id] } }),
    ).toBe('invalid')
  })
})

describe('AWS SNS', () => {
  const made = makeRequest('aws-sns')
  const edited = (path: string, json: string) =>
    withBody(made, (text) => setJson(text, path, json) ?? '')

  test('a value does not pass for a member that follows it', () => {
    const parsed: Record<string, string> = JSON.parse(Buffer.from(made.body).toString())
    const { MessageId = '', ...rest } = parsed
    const Message = `${parsed.Message ?? ''}\nMessageId\n${MessageId}`
    expect(verdictOf({ ...made, body: Buffer.from(JSON.stringify({ ...rest, Message })) })).toBe(
      'malformed',
    )
  })

  test('other types, versions and certificates are none of SNS', () => {
    expect(verdictOf(withBody(made, (text) => text.replace(/\}$/, ',"Extra":"x"}')))).toBe('valid')
    for (const type of ['"Other"', '"notification"', '1', 'null', '["Notification"]']) {
      expect(verdictOf(edited('Type', type))).toBe('malformed')
    }
    expect(verdictOf(edited('Type', '"SubscriptionConfirmation"'))).toBe('malformed')
    for (const version of ['2', '"3"', '""', 'null', '" 2"']) {
      expect(verdictOf(edited('SignatureVersion', version))).toBe('malformed')
    }
    expect(verdictOf(edited('SignatureVersion', '"1"'))).toBe('invalid')
    for (const url of [
      'http://sns.eu-west-1.amazonaws.com/a.pem',
      'https://sns.eu-west-1.amazonaws.com.evil.test/a.pem',
      'https://sns.eu-west-1.amazonaws.com@evil.test/a.pem',
      'https://evil.test/sns.eu-west-1.amazonaws.com/a.pem',
      'https://bucket.s3.amazonaws.com/a.pem',
      'https://sns.eu-west-1.amazonaws.com/a.pem?x=.txt',
    ]) {
      expect([url, verdictOf(edited('SigningCertURL', JSON.stringify(url)))]).toEqual([
        url,
        'malformed',
      ])
    }
  })
})

describe('forms and queries', () => {
  test.each(['twilio', 'mandrill', 'plivo-v3'])('%s: ? and & in front, and odd names', (id) => {
    const made = makeRequest(id)
    const changes = [
      (text: string) => `?${text}`,
      (text: string) => `${text}&__proto__=1`,
      (text: string) => `${text}&constructor=`,
      (text: string) => `${text}&toString`,
      (text: string) => text.replace(/=/, '=%00'),
      (text: string) => `${text}${'&z=1'.repeat(1500)}`,
    ]
    for (const change of changes) expect(verdictOf(withBody(made, change))).toBe('invalid')
  })

  test('names that objects inherit are signed as any other', () => {
    for (const id of ['twilio', 'mandrill', 'plivo-v3']) {
      const body = Buffer.from('__proto__=1&constructor=2&a=%C3%BC+%20&a=&a=2&=3&b')
      const made = makeRequest(id, { body })
      expect([id, verdictOf(made)]).toEqual([id, 'valid'])
      expect(verdictOf(withBody(made, (text) => text.replace('=1', '=4')))).toBe('invalid')
    }
  })

  test('a query parameter is not found under another name', () => {
    const made = makeRequest('mercadopago')
    const target = made.head.target.replace('?', '??')
    expect(verdictOf({ ...made, head: { ...made.head, target } })).toBe('invalid')
  })
})

describe('Adyen', () => {
  const made = makeRequest('adyen')
  const text = Buffer.from(made.body).toString()
  const [item]: unknown[] = JSON.parse(text).notificationItems
  const verdict = (notificationItems: unknown) =>
    verdictOf({ ...made, body: Buffer.from(JSON.stringify({ notificationItems })) })

  test('every item must be right', () => {
    const wrong: unknown = JSON.parse(
      setJsonString(JSON.stringify(item), 'NotificationRequestItem.success', 'no') ?? '',
    )
    const bare: unknown = { NotificationRequestItem: { pspReference: 'x' } }
    expect(verdict([item, item])).toBe('valid')
    for (const second of [wrong, bare, null, 1, 'x', [], {}]) {
      expect(verdict([item, second])).toBe('invalid')
      expect(['invalid', 'unsigned']).toContain(verdict([second, item]))
    }
    for (const none of [[], {}, null, 'x', { 0: item }]) expect(verdict(none)).toBe('unsigned')
  })
})

describe('templates', () => {
  const scheme: Scheme = {
    ...schemeOf('github'),
    id: 'own',
    settings: [{ name: 'note', label: 'Note', hint: '', kind: 'text', required: true }],
    content: '{settings.note}|{header:x-note}|{body}',
  }
  const made = prepareSecret(scheme, { id: 1, name: 'key', text: 'key' })
  const [secret] = 'prepared' in made ? made.prepared : []

  test('values with braces are literal', () => {
    const note = '{body}{secret}{timestamp}$&$1{settings.note}'
    const content = `${note}|{body}|x`
    const signature = createHmac('sha256', 'key').update(content).digest('hex')
    const head: RequestHead = {
      method: 'POST',
      target: '/',
      rawHeaders: [
        ['x-note', '{body}'],
        ['X-Hub-Signature-256', `sha256=${signature}`],
      ],
    }
    const request = { scheme, secret, settings: { note }, head, body: Buffer.from('x') }
    expect(request.secret && verdictOf({ ...request, secret: request.secret })).toBe('valid')
  })

  test('the body comes before its digest, after it, and twice', () => {
    for (const content of ['{body:sha256-hex}{body}', '{body}{body:crc32}', '{body}.{body}']) {
      const own = { ...scheme, content, settings: [] }
      const head = { method: 'POST', target: '/', rawHeaders: [] }
      const body = Buffer.from('text')
      const input = { scheme: own, head, body, timestampMs: 1, messageId: null }
      const signed = secret && sign({ ...input, secret })
      if (!secret || !signed || 'problem' in signed) throw new Error('It was not signed.')
      const request = { scheme: own, secret, settings: {}, body, head: { ...head, ...signed } }
      expect([content, verdictOf(request)]).toEqual([content, 'valid'])
    }
  })

  test('an id in the body can be part of what is signed', () => {
    const own: Scheme = {
      ...scheme,
      content: '{id}.{body}',
      settings: [],
      messageId: { json: 'id' },
    }
    const body = Buffer.from('{"id":"evt_1"}')
    const head = { method: 'POST', target: '/', rawHeaders: [] }
    const signed =
      secret && sign({ scheme: own, secret, head, body, timestampMs: 1, messageId: null })
    if (!secret || !signed || 'problem' in signed) throw new Error('It was not signed.')
    const request = { scheme: own, secret, settings: {}, body, head: { ...head, ...signed } }
    expect(verdictOf(request)).toBe('valid')
    expect(verdictOf({ ...request, body: Buffer.from('{"id":""}') })).toBe('malformed')
  })
})
