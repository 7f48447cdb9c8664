import type { Scheme } from '#contract/scheme.ts'
import { svixHeaders } from './standard-headers.ts'

/** Resend, which sends through Svix. Source: resend.com/docs/webhooks and resend 6.38.0. */
export const resend: Scheme = {
  id: 'resend',
  name: 'Resend',
  documentationUrl: 'https://resend.com/docs/dashboard/webhooks/verify-webhooks-requests',
  confidence: { kind: 'sdk-run', by: 'resend 6.38.0' },
  algorithm: 'hmac-sha256',
  key: 'base64-after-whsec',
  secretHint:
    'the signing secret (whsec_…) on the webhook’s page (Dashboard, Webhooks); not an API key (re_…)',
  secretPrefix: 'whsec_',
  ...svixHeaders,
  eventType: [{ json: 'type' }],
  recognition: {
    headers: ['svix-signature', 'svix-id', 'svix-timestamp'],
    json: ['type', 'created_at', 'data.email_id'],
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
      type: 'email.delivered',
      created_at: '2025-10-09T08:53:20.000Z',
      data: {
        email_id: '56761188-7520-42d8-8898-ff6fc54ce618',
        created_at: '2025-10-09T08:53:18.000Z',
        from: 'Example Shop <shop@example.test>',
        to: ['ada@example.test'],
        subject: 'Your receipt',
      },
    },
  },
  retries: 'After 5 s, 5 min, 30 min, 2 h, 5 h, 10 h and 10 h.',
  retrySchedule: {
    gapsSeconds: [5, 300, 1800, 7200, 18000, 36000, 36000],
    url: 'https://resend.com/docs/webhooks/retries-and-replays',
  },
  quirks: ['Several signatures, separated by spaces, while a secret is rotated.'],
}
