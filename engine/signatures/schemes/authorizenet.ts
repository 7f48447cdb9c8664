import type { Scheme } from '#contract/scheme.ts'

/** Authorize.Net. Source: public integrations, which disagree on the key. */
export const authorizenet: Scheme = {
  id: 'authorizenet',
  name: 'Authorize.Net',
  documentationUrl: 'https://developer.authorize.net/api/reference/features/webhooks.html',
  confidence: { kind: 'third-party', by: 'public integrations (they disagree on the key)' },
  algorithm: 'hmac-sha512',
  key: ['hex', 'utf8'],
  secretHint:
    'the Signature Key of the merchant interface (Account, Settings, API Credentials & Keys)',
  signature: { place: { header: 'X-ANET-Signature' }, encoding: 'upper-hex', prefix: 'sha512=' },
  timestamp: null,
  messageId: { json: 'notificationId' },
  eventType: [{ json: 'eventType' }],
  content: '{body}',
  tolerance: null,
  recognition: { headers: ['x-anet-signature'], confidence: 'certain' },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/json; charset=utf-8']],
    body: {
      notificationId: 'd0e8e7fe-c3e7-4add-a480-27bc5ce28a18',
      eventType: 'net.authorize.payment.authcapture.created',
      eventDate: '2025-10-09T08:53:20.0000000Z',
      webhookId: '63d6fea2-aa13-4b1d-a204-f5fbc15942b7',
      payload: { responseCode: 1, authAmount: 42, entityName: 'transaction', id: '60020981676' },
    },
  },
  quirks: [
    'Whether the key is decoded from hex is disputed: both readings are tried, and signing uses the decoded one.',
    'The signature is in capital hex letters.',
  ],
}
