import type { Scheme } from '#contract/scheme.ts'

/** HubSpot, signature version 1. Source: developers.hubspot.com (request validation) and @hubspot/api-client 14.0.1. */
export const hubspotV1: Scheme = {
  id: 'hubspot-v1',
  name: 'HubSpot signature v1',
  documentationUrl:
    'https://developers.hubspot.com/docs/apps/legacy-apps/authentication/validating-requests',
  confidence: { kind: 'sdk-run', by: '@hubspot/api-client 14.0.1' },
  algorithm: 'sha256',
  key: 'utf8',
  secretHint:
    'the client secret of the app (developer account, Apps, your app, Auth); not a private app token (pat-…)',
  signature: { place: { header: 'X-HubSpot-Signature' }, encoding: 'hex' },
  timestamp: null,
  messageId: { json: '[].eventId' },
  eventType: [{ json: '[].subscriptionType' }],
  content: '{secret}{body}',
  tolerance: null,
  recognition: {
    headers: ['x-hubspot-signature'],
    signaturePattern: '^[0-9a-f]{64}$',
    json: ['[].subscriptionType'],
    confidence: 'likely',
  },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [
      ['Content-Type', 'application/json'],
      ['X-HubSpot-Signature-Version', 'v1'],
    ],
    body: [
      {
        eventId: 531833541,
        subscriptionId: 1042,
        portalId: 62515,
        occurredAt: 1760000000000,
        subscriptionType: 'contact.creation',
        attemptNumber: 0,
        objectId: 1246965,
        changeFlag: 'NEW',
      },
    ],
  },
  retries: 'Up to 10 times over 24 hours.',
  answerWithinSeconds: 5,
  quirks: [
    'A plain SHA-256 of secret and body, not an HMAC. Do not use the secret as an HMAC key.',
    'eventId is not guaranteed to be unique.',
    'A request can carry this and the v3 signature. Prefer v3.',
  ],
}
