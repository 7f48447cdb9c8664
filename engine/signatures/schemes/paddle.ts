import type { Scheme } from '#contract/scheme.ts'

/** Paddle Billing. Source: developer.paddle.com (signature verification) and @paddle/paddle-node-sdk 3.10.0. */
export const paddle: Scheme = {
  id: 'paddle',
  name: 'Paddle Billing',
  documentationUrl: 'https://developer.paddle.com/webhooks/signature-verification',
  confidence: { kind: 'sdk-run', by: '@paddle/paddle-node-sdk 3.10.0' },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint:
    'the secret key (pdl_ntfset_…) of the notification destination (Developer tools, Notifications); not an API key (pdl_live_apikey_…)',
  secretPrefix: 'pdl_ntfset_',
  signature: {
    place: { header: 'Paddle-Signature' },
    encoding: 'hex',
    list: ';',
    pair: '=',
    version: 'h1',
    // Its package assigns every entry anew.
    repeatedField: 'last',
  },
  timestamp: { place: { field: 'ts' }, unit: 's', age: 'exact' },
  messageId: { json: 'event_id' },
  eventType: [{ json: 'event_type' }],
  content: '{timestamp}:{body}',
  tolerance: { pastSeconds: 5, futureSeconds: null },
  recognition: { headers: ['paddle-signature'], confidence: 'certain' },
  sdk: { name: '@paddle/paddle-node-sdk', tries: 'last' },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [
      ['Content-Type', 'application/json'],
      ['User-Agent', 'Paddle (countersign test)'],
    ],
    body: {
      event_id: 'evt_01hv8x2acma2gz7he8kg2s0hna',
      event_type: 'transaction.completed',
      occurred_at: '2025-10-09T08:53:20.000000Z',
      notification_id: 'ntf_01hv8x2af22vrrz6k7k3cy9k1b',
      data: {
        id: 'txn_01hv8wptq8987qeep44cyrewp9',
        status: 'completed',
        currency_code: 'EUR',
        details: { totals: { total: '4200' } },
      },
    },
  },
  retries: 'Live up to 60 times over 3 days, in the sandbox 3 times over 15 min.',
  answerWithinSeconds: 5,
  quirks: [
    'The SDK allows only 5 s; a late delivery fails unless it is given more. Future timestamps pass.',
    'The fields are separated by semicolons, time and body by a colon.',
    'Several h1 while a secret is rotated: any match counts here; the SDK keeps only the last.',
    'event_id belongs to the event, notification_id to the delivery.',
    'Paddle Classic is different: RSA over form fields, in p_signature.',
  ],
}
