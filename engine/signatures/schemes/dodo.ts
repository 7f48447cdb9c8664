import type { Scheme } from '#contract/scheme.ts'

/** Dodo Payments and others on Standard Webhooks or Svix. Source: their SDKs, which call standardwebhooks or svix. */
export const dodo: Scheme = {
  id: 'dodo',
  name: 'Dodo Payments, Whop, Lithic, Loops, Recall.ai, Render, Brex, Seam',
  documentationUrl: 'https://docs.dodopayments.com/developer-resources/webhooks',
  confidence: { kind: 'sdk-run', by: 'dodopayments 2.52.0' },
  algorithm: 'hmac-sha256',
  key: 'base64-after-whsec',
  secretHint: 'the whsec_… secret on the endpoint’s page in the sender’s webhook settings',
  secretPrefix: 'whsec_',
  signature: {
    place: { header: 'webhook-signature', also: ['svix-signature'] },
    encoding: 'base64',
    list: ' ',
    pair: ',',
    version: 'v1',
  },
  timestamp: { place: { header: 'webhook-timestamp', also: ['svix-timestamp'] }, unit: 's' },
  messageId: { header: 'webhook-id', also: ['svix-id'] },
  newMessageId: { prefix: 'msg_' },
  eventType: [{ json: 'type' }],
  content: '{id}.{timestamp}.{body}',
  tolerance: { pastSeconds: 300, futureSeconds: 300 },
  recognition: {
    headers: ['webhook-signature', 'webhook-id', 'webhook-timestamp'],
    json: ['business_id', 'type'],
    confidence: 'possible',
  },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/json']],
    body: {
      business_id: 'bus_example0001',
      type: 'payment.succeeded',
      timestamp: '2025-10-09T08:53:20.000Z',
      data: { payload_type: 'Payment', payment_id: 'pay_example0001', total_amount: 4200 },
    },
  },
  quirks: [
    'The same rule as Standard Webhooks; Brex and Seam send svix-* headers.',
    'Several signatures, separated by spaces, while a secret is rotated.',
    'Pimlico is like these but decodes its pim_whsec_ secret from base58; that is not covered here.',
  ],
}
