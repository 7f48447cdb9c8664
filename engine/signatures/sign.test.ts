import { describe, expect, test } from 'vitest'
import type { RawHeader } from '#contract/http.ts'
import { contextOf, inMemory, makeRequest, schemeOf, SIGNED_AT_MS } from './made-request.ts'
import { newMessageId, sign, type Signed } from './sign.ts'
import { verify } from './verify.ts'

const LATER_MS = SIGNED_AT_MS + 60_500

function signWith(id: string, rawHeaders: RawHeader[], messageId: string | null = null): Signed {
  const made = makeRequest(id)
  return sign({ ...made, head: { ...made.head, rawHeaders }, timestampMs: LATER_MS, messageId })
}

function headersOf(signed: Signed): RawHeader[] {
  if ('problem' in signed) throw new Error(signed.problem)
  return signed.rawHeaders
}

describe('sign', () => {
  test('replaces in place, keeps the case, collapses repeats', () => {
    const headers = headersOf(
      signWith('svix', [
        ['Svix-Signature', 'v1,old'],
        ['X-One', '1'],
        ['SVIX-ID', 'msg_1'],
        ['svix-signature', 'v1,older'],
        ['x-one', '2'],
        ['svix-timestamp', '1'],
      ]),
    )
    expect(headers.map(([name]) => name)).toEqual([
      'Svix-Signature',
      'X-One',
      'SVIX-ID',
      'x-one',
      'svix-timestamp',
    ])
    expect(headers[2]).toEqual(['SVIX-ID', 'msg_1'])
    expect(headers[4]).toEqual(['svix-timestamp', '1760000060'])
    expect(headers[0]?.[1]).toMatch(/^v1,[A-Za-z0-9+/]{43}=$/)
  })

  test('stays in the header family that the request uses', () => {
    const headers = headersOf(signWith('svix', [['Webhook-Id', 'msg_1']]))
    expect(headers.map(([name]) => name)).toEqual([
      'Webhook-Id',
      'webhook-timestamp',
      'webhook-signature',
    ])
  })

  test('takes a new message id, keeps the old one, or makes one', () => {
    expect(signWith('svix', [['svix-id', 'msg_1']], 'msg_2')).toMatchObject({ messageId: 'msg_2' })
    expect(signWith('svix', [['svix-id', 'msg_1']])).toMatchObject({ messageId: 'msg_1' })
    expect(signWith('svix', [])).toMatchObject({
      messageId: expect.stringMatching(/^msg_[0-9a-f]{32}$/),
    })
    expect(signWith('svix', [], 'a\r\nb')).toHaveProperty('problem')
  })

  test('an id that is not signed is written only when given', () => {
    expect(headersOf(signWith('github', [])).map(([name]) => name)).toEqual(['X-Hub-Signature-256'])
    const headers = headersOf(signWith('github', [['x-github-delivery', 'old']], 'new'))
    expect(headers[0]).toEqual(['x-github-delivery', 'new'])
  })

  test('an id in the body cannot be changed by signing', () => {
    expect(signWith('stripe', [])).toMatchObject({ messageId: 'evt_1SGcountersignTest' })
    expect(signWith('stripe', [], 'evt_2')).toHaveProperty('problem')
    expect(signWith('notifykit', [], 'msg_2')).toHaveProperty('problem')
  })

  test('Novu is signed in milliseconds, NotifyKit with t= beside its header', () => {
    const novu = headersOf(signWith('novu', []))
    expect(novu[0]?.[1]).toMatch(/^t=1760000060500,v1=[0-9a-f]{64}$/)
    const notifykit = headersOf(signWith('notifykit', []))
    expect(notifykit[0]).toEqual(['X-Webhook-Timestamp', '1760000060'])
    expect(notifykit[1]?.[1]).toMatch(/^t=1760000060,v1=[0-9a-f]{64}$/)
  })

  test('what is signed anew is valid at that moment', () => {
    const made = makeRequest('stripe')
    const rawHeaders = headersOf(signWith('stripe', [...made.head.rawHeaders]))
    const context = contextOf({ ...made, head: { ...made.head, rawHeaders } }, { atMs: LATER_MS })
    expect(verify(context, inMemory(made.body)).verdict).toBe('valid')
  })

  test('a time before 1970 is a problem', () => {
    for (const timestampMs of [-1, Number.NaN]) {
      expect(sign({ ...makeRequest('svix'), timestampMs, messageId: null })).toHaveProperty(
        'problem',
      )
    }
  })
})

test('newMessageId', () => {
  expect(newMessageId(schemeOf('svix'))).toMatch(/^msg_[0-9a-f]{32}$/)
  expect(newMessageId(schemeOf('github'))).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4/)
  expect(newMessageId(schemeOf('github'))).not.toBe(newMessageId(schemeOf('github')))
  for (const id of ['stripe', 'novu', 'notifykit']) expect(newMessageId(schemeOf(id))).toBeNull()
})
