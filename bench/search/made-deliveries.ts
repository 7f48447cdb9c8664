import { createHash } from 'node:crypto'
import type { Verdict } from '#contract/verdict.ts'
import { nothingRead } from '#contract/verification.ts'
import type { NewDelivery } from '#engine/store/types.ts'

/** Words that are put into chosen parts of the bodies, so that a search's share is known. */
export const planted = [
  { word: 'zyzzyva', every: 50_000 },
  { word: 'quokka', every: 1_000 },
  { word: 'settlement', every: 4 },
] as const

interface Provider {
  scheme: string
  endpoint: number
  types: readonly string[]
  agent: string
  signature: string
}

const providers: readonly Provider[] = [
  {
    scheme: 'stripe',
    endpoint: 1,
    types: [
      'invoice.paid',
      'invoice.created',
      'charge.succeeded',
      'charge.refunded',
      'customer.updated',
    ],
    agent: 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
    signature: 'Stripe-Signature',
  },
  {
    scheme: 'github',
    endpoint: 2,
    types: ['push', 'pull_request', 'issues', 'workflow_run', 'check_suite'],
    agent: 'GitHub-Hookshot/044aadd',
    signature: 'X-Hub-Signature-256',
  },
  {
    scheme: 'shopify',
    endpoint: 3,
    types: ['orders/create', 'orders/paid', 'products/update', 'carts/update'],
    agent: 'Shopify-Captain-Hook',
    signature: 'X-Shopify-Hmac-Sha256',
  },
  {
    scheme: 'svix',
    endpoint: 4,
    types: ['user.created', 'user.updated', 'session.ended', 'organization.created'],
    agent: 'Svix-Webhooks/1.62',
    signature: 'svix-signature',
  },
]

const verdictShares: readonly (readonly [Verdict, number])[] = [
  ['valid', 0.86],
  ['invalid', 0.93],
  ['stale', 0.96],
  ['unsigned', 0.98],
  ['malformed', 0.99],
  ['no-secret', 1],
]

/** The same numbers in every run. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const SYLLABLES = 'ba ce di fo gu la me ni po ru sa te vi zo ka lem ton ard ist ble'.split(' ')
const WORDS = 20_000

/** Made-up words, the first ones often and the last ones seldom (Zipf). */
function vocabulary(random: () => number): () => string {
  const words = Array.from({ length: WORDS }, () =>
    Array.from({ length: 2 + Math.floor(random() * 3) }, () => pick(SYLLABLES, random)).join(''),
  )
  return () => words[Math.floor(Math.exp(random() * Math.log(WORDS))) - 1] ?? 'ba'
}

function pick<T>(from: readonly T[], random: () => number): T {
  const one = from[Math.floor(random() * from.length)]
  if (one === undefined) throw new RangeError('There is nothing to pick from.')
  return one
}

/** When the first delivery came, and how far apart they are. */
export const START_MS = Date.UTC(2026, 5, 1)
export const MS_BETWEEN = 250

/** Deliveries of 1 KiB as four providers send them; `index` from 0. */
export function deliveryMaker(seed: number, startMs: number): (index: number) => NewDelivery {
  const random = seeded(seed)
  const word = vocabulary(random)
  return (index) => {
    const receivedAtMs = startMs + index * MS_BETWEEN + Math.floor(random() * 200)
    // One in twelve is an earlier message once more.
    const repeats = random() < 1 / 12 && index > 100
    const number = repeats ? index - 1 - Math.floor(random() * 100) : index
    const provider = providers[number % providers.length] ?? pick(providers, random)
    const type = pick(provider.types, random)
    const digest = createHash('md5').update(String(number)).digest('hex')
    const messageId = `msg_${number.toString(36).padStart(6, '0')}${digest.slice(0, 18)}`
    const bytes = Buffer.from(body(index, type, messageId, word, random))
    const dice = random()
    const verdict = verdictShares.find(([, share]) => dice < share)?.[0] ?? 'valid'
    const skewSeconds = Math.round((random() ** 8 * 400 - 0.4) * 1000) / 1000
    return {
      receivedAtMs,
      completedAtMs: receivedAtMs + 2,
      endpointId: number % 25 === 0 ? null : provider.endpoint,
      remoteAddress: '203.0.113.7',
      remotePort: 40_000 + (index % 20_000),
      httpVersion: '1.1',
      method: 'POST',
      target: `/hooks/${provider.scheme}?tenant=${Math.floor(random() * 500)}`,
      rawHeaders: headers(provider, type, messageId, bytes.length, random),
      rawTrailers: [],
      body: { kind: 'memory', bytes },
      bodySha256: createHash('sha256').update(bytes).digest('hex'),
      problem: null,
      problemDetail: null,
      answer: {
        status: verdict === 'valid' ? (random() < 0.01 ? 500 : 200) : 401,
        rawHeaders: [],
        by: 'default' as const,
      },
      verification: {
        ...nothingRead,
        verdict,
        schemeId: provider.scheme,
        reason: { code: 'bench', sentence: 'Made up for a measurement.' },
        messageId,
        eventType: type,
        skewSeconds,
      },
      revision: 1,
      signatureDigest: null,
      schemeHasMessageId: true,
      replayId: null,
    }
  }
}

function headers(
  provider: Provider,
  type: string,
  messageId: string,
  length: number,
  random: () => number,
): [string, string][] {
  const hex = Array.from({ length: 8 }, () => Math.floor(random() * 2 ** 32).toString(16)).join('')
  return [
    ['Host', 'hooks.example.com'],
    ['User-Agent', provider.agent],
    ['Accept', '*/*'],
    ['Content-Type', 'application/json'],
    ['Content-Length', String(length)],
    ['X-Event-Type', type],
    ['X-Message-Id', messageId],
    [provider.signature, `v1=${hex}`],
  ]
}

const BODY_BYTES = 1_024

function body(
  index: number,
  type: string,
  messageId: string,
  word: () => string,
  random: () => number,
): string {
  const head = {
    id: messageId,
    type,
    livemode: index % 7 !== 0,
    data: {
      object: {
        amount: Math.floor(random() * 100_000),
        currency: pick(['eur', 'usd', 'gbp', 'jpy'], random),
        customer: `cus_${Math.floor(random() * 40_000).toString(36)}`,
        state: pick(['paid', 'open', 'void', 'draft'], random),
      },
    },
  }
  const special = planted.flatMap((each) => (index % each.every === 1 ? [each.word] : []))
  const words: string[] = [...special]
  let length = JSON.stringify(head).length + 20
  while (length < BODY_BYTES) {
    const next = word()
    words.push(next)
    length += next.length + 1
  }
  return JSON.stringify({ ...head, description: words.join(' ') })
}
