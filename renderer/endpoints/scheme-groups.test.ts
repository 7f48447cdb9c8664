import { describe, expect, it } from 'vitest'
import type { SchemeInfo } from '#contract/endpoint.ts'
import { findSchemes, groupSchemes } from './scheme-groups.ts'

function scheme(id: string, name: string, more: Partial<SchemeInfo> = {}): SchemeInfo {
  return {
    id,
    name,
    documentationUrl: 'https://example.com',
    algorithm: 'HMAC-SHA256',
    tolerance: null,
    signaturePlace: `X-${name}-Signature`,
    confidence: { kind: 'unconfirmed', by: 'nobody' },
    settings: [],
    secretKind: 'shared-secret',
    keyHost: null,
    challenges: [],
    retries: null,
    retrySchedule: null,
    urlNeeds: null,
    answersByVerdict: false,
    answerWithinSeconds: null,
    own: false,
    hasMessageId: false,
    hasTimestamp: false,
    secretHint: 'the secret',
    secretPrefix: null,
    common: false,
    quirks: [],
    ...more,
  }
}

const stripe = scheme('stripe', 'Stripe', { common: true, signaturePlace: 'Stripe-Signature' })
const github = scheme('github', 'GitHub', { common: true, signaturePlace: 'X-Hub-Signature-256' })
const meta = scheme('meta', 'Meta', { signaturePlace: 'X-Hub-Signature-256' })
const adyen = scheme('adyen', 'Adyen payment webhooks')
const mine = scheme('mine', 'My shop', { own: true })
const lemon = scheme('lemonsqueezy', 'Lemon Squeezy', { signaturePlace: 'X-Signature' })
const all = [stripe, github, meta, adyen, mine, lemon]
const ids = (schemes: SchemeInfo[]) => schemes.map(({ id }) => id)

describe('groupSchemes', () => {
  it('puts the recognised first, then own, common and the rest by name, none twice', () => {
    const groups = groupSchemes(all, ['meta', 'stripe', 'gone'])
    expect(groups.map(({ name, schemes }) => [name, ...ids(schemes)])).toEqual([
      ['Recognised', 'meta', 'stripe'],
      ['Your own', 'mine'],
      ['Common', 'github'],
      ['All others', 'adyen', 'lemonsqueezy'],
    ])
  })
  it('has no empty group', () => {
    expect(groupSchemes([adyen], []).map(({ name }) => name)).toEqual(['All others'])
  })
})

describe('findSchemes', () => {
  it('matches name, id and header name, without case', () => {
    expect(ids(findSchemes(all, 'STRIPE'))).toEqual(['stripe'])
    expect(ids(findSchemes(all, 'lemonsq'))).toEqual(['lemonsqueezy'])
    expect(ids(findSchemes(all, 'x-hub-signature'))).toEqual(['github', 'meta'])
    expect(ids(findSchemes(all, 'squeezy'))).toEqual(['lemonsqueezy'])
    expect(ids(findSchemes(all, 'payment adyen'))).toEqual(['adyen'])
    expect(findSchemes(all, 'nothing like it')).toEqual([])
  })
  it('puts an exact header before those that merely have it within', () => {
    expect(ids(findSchemes(all, 'x-signature'))[0]).toBe('lemonsqueezy')
  })
  it('finds every scheme by its own id first', () => {
    for (const { id } of all) expect(ids(findSchemes(all, id))[0]).toBe(id)
  })
})
