import type { Json, ProviderEvent, ProviderEvents } from '#engine/replay/compose/provider-event.ts'

function stripe(type: string, object: Json): ProviderEvent {
  return {
    name: type,
    body: {
      id: 'evt_1{{hex 23}}',
      object: 'event',
      api_version: '2025-09-30.clover',
      created: '={{now}}',
      data: { object },
      livemode: false,
      pending_webhooks: 1,
      request: { id: 'req_{{hex 14}}', idempotency_key: '{{uuid}}' },
      type,
    },
  }
}

function paypal(event_type: string, resource_type: string, resource: Json): ProviderEvent {
  return {
    name: event_type,
    body: {
      id: 'WH-{{hex 17|upper}}-{{hex 17|upper}}',
      event_version: '1.0',
      create_time: '{{isoNow}}',
      resource_type,
      event_type,
      summary: '{{sentence}}',
      resource,
    },
  }
}

function paddle(event_type: string, data: Json): ProviderEvent {
  return {
    name: event_type,
    body: {
      event_id: 'evt_01{{hex 24}}',
      event_type,
      occurred_at: '{{isoNow}}',
      notification_id: 'ntf_01{{hex 24}}',
      data,
    },
  }
}

function lemonSqueezy(name: string, type: string, attributes: Json): ProviderEvent {
  return {
    name,
    headers: [['X-Event-Name', name]],
    body: {
      meta: { event_name: name, test_mode: true, custom_data: { user_id: 'user-{{int 100 999}}' } },
      data: { type, id: '{{int 1000 9999}}', attributes },
    },
  }
}

function razorpay(event: string, entity: string, fields: Json): ProviderEvent {
  return {
    name: event,
    body: {
      entity: 'event',
      account_id: 'acc_{{hex 14}}',
      event,
      contains: [entity],
      payload: { [entity]: { entity: fields } },
      created_at: '={{now}}',
    },
  }
}

function square(type: string, object: string, fields: Json): ProviderEvent {
  return {
    name: type,
    body: {
      merchant_id: '{{hex 13|upper}}',
      type,
      event_id: '{{uuid}}',
      created_at: '{{isoNow}}',
      data: { type: object, id: '{{hex 22}}', object: { [object]: fields } },
    },
  }
}

const charge = {
  id: 'ch_3{{hex 23}}',
  object: 'charge',
  amount: '={{int 500 90000}}',
  currency: '{{pick eur usd gbp}}',
  customer: 'cus_{{hex 14}}',
  billing_details: { name: '{{firstName}} {{lastName}}', email: '{{email}}' },
}

export const payments: ProviderEvents = {
  stripe: [
    stripe('invoice.paid', {
      id: 'in_1{{hex 23}}',
      object: 'invoice',
      amount_due: 4200,
      amount_paid: 4200,
      currency: 'eur',
      customer: 'cus_{{hex 14}}',
      customer_email: '{{email}}',
      status: 'paid',
      lines: {
        object: 'list',
        data: [{ id: 'il_{{hex 14}}', amount: 4200, description: 'Team plan', quantity: 3 }],
      },
    }),
    stripe('invoice.payment_failed', {
      id: 'in_1{{hex 23}}',
      object: 'invoice',
      amount_due: '={{int 500 90000}}',
      amount_paid: 0,
      attempt_count: 1,
      currency: 'eur',
      customer: 'cus_{{hex 14}}',
      customer_email: '{{email}}',
      next_payment_attempt: '={{now +3d}}',
      status: 'open',
    }),
    stripe('checkout.session.completed', {
      id: 'cs_test_{{hex 58}}',
      object: 'checkout.session',
      amount_total: '={{int 500 90000}}',
      client_reference_id: 'order-{{counter}}',
      currency: 'eur',
      customer_details: { email: '{{email}}', name: '{{firstName}} {{lastName}}' },
      mode: 'payment',
      payment_intent: 'pi_3{{hex 23}}',
      payment_status: 'paid',
      status: 'complete',
    }),
    stripe('customer.subscription.updated', {
      id: 'sub_1{{hex 23}}',
      object: 'subscription',
      cancel_at_period_end: '={{pick true false}}',
      customer: 'cus_{{hex 14}}',
      items: {
        object: 'list',
        data: [
          { id: 'si_{{hex 14}}', quantity: '={{int 1 40}}', price: { id: 'price_1{{hex 23}}' } },
        ],
      },
      status: '{{pick active past_due trialing}}',
    }),
    stripe('charge.refunded', { ...charge, amount_refunded: 4200, refunded: true }),
    stripe('charge.dispute.created', {
      id: 'du_1{{hex 23}}',
      object: 'dispute',
      amount: '={{int 500 90000}}',
      charge: 'ch_3{{hex 23}}',
      currency: 'eur',
      evidence_details: { due_by: '={{now +7d}}', has_evidence: false },
      reason: '{{pick fraudulent duplicate product_not_received}}',
      status: 'needs_response',
    }),
  ],
  paypal: [
    paypal('PAYMENT.CAPTURE.COMPLETED', 'capture', {
      id: '{{hex 17|upper}}',
      status: 'COMPLETED',
      amount: { currency_code: 'USD', value: '{{amount}}' },
    }),
    paypal('PAYMENT.CAPTURE.REFUNDED', 'refund', {
      id: '{{hex 17|upper}}',
      status: 'COMPLETED',
      amount: { currency_code: 'USD', value: '{{amount}}' },
      note_to_payer: 'Returned',
    }),
    paypal('BILLING.SUBSCRIPTION.CANCELLED', 'subscription', {
      id: 'I-{{hex 12|upper}}',
      status: 'CANCELLED',
      subscriber: { email_address: '{{email}}' },
    }),
  ],
  paddle: [
    paddle('transaction.completed', {
      id: 'txn_01{{hex 24}}',
      status: 'completed',
      customer_id: 'ctm_01{{hex 24}}',
      currency_code: 'EUR',
      details: { totals: { total: '{{int 500 90000}}', tax: '{{int 10 900}}' } },
    }),
    paddle('subscription.created', {
      id: 'sub_01{{hex 24}}',
      status: 'active',
      customer_id: 'ctm_01{{hex 24}}',
      items: [{ quantity: '={{int 1 40}}', price: { id: 'pri_01{{hex 24}}' } }],
      next_billed_at: '{{isoNow +30d}}',
    }),
    paddle('subscription.canceled', {
      id: 'sub_01{{hex 24}}',
      status: 'canceled',
      customer_id: 'ctm_01{{hex 24}}',
      canceled_at: '{{isoNow}}',
    }),
  ],
  lemonsqueezy: [
    lemonSqueezy('order_created', 'orders', {
      store_id: 1,
      order_number: '={{counter}}',
      user_email: '{{email}}',
      currency: 'USD',
      total: '={{int 500 90000}}',
      status: 'paid',
    }),
    lemonSqueezy('subscription_created', 'subscriptions', {
      store_id: 1,
      user_email: '{{email}}',
      product_name: 'Team plan',
      renews_at: '{{isoNow +30d}}',
      status: 'active',
    }),
    lemonSqueezy('subscription_payment_failed', 'subscription-invoices', {
      store_id: 1,
      user_email: '{{email}}',
      billing_reason: 'renewal',
      total: '={{int 500 90000}}',
      status: 'pending',
    }),
  ],
  razorpay: [
    razorpay('payment.captured', 'payment', {
      id: 'pay_{{hex 14}}',
      amount: '={{int 10000 900000}}',
      currency: 'INR',
      status: 'captured',
      email: '{{email}}',
    }),
    razorpay('payment.failed', 'payment', {
      id: 'pay_{{hex 14}}',
      amount: '={{int 10000 900000}}',
      currency: 'INR',
      status: 'failed',
      error_code: 'BAD_REQUEST_ERROR',
    }),
    razorpay('refund.processed', 'refund', {
      id: 'rfnd_{{hex 14}}',
      payment_id: 'pay_{{hex 14}}',
      amount: '={{int 10000 900000}}',
      status: 'processed',
    }),
  ],
  square: [
    square('payment.created', 'payment', {
      id: '{{hex 22}}',
      amount_money: { amount: '={{int 500 90000}}', currency: 'USD' },
      status: 'APPROVED',
    }),
    square('payment.updated', 'payment', {
      id: '{{hex 22}}',
      amount_money: { amount: '={{int 500 90000}}', currency: 'USD' },
      status: 'COMPLETED',
    }),
    square('refund.updated', 'refund', {
      id: '{{hex 22}}',
      amount_money: { amount: '={{int 500 90000}}', currency: 'USD' },
      status: '{{pick PENDING COMPLETED}}',
    }),
  ],
}
