import type { Scheme } from '#contract/scheme.ts'

/** Cloudinary. Source: cloudinary 2.11.0. */
export const cloudinary: Scheme = {
  id: 'cloudinary',
  name: 'Cloudinary',
  documentationUrl: 'https://cloudinary.com/documentation/notification_signatures',
  confidence: { kind: 'sdk-run', by: 'cloudinary 2.11.0' },
  algorithm: 'sha1',
  key: 'utf8',
  secretHint: 'the API secret of the product environment (Settings, API Keys)',
  signature: { place: { header: 'X-Cld-Signature' }, encoding: 'hex' },
  timestamp: { place: { header: 'X-Cld-Timestamp' }, unit: 's' },
  messageId: null,
  eventType: [{ json: 'notification_type' }],
  content: '{body}{timestamp}{secret}',
  tolerance: { pastSeconds: 7200, futureSeconds: null },
  recognition: { headers: ['x-cld-signature'], confidence: 'certain' },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/json']],
    body: {
      notification_type: 'upload',
      timestamp: '2025-10-09T08:53:20+00:00',
      request_id: '7bd9e0c1e20b4e93a1d0d9f2c0a1b2c3',
      asset_id: '80e5a2b1d4f5c6a7b8c9d0e1f2a3b4c5',
      public_id: 'samples/example',
      width: 864,
      height: 576,
    },
  },
  quirks: [
    'A plain SHA-1 of body, timestamp and API secret, not an HMAC.',
    'The SDK allows two hours of age; a future timestamp passes.',
  ],
}
