import type { Json, ProviderEvent, ProviderEvents } from '#engine/replay/compose/provider-event.ts'

function typed(type: string, data: Json): ProviderEvent {
  return { name: type, body: { type, timestamp: '{{isoNow}}', data } }
}

const contact = {
  id: 'con_{{hex 8}}',
  email: '{{email}}',
  name: '{{firstName}} {{lastName}}',
  company: '{{company}}',
}

/** As the specification writes its example payloads: type, timestamp, data. */
const standard: readonly ProviderEvent[] = [
  typed('contact.created', contact),
  typed('contact.updated', contact),
  typed('contact.deleted', { id: 'con_{{hex 8}}' }),
  typed('invoice.paid', { id: 'inv_{{hex 8}}', total: '{{amount}}', currency: 'EUR' }),
]

function charge(type: string, status: string): ProviderEvent {
  return typed(type, {
    id: 'chg_{{hex 8}}',
    amount: '{{amount}}',
    currency: 'AED',
    status,
    customer: { name: '{{firstName}} {{lastName}}', email: '{{email}}' },
  })
}

function notifykit(event: string, fields: Record<string, Json>): ProviderEvent {
  return { name: event, body: { event, ...fields } }
}

function openai(type: string, id: string): ProviderEvent {
  return {
    name: type,
    body: { id: 'evt_{{hex 32}}', object: 'event', created_at: '={{now}}', type, data: { id } },
  }
}

function plain(type: string, data: Json): ProviderEvent {
  return { name: type, body: { id: 'evt_{{counter}}', type, createdAt: '{{isoNow}}', data } }
}

export const plainEvents: readonly ProviderEvent[] = [
  plain('example.created', { amount: '={{int 500 90000}}', currency: 'eur', email: '{{email}}' }),
  plain('example.updated', { status: '{{pick open closed}}', note: '{{sentence}}' }),
  {
    name: 'form',
    headers: [['Content-Type', 'application/x-www-form-urlencoded']],
    body: 'event=example.created&email={{email|url}}&city={{city|url}}',
  },
]

export const senders: ProviderEvents = {
  'standard-webhooks': standard,
  'standard-webhooks-v1a': standard,
  custom: plainEvents,
  // Nomod and many others send through Svix.
  svix: [
    charge('charge.paid', 'paid'),
    charge('charge.failed', 'failed'),
    typed('charge.refunded', { id: 'chg_{{hex 8}}', refund: { amount: '{{amount}}' } }),
    typed('user.created', contact),
  ],
  notifykit: [
    notifykit('payment.completed', { paymentId: 'pay_{{hex 8}}', completedAt: '{{isoNow}}' }),
    notifykit('order.shipped', { orderId: 'ord_{{int 1000 9999}}', shippedAt: '{{isoNow}}' }),
    notifykit('order.cancelled', { orderId: 'ord_{{int 1000 9999}}', reason: '{{sentence}}' }),
  ],
  openai: [
    openai('response.completed', 'resp_{{hex 32}}'),
    openai('batch.completed', 'batch_{{hex 32}}'),
    openai('fine_tuning.job.failed', 'ftjob-{{hex 24}}'),
  ],
}
