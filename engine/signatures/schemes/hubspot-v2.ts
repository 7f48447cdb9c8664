import type { Scheme } from '#contract/scheme.ts'

/** HubSpot, signature version 2. Source: developers.hubspot.com (request validation) and @hubspot/api-client 14.0.1. */
export const hubspotV2: Scheme = {
  id: 'hubspot-v2',
  name: 'HubSpot signature v2',
  documentationUrl:
    'https://developers.hubspot.com/docs/apps/legacy-apps/authentication/validating-requests',
  confidence: { kind: 'sdk-run', by: '@hubspot/api-client 14.0.1' },
  algorithm: 'sha256',
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
  signature: { place: { header: 'X-HubSpot-Signature' }, encoding: 'hex' },
  timestamp: null,
  messageId: null,
  eventType: [],
  content: '{secret}{method}{url}{body}',
  tolerance: null,
  recognition: {
    headers: ['x-hubspot-signature'],
    signaturePattern: '^[0-9a-f]{64}$',
    headerValues: [['X-HubSpot-Signature-Version', 'v2']],
    confidence: 'certain',
  },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [
      ['Content-Type', 'application/json'],
      ['X-HubSpot-Signature-Version', 'v2'],
    ],
    body: {
      portalId: 62515,
      vid: 1246965,
      properties: { email: { value: 'ada@example.test' }, firstname: { value: 'Ada' } },
    },
  },
  quirks: [
    'A plain SHA-256 of secret, method, URL and body, not an HMAC.',
    'The URL counts with its query, as HubSpot called it.',
    'A GET has no body; then only secret, method and URL are signed.',
  ],
}
