import { describe, expect, it } from 'vitest'
import type { SchemeInfo } from '#contract/endpoint.ts'
import { pathOf, stepsFor } from './provider-steps.ts'

function scheme(change: Partial<SchemeInfo> = {}): SchemeInfo {
  return {
    id: 'acme',
    name: 'Acme',
    documentationUrl: 'https://acme.example/docs',
    algorithm: 'HMAC-SHA256',
    tolerance: null,
    signaturePlace: 'Acme-Signature',
    confidence: { kind: 'documentation', by: '' },
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
    secretHint: 'the secret in the dashboard',
    secretPrefix: null,
    common: true,
    quirks: [],
    ...change,
  }
}

describe('stepsFor', () => {
  it('speaks from the scheme’s data where nothing more is known', () => {
    const made = scheme({ answerWithinSeconds: 5, challenges: ['hello'] })
    const steps = stepsFor(made, 'http://203.0.113.9:4100')
    expect(steps).toEqual([
      {
        text: 'In Acme’s webhook settings, enter this URL.',
        code: 'http://203.0.113.9:4100/acme',
      },
      { text: 'Copy the secret: the secret in the dashboard. Make an endpoint with it here.' },
      {
        text: 'Send a test event from there. Acme signs in Acme-Signature; the delivery appears here with its verdict. Its handshake is answered by itself. It waits 5 s for an answer.',
      },
    ])
  })

  it.each(['http://127.0.0.1:4100', 'http://[::1]:4100', 'http://localhost:4100/'])(
    'tells of a tunnel where only this machine is reached: %s',
    (url) => {
      expect(stepsFor(scheme(), url)[1]).toMatchObject({
        text: expect.stringMatching(/put a tunnel in front.*\/acme\.$/),
        code: `cloudflared tunnel --url ${url}`,
      })
    },
  )

  it('knows the way of the providers whose pages it was told', () => {
    const stripe = stepsFor(scheme({ id: 'stripe', name: 'Stripe' }), 'http://127.0.0.1:4100')
    expect(stripe.map(({ code }) => code)).toContain(
      'stripe listen --forward-to http://127.0.0.1:4100/stripe',
    )
    for (const [id, words] of [
      ['notifykit', 'Webhook Security'],
      ['novu', 'dashboard.novu.co/api-keys'],
      ['svix', 'Tools & customisations'],
    ] as const) {
      const texts = stepsFor(scheme({ id }), 'http://127.0.0.1:4100').map(({ text }) => text)
      expect(texts.join(' ')).toContain(words)
    }
  })

  it('asks for a public key where that is what verifies', () => {
    const texts = stepsFor(scheme({ secretKind: 'public-key' }), 'http://h').map(({ text }) => text)
    expect(texts.join(' ')).toContain('Copy the public key:')
  })
})

it('paths are words', () => {
  expect(pathOf({ id: 'aws-sns' })).toBe('/aws-sns')
  expect(pathOf({ id: 'our+scheme' })).toBe('/our-scheme')
})
