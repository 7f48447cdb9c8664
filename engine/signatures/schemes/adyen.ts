import type { Scheme } from '#contract/scheme.ts'

/**
 * Adyen payment webhooks: one signature per item, inside the body, over eight values. Source:
 * docs.adyen.com (verify HMAC signatures) and @adyen/api-library 32.1.0.
 */
export const adyen: Scheme = {
  id: 'adyen',
  name: 'Adyen payment webhooks (HMAC in the body)',
  documentationUrl:
    'https://docs.adyen.com/development-resources/webhooks/secure-webhooks/verify-hmac-signatures',
  confidence: { kind: 'sdk-run', by: '@adyen/api-library 32.1.0' },
  algorithm: 'hmac-sha256',
  key: 'hex',
  secretHint:
    'the HMAC key, 64 hex characters, made on the webhook’s page in the Customer Area (Developers, Webhooks); not the API key',
  secretPattern: '^[0-9A-Fa-f]{64}$',
  signature: {
    place: { json: 'notificationItems[].NotificationRequestItem.additionalData.hmacSignature' },
    encoding: 'base64',
  },
  timestamp: null,
  messageId: {
    parts: [
      { json: 'notificationItems[].NotificationRequestItem.pspReference' },
      { json: 'notificationItems[].NotificationRequestItem.eventCode' },
    ],
    joint: ':',
  },
  eventType: [{ json: 'notificationItems[].NotificationRequestItem.eventCode' }],
  content: 'special:adyen-item',
  tolerance: null,
  recognition: {
    headers: [],
    json: ['notificationItems[].NotificationRequestItem.additionalData.hmacSignature'],
    confidence: 'certain',
  },
  sdk: { name: '@adyen/api-library', decodesSignature: true },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/json']],
    body: {
      live: 'false',
      notificationItems: [
        {
          NotificationRequestItem: {
            additionalData: { hmacSignature: '' },
            amount: { currency: 'EUR', value: 4200 },
            eventCode: 'AUTHORISATION',
            eventDate: '2025-10-09T10:53:20+02:00',
            merchantAccountCode: 'ExampleMerchant',
            merchantReference: 'order-1042',
            paymentMethod: 'visa',
            pspReference: '8825408195409505',
            success: 'true',
          },
        },
      ],
    },
  },
  quirks: [
    'Signed: pspReference:originalReference:merchantAccountCode:merchantReference:amount.value:amount.currency:eventCode:success. Nothing else in the body is protected.',
    'An absent originalReference is an empty place between its colons.',
    'Colons and backslashes in the values are not escaped.',
    'Every item has a signature of its own; all must be right.',
    'The answer is 200; the older contract wants the text [accepted].',
    'Basic auth can be set up in addition.',
  ],
}
