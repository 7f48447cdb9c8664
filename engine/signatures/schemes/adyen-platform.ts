import type { Scheme } from '#contract/scheme.ts'

/**
 * Adyen platform and banking webhooks: HMAC over the raw body, in a header. Source:
 * docs.adyen.com/development-resources/webhooks and @adyen/api-library 32.1.0.
 */
export const adyenPlatform: Scheme = {
  id: 'adyen-platform',
  name: 'Adyen platform/banking webhooks (header)',
  documentationUrl:
    'https://docs.adyen.com/development-resources/webhooks/secure-webhooks/verify-hmac-signatures',
  confidence: { kind: 'sdk-run', by: '@adyen/api-library 32.1.0' },
  algorithm: 'hmac-sha256',
  key: 'hex',
  secretHint:
    'the HMAC key, 64 hex characters, made on the webhook’s page in the Customer Area (Developers, Webhooks); not the API key',
  secretPattern: '^[0-9A-Fa-f]{64}$',
  signature: { place: { header: 'HmacSignature' }, encoding: 'base64' },
  timestamp: null,
  messageId: null,
  eventType: [{ json: 'type' }],
  content: '{body}',
  tolerance: null,
  recognition: {
    headers: ['hmacsignature'],
    signaturePattern: '^[A-Za-z0-9+/]{43}=$',
    confidence: 'likely',
  },
  sdk: { name: '@adyen/api-library', decodesSignature: true },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [
      ['Content-Type', 'application/json'],
      ['Protocol', 'HmacSHA256'],
    ],
    body: {
      type: 'balancePlatform.transfer.created',
      environment: 'test',
      timestamp: '2025-10-09T10:53:20+02:00',
      data: {
        id: '1W1UG35U8A9J5ZLG',
        amount: { value: 4200, currency: 'EUR' },
        balancePlatform: 'ExamplePlatform',
        category: 'bank',
        status: 'authorised',
      },
    },
  },
  quirks: [
    'The key is hex: its 64 characters are decoded to 32 bytes.',
    'Payment webhooks are signed otherwise: there the signature stands in the body.',
    'The SDK decodes the signature before comparing, so missing padding passes there.',
  ],
}
