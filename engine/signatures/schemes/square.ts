import type { Scheme } from '#contract/scheme.ts'

/** Square. Source: developer.squareup.com (validate notifications) and square 46.0.0. */
export const square: Scheme = {
  id: 'square',
  name: 'Square',
  documentationUrl: 'https://developer.squareup.com/docs/webhooks/step3validate',
  confidence: { kind: 'sdk-run', by: 'square 46.0.0' },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint:
    'the signature key of the webhook subscription (Developer Console, your app, Webhooks, Subscriptions); not an access token',
  settings: [
    {
      name: 'notificationUrl',
      label: 'Notification URL',
      hint: 'the URL of the subscription, character for character as in the Developer Console',
      kind: 'url',
      required: true,
    },
  ],
  signature: { place: { header: 'x-square-hmacsha256-signature' }, encoding: 'base64' },
  timestamp: null,
  messageId: { json: 'event_id' },
  eventType: [{ json: 'type' }],
  content: '{settings.notificationUrl}{body}',
  tolerance: null,
  recognition: { headers: ['x-square-hmacsha256-signature'], confidence: 'certain' },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [
      ['Content-Type', 'application/json'],
      ['square-environment', 'Sandbox'],
    ],
    body: {
      merchant_id: 'MLEXAMPLE1042',
      type: 'payment.updated',
      event_id: '6a8f5f28-54a1-4eb0-a98a-3111513fd4fc',
      created_at: '2025-10-09T08:53:20.000Z',
      data: {
        type: 'payment',
        id: 'hYy9pRFVxpDsO1FB05SunFWUe9JZY',
        object: {
          payment: { status: 'COMPLETED', amount_money: { amount: 4200, currency: 'EUR' } },
        },
      },
    },
  },
  retries: 'For up to 24 hours.',
  quirks: [
    'The URL in the signed text is the configured one, character for character: a trailing slash or another case breaks it. Where the request really arrived does not matter.',
  ],
}
