import type { Scheme } from '#contract/scheme.ts'

/** Sentry integration platform. Source: docs.sentry.io (webhooks); trigger.dev and tern. */
export const sentry: Scheme = {
  id: 'sentry',
  name: 'Sentry',
  documentationUrl:
    'https://docs.sentry.io/organization/integrations/integration-platform/webhooks/',
  confidence: { kind: 'third-party', by: 'trigger.dev; tern; run with @trigger.dev/core 4.8.3' },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint:
    'the client secret of the integration (Settings, Developer Settings, your integration); not an auth token (sntrys_…) or a DSN',
  signature: { place: { header: 'Sentry-Hook-Signature' }, encoding: 'hex' },
  timestamp: null,
  messageId: { header: 'Request-ID' },
  newMessageId: 'uuid',
  eventType: [
    { parts: [{ header: 'Sentry-Hook-Resource' }, { json: 'action' }], joint: '.' },
    { header: 'Sentry-Hook-Resource' },
  ],
  content: '{body}',
  tolerance: null,
  recognition: { headers: ['sentry-hook-signature'], confidence: 'certain' },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [
      ['Content-Type', 'application/json'],
      ['Sentry-Hook-Resource', 'issue'],
      ['Sentry-Hook-Timestamp', '1760000000'],
    ],
    body: {
      action: 'created',
      installation: { uuid: '7a485448-a9e2-4c85-8a3c-4f44175783c9' },
      data: {
        issue: {
          id: '1170820242',
          shortId: 'SHOP-1042',
          title: 'TypeError: total is not a number',
          level: 'error',
          project: { id: '1', name: 'shop', slug: 'shop' },
        },
      },
      actor: { type: 'application', id: 'sentry', name: 'Sentry' },
    },
  },
  answerWithinSeconds: 1,
  quirks: [
    'The sample code of the documentation signs JSON.stringify(request.body). Sentry sends compact JSON, so the raw bytes give the same.',
    'The Sentry-Hook-Timestamp header is not signed.',
  ],
}
