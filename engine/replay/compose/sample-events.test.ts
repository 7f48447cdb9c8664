import { describe, expect, test } from 'vitest'
import type { Scheme } from '#contract/scheme.ts'
import { buildReplay } from '#engine/replay/build.ts'
import { prepareReplay } from '#engine/replay/replay-once.ts'
import { schemes } from '#engine/signatures/catalogue.ts'
import { contextOf, inMemory, secretOf, settingsOf } from '#engine/signatures/made-request.ts'
import { newMessageId } from '#engine/signatures/sign.ts'
import { verify } from '#engine/signatures/verify.ts'
import { readDraft } from './render-draft.ts'
import { sampleEvents } from './sample-events.ts'

const NOW_MS = 1_760_000_000_000

/** Those that most people look for: several events, not one. */
const common = (
  'stripe github shopify slack svix novu notifykit clerk resend paddle twilio sendgrid discord ' +
  'linear standard-webhooks paypal lemonsqueezy hubspot-v3 gitlab-token zoom intercom calendly ' +
  'razorpay square mailgun postmark telegram vercel sentry workos openai woocommerce custom'
).split(' ')

function rendered(event: ReturnType<typeof sampleEvents>[number], scheme: Scheme | null, seed = 1) {
  const ready = readDraft(
    {
      ...event,
      schemeId: scheme?.id ?? null,
      endpointId: null,
      settings: {},
      body: { kind: 'template', text: event.body },
      seed,
    },
    seed,
  )
  if ('problem' in ready) throw new Error(`${event.name}: ${ready.problem}`)
  const request = ready.render(1, NOW_MS)
  if ('problem' in request) throw new Error(request.problem)
  return request
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

const every = schemes.flatMap((scheme) =>
  sampleEvents(scheme).map((event) => [`${scheme.id} ${event.name}`, scheme, event] as const),
)

describe('sample events', () => {
  test('are there for every scheme, and at least three for the common ones', () => {
    expect(schemes.filter((scheme) => sampleEvents(scheme).length === 0)).toEqual([])
    const few = common.filter((id) => {
      const scheme = schemes.find((one) => one.id === id)
      return !scheme || sampleEvents(scheme).length < 3
    })
    expect(few).toEqual([])
    for (const scheme of schemes) {
      const names = sampleEvents(scheme).map(({ name }) => name)
      expect(new Set(names).size).toBe(names.length)
    }
  })

  test.each(every)('%s renders, is signed and verifies', (_, scheme, event) => {
    const secret = secretOf(scheme)
    const settings = settingsOf(scheme)
    const made = prepareReplay({
      delivery: rendered(event, scheme),
      url: 'http://127.0.0.1:4100/in',
      resign: event.unsigned
        ? null
        : { scheme, secret, settings, timestampMs: NOW_MS, messageId: newMessageId(scheme) },
    })
    if ('problem' in made) throw new Error(made.problem)
    const { request } = made
    const context = contextOf(
      { scheme, secret, head: request, body: request.body, settings },
      { atMs: NOW_MS },
    )
    const { verdict, reason } = verify(context, inMemory(request.body))
    // A handshake that nobody signs is one without its signature.
    expect({ verdict, reason }).toMatchObject({ verdict: event.unsigned ? 'challenge' : 'valid' })
  })

  test('JSON bodies are JSON, with bare numbers and all digits', () => {
    for (const [name, scheme, event] of every) {
      const { body, rawHeaders } = rendered(event, scheme)
      const type = rawHeaders.find(([header]) => header.toLowerCase() === 'content-type')?.[1] ?? ''
      if (!type.includes('json') || body.length === 0) continue
      const text = Buffer.from(body).toString()
      expect({ name, isJson: isJson(text), left: /\{\{|"=/.test(text) }).toEqual({
        ...{ name, isJson: true, left: false },
      })
    }
    const shopify = schemes.find(({ id }) => id === 'shopify') ?? null
    const [order] = sampleEvents(shopify)
    if (!order) throw new Error('There is no order.')
    const text = Buffer.from(rendered(order, shopify).body).toString()
    expect(text).toMatch(/"id": 820982911946154\d{3},/)
  })

  test('are the same with the same seed and others with another', () => {
    const [event] = sampleEvents(null)
    if (!event) throw new Error('There is no plain event.')
    const text = (seed: number) => Buffer.from(rendered(event, null, seed).body).toString()
    expect(text(5)).toBe(text(5))
    expect(text(5)).not.toBe(text(6))
  })

  test('Novu’s bridge is asked with all of its actions, each with its query', () => {
    const novu = schemes.find(({ id }) => id === 'novu') ?? null
    const asked = sampleEvents(novu).map((event) => {
      const built = buildReplay({ delivery: rendered(event, novu), url: 'http://h/api/novu' })
      if ('problem' in built) throw new Error(built.problem)
      const { searchParams } = new URL(built.target, 'http://h')
      return `${built.method} ${searchParams.get('action')}`
    })
    expect(new Set(asked)).toEqual(
      new Set([
        'POST execute',
        'POST preview',
        'POST trigger',
        'POST agent-event',
        'GET discover',
        'GET code',
        'GET health-check',
      ]),
    )
  })
})
