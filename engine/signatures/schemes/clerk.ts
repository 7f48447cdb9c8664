import type { Scheme } from '#contract/scheme.ts'
import { svixHeaders } from './standard-headers.ts'

/** Clerk, which sends through Svix. Source: clerk.com/docs/webhooks and @clerk/backend 3.25.0. */
export const clerk: Scheme = {
  id: 'clerk',
  name: 'Clerk',
  documentationUrl: 'https://clerk.com/docs/webhooks/overview',
  confidence: { kind: 'sdk-run', by: '@clerk/backend 3.25.0' },
  algorithm: 'hmac-sha256',
  key: 'base64-after-whsec',
  secretHint:
    'the Signing Secret (whsec_…) on the endpoint’s page (Dashboard, Configure, Webhooks); not the secret key (sk_…)',
  secretPrefix: 'whsec_',
  ...svixHeaders,
  eventType: [{ json: 'type' }],
  recognition: {
    headers: ['svix-signature', 'svix-id', 'svix-timestamp'],
    json: ['type', 'object', 'instance_id', 'data'],
    confidence: 'possible',
  },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [
      ['Content-Type', 'application/json'],
      ['User-Agent', 'Svix-Webhooks/1.0 (countersign test)'],
    ],
    body: {
      type: 'user.created',
      object: 'event',
      timestamp: 1760000000000,
      instance_id: 'ins_example',
      data: {
        id: 'user_29w83sxmDNGwOuEthce5gg56FcC',
        object: 'user',
        first_name: 'Ada',
        last_name: 'Example',
        email_addresses: [{ id: 'idn_example', email_address: 'ada@example.test' }],
      },
    },
  },
  retries: 'After 5 s, 5 min, 30 min, 2 h, 5 h, 10 h and 10 h.',
  retrySchedule: { gapsSeconds: [5, 300, 1800, 7200, 18000, 36000, 36000] },
  quirks: [
    'Only the svix-* headers are read, not their webhook-* twins.',
    'Several signatures, separated by spaces, while a secret is rotated.',
  ],
}
