import type { Scheme } from '#contract/scheme.ts'

/** Box V2 webhooks. Source: developer.box.com/guides/webhooks and box-node-sdk 10.12.0. */
export const box: Scheme = {
  id: 'box',
  name: 'Box',
  documentationUrl: 'https://developer.box.com/guides/webhooks/v2/signatures-v2/',
  confidence: { kind: 'sdk-run', by: 'box-node-sdk 10.12.0' },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint:
    'the primary signature key (Developer Console, your app, Webhooks, Manage signature keys); not the client secret',
  settings: [
    {
      name: 'secondaryKey',
      label: 'Secondary key',
      hint: 'the secondary signature key, beside the primary one in the Developer Console',
      kind: 'secret',
      required: false,
      alsoKey: true,
    },
  ],
  signature: {
    place: { header: 'BOX-SIGNATURE-PRIMARY' },
    further: ['BOX-SIGNATURE-SECONDARY'],
    encoding: 'base64',
  },
  timestamp: { place: { header: 'BOX-DELIVERY-TIMESTAMP' }, unit: 'iso8601' },
  messageId: { header: 'BOX-DELIVERY-ID' },
  newMessageId: 'uuid',
  eventType: [{ json: 'trigger' }],
  content: '{body}{timestamp}',
  requiredHeaders: [
    ['BOX-SIGNATURE-VERSION', '1'],
    ['BOX-SIGNATURE-ALGORITHM', 'HmacSHA256'],
  ],
  tolerance: { pastSeconds: 600, futureSeconds: 0 },
  recognition: { headers: ['box-signature-primary'], confidence: 'certain' },
  sdk: { name: 'box-node-sdk', decodesSignature: true },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [
      ['Content-Type', 'application/json;charset=utf-8'],
      ['User-Agent', 'Box-WH-Client (countersign test)'],
      ['BOX-SIGNATURE-VERSION', '1'],
      ['BOX-SIGNATURE-ALGORITHM', 'HmacSHA256'],
    ],
    body: {
      type: 'webhook_event',
      id: 'f96bb54b-ee16-4fc5-aa65-8c2d9e5b546f',
      created_at: '2025-10-09T01:53:20-07:00',
      trigger: 'FILE.UPLOADED',
      webhook: { id: '53', type: 'webhook' },
      source: { id: '73835521473', type: 'file', name: 'Report.pdf', size: 4200 },
    },
  },
  quirks: [
    'The body comes first, then the timestamp text.',
    'The timestamp is RFC 3339 text and is used as sent. Nothing in the future is allowed.',
    'Two keys, two headers: either signature is enough.',
    'The SDK also tries the body with characters beyond ASCII written as \\u escapes.',
  ],
}
