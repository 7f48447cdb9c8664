import type { RawHeader } from '#contract/http.ts'
import type { Random } from './random.ts'

/** What a provider would send: the headers that go with the event, and its body. */
export interface DemoEvent {
  headers?: RawHeader[]
  body: string
  /** The one that the provider sends in a header; a scheme that has it in the body takes it there. */
  messageId?: string
}

export type MakeEvent = (random: Random, atMs: number) => DemoEvent

const people = ['Ada Example', 'Grace Example', 'Alan Example', 'Edsger Example'] as const
const iso = (ms: number) => new Date(ms).toISOString()
const mail = (name: string) => `${name.split(' ')[0]?.toLowerCase()}@example.test`
const money = (random: Random) => random.between(5, 480) * 100 + random.pick([0, 50, 99])

/** Stripe writes its bodies indented. */
export const stripeEvent: MakeEvent = (random, atMs) => {
  const type = random.pick([
    'invoice.paid',
    'invoice.paid',
    'invoice.payment_failed',
    'payment_intent.succeeded',
    'charge.refunded',
    'customer.subscription.updated',
  ])
  const amount = money(random)
  const object = {
    id: `in_${random.text(16)}`,
    object: type.split('.')[0],
    amount_due: amount,
    amount_paid: type === 'invoice.payment_failed' ? 0 : amount,
    currency: random.pick(['eur', 'usd', 'gbp']),
    customer: `cus_${random.text(14)}`,
    customer_email: mail(random.pick(people)),
    status: type === 'invoice.payment_failed' ? 'open' : 'paid',
    lines: {
      object: 'list',
      data: [{ id: `il_${random.text(14)}`, amount, description: 'Team plan', quantity: 3 }],
    },
    metadata: { order: `ord_${random.between(1000, 9999)}` },
  }
  const event = {
    id: `evt_1${random.text(23)}`,
    object: 'event',
    api_version: '2025-09-30.clover',
    created: Math.floor(atMs / 1000),
    data: { object },
    livemode: false,
    pending_webhooks: 1,
    request: { id: `req_${random.text(14)}`, idempotency_key: null },
    type,
  }
  return { body: JSON.stringify(event, null, 2) }
}

export const githubEvent: MakeEvent = (random, atMs) => {
  const name = random.pick(['push', 'push', 'pull_request', 'issues', 'check_run'])
  const repository = {
    id: 1_296_269,
    full_name: 'example/hooks',
    private: false,
    default_branch: 'main',
  }
  const sender = { login: random.pick(['ada-example', 'grace-example']), type: 'User' }
  const body =
    name === 'push'
      ? {
          ref: 'refs/heads/main',
          before: random.hex(40),
          after: random.hex(40),
          repository,
          commits: Array.from({ length: random.between(1, 4) }, () => ({
            id: random.hex(40),
            message: random.pick(['Fix the rounding of refunds', 'Say why a signature is refused']),
            timestamp: iso(atMs - 60_000),
            modified: ['src/webhooks/stripe.ts', 'test/webhooks.test.ts'],
          })),
          sender,
        }
      : { action: random.pick(['opened', 'closed', 'synchronize']), repository, sender }
  const id = `${random.hex(8)}-${random.hex(4)}-11f0-${random.hex(4)}-${random.hex(12)}`
  return { headers: [['X-GitHub-Event', name]], body: JSON.stringify(body), messageId: id }
}

/** Numbers beyond 2^53, as Shopify's ids are: digits must survive. */
export const shopifyEvent: MakeEvent = (random, atMs) => {
  const topic = random.pick(['orders/create', 'orders/paid', 'products/update', 'refunds/create'])
  const id = `8209829119461${random.between(10_000, 99_999)}`
  const price = (money(random) / 100).toFixed(2)
  const body = `{"id":${id}3,"name":"#${random.between(1000, 1999)}","email":"${mail(random.pick(people))}","created_at":"${iso(atMs)}","currency":"EUR","total_price":"${price}","financial_status":"paid","line_items":[{"id":866550311766439${random.between(100, 999)},"title":"Mug – “Ünicode”","quantity":${random.between(1, 4)},"price":"${price}"}]}`
  const messageId = `${random.hex(8)}-${random.hex(4)}-4${random.hex(3)}-9${random.hex(3)}-${random.hex(12)}`
  return { headers: [['X-Shopify-Topic', topic]], body, messageId }
}

export const slackEvent: MakeEvent = (random, atMs) => {
  const type = random.pick(['app_mention', 'message', 'reaction_added'])
  const ts = `${Math.floor(atMs / 1000)}.000${random.between(100, 999)}`
  const body = {
    token: 'example-verification-token',
    team_id: 'T0EXAMPLE1',
    api_app_id: 'A0EXAMPLE1',
    event: { type, user: 'U0EXAMPLE1', text: 'deploy <https://example.test|this>', ts },
    type: 'event_callback',
    event_id: `Ev${random.text(9).toUpperCase()}`,
    event_time: Math.floor(atMs / 1000),
  }
  return { body: JSON.stringify(body) }
}

export const svixEvent: MakeEvent = (random, atMs) => {
  const type = random.pick(['charge.paid', 'charge.paid', 'charge.failed', 'refund.created'])
  const data = {
    id: `chg_${random.text(10).toLowerCase()}`,
    amount: (money(random) / 100).toFixed(2),
    currency: 'AED',
    status: type.split('.')[1],
    customer: random.pick(people),
  }
  const body = JSON.stringify({ type, timestamp: iso(atMs), data })
  return { body, messageId: `msg_${random.text(27)}` }
}

export const novuEvent: MakeEvent = (random) => {
  const body = {
    workflowId: random.pick(['welcome', 'password-reset', 'weekly-digest']),
    stepId: 'send-email',
    action: 'execute',
    payload: { plan: random.pick(['team', 'free']) },
    controls: {},
    state: [],
    subscriber: { subscriberId: `user-${random.between(100, 999)}`, email: 'ada@example.test' },
  }
  return { body: JSON.stringify(body) }
}

export const notifykitEvent: MakeEvent = (random, atMs) => {
  const event = random.pick(['payment.completed', 'order.shipped', 'order.cancelled'])
  const body = {
    event,
    orderId: `ord_${random.between(1000, 9999)}`,
    amount: money(random) / 100,
    at: iso(atMs),
  }
  return { body: JSON.stringify(body) }
}

export const twilioEvent: MakeEvent = (random) => {
  const form = new URLSearchParams({
    AccountSid: `AC${random.hex(32)}`,
    ApiVersion: '2010-04-01',
    Body: random.pick(['Where is my parcel?', 'STOP', 'Danke schön!']),
    From: '+15550001042',
    MessageSid: `SM${random.hex(32)}`,
    NumMedia: '0',
    SmsStatus: 'received',
    To: '+15550002042',
  })
  return { body: form.toString() }
}

export const discordEvent: MakeEvent = (random) => {
  // One in four is Discord asking whether the endpoint is there.
  const ping = random.between(1, 4) === 1
  const command = {
    data: { id: '866818195033292850', name: random.pick(['deploy', 'status']), type: 1 },
    member: { user: { id: '53908232506183680', username: 'ada' }, permissions: '0' },
  }
  const body = {
    id: `8464626391346${random.between(10_000, 99_999)}`,
    application_id: '775799577604522054',
    type: ping ? 1 : 2,
    token: 'example-interaction-token',
    version: 1,
    ...(ping ? {} : command),
  }
  return { body: JSON.stringify(body) }
}

export const zoomEvent: MakeEvent = (random, atMs) => {
  const event = random.pick(['meeting.started', 'meeting.ended'])
  const object = { id: `${random.between(10 ** 9, 2 * 10 ** 9)}`, topic: 'Weekly', type: 8 }
  return { body: JSON.stringify({ event, event_ts: atMs, payload: { object } }) }
}

export const resendEvent: MakeEvent = (random, atMs) => {
  const type = random.pick(['email.sent', 'email.delivered', 'email.opened', 'email.bounced'])
  const data = {
    email_id: `${random.hex(8)}-7520-42d8-8898-${random.hex(12)}`,
    created_at: iso(atMs - 2000),
    from: 'Example Shop <shop@example.test>',
    to: [mail(random.pick(people))],
    subject: 'Your receipt',
  }
  const body = JSON.stringify({ type, created_at: iso(atMs), data })
  return { body, messageId: `msg_${random.text(27)}` }
}
