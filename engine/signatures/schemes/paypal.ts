import type { Scheme } from '#contract/scheme.ts'

/** PayPal. Source: PayPal’s API reference and Hookdeck’s notes. */
export const paypal: Scheme = {
  id: 'paypal',
  name: 'PayPal',
  documentationUrl: 'https://developer.paypal.com/api/rest/webhooks/rest/',
  confidence: { kind: 'third-party', by: 'Hookdeck notes' },
  algorithm: 'rsa-sha256',
  key: 'public-key',
  secretHint: 'the certificate that PAYPAL-CERT-URL names, as PEM',
  keySource: {
    host: 'api.paypal.com',
    sentence:
      'Open the address in PAYPAL-CERT-URL (on api.paypal.com, or api.sandbox.paypal.com for the sandbox) and paste the certificate.',
  },
  settings: [
    {
      name: 'webhookId',
      label: 'Webhook ID',
      hint: 'The ID of this webhook (PayPal Developer Dashboard, the app, Webhooks); events of the simulator use WEBHOOK_ID.',
      kind: 'text',
      required: true,
    },
  ],
  signature: { place: { header: 'PAYPAL-TRANSMISSION-SIG' }, encoding: 'base64' },
  timestamp: { place: { header: 'PAYPAL-TRANSMISSION-TIME' }, unit: 'iso8601' },
  messageId: { header: 'PAYPAL-TRANSMISSION-ID' },
  newMessageId: 'uuid',
  eventType: [{ json: 'event_type' }],
  content: '{id}|{timestamp}|{settings.webhookId}|{body:crc32}',
  tolerance: null,
  recognition: { headers: ['paypal-transmission-sig'], confidence: 'certain' },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [
      ['Content-Type', 'application/json'],
      ['PAYPAL-AUTH-ALGO', 'SHA256withRSA'],
      ['PAYPAL-CERT-URL', 'https://api.paypal.com/v1/notifications/certs/CERT-countersign-test'],
      ['User-Agent', 'PayPal/AUHD-214.0 (countersign test)'],
    ],
    body: {
      id: 'WH-2WR32451HC0233532-67976317FL4543714',
      event_version: '1.0',
      create_time: '2025-10-09T08:53:20.000Z',
      resource_type: 'capture',
      event_type: 'PAYMENT.CAPTURE.COMPLETED',
      summary: 'Payment completed for $ 42.0 USD',
      resource: {
        id: '42311647XV020574X',
        status: 'COMPLETED',
        amount: { currency_code: 'USD', value: '42.00' },
      },
    },
  },
  quirks: [
    'The body is signed through its CRC-32, an unsigned decimal number over the raw bytes.',
    'Trust certificate addresses on paypal.com only.',
    'PAYPAL-TRANSMISSION-ID names the delivery; id in the body (WH-…) names the event.',
    'Events of the simulator are signed with the text WEBHOOK_ID instead of a webhook’s ID.',
  ],
}
