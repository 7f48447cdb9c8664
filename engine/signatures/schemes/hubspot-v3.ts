import type { Scheme } from '#contract/scheme.ts'

/** HubSpot, signature version 3. Source: developers.hubspot.com (request validation) and @hubspot/api-client 14.0.1. */
export const hubspotV3: Scheme = {
  id: 'hubspot-v3',
  name: 'HubSpot signature v3',
  documentationUrl:
    'https://developers.hubspot.com/docs/apps/legacy-apps/authentication/validating-requests',
  confidence: { kind: 'sdk-run', by: '@hubspot/api-client 14.0.1' },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint:
    'the client secret of the app (developer account, Apps, your app, Auth); not a private app token (pat-…)',
  settings: [
    {
      name: 'publicUrl',
      label: 'Public URL',
      hint: 'the address as HubSpot calls it, when a proxy or tunnel stands between',
      kind: 'url',
      required: false,
    },
  ],
  signature: { place: { header: 'X-HubSpot-Signature-v3' }, encoding: 'base64' },
  timestamp: { place: { header: 'X-HubSpot-Request-Timestamp' }, unit: 'ms' },
  messageId: { json: '[].eventId' },
  eventType: [{ json: '[].subscriptionType' }],
  content: '{method}{url}{body}{timestamp}',
  tolerance: { pastSeconds: 300, futureSeconds: null },
  recognition: { headers: ['x-hubspot-signature-v3'], confidence: 'certain' },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/json']],
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
    'The timestamp is in milliseconds and stands at the end of the signed text.',
    'The URL counts with scheme, host and query, as HubSpot called it.',
    'The documentation wants some percent-encoded characters of the URL decoded before signing; the SDK signs the URL as given. This follows the SDK.',
    'Only old timestamps are refused; a future one passes.',
    'A request can carry an older signature as well.',
  ],
}
