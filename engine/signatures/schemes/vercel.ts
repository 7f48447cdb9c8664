import type { Scheme } from '#contract/scheme.ts'

/** Vercel. Source: vercel.com/docs/webhooks; trigger.dev and nuxt-webhook-validators. */
export const vercel: Scheme = {
  id: 'vercel',
  name: 'Vercel',
  documentationUrl: 'https://vercel.com/docs/webhooks/webhooks-api',
  confidence: {
    kind: 'third-party',
    by: 'trigger.dev; nuxt-webhook-validators; run with @trigger.dev/core 4.8.3',
  },
  algorithm: 'hmac-sha1',
  key: 'utf8',
  secretHint:
    'the secret shown when the account webhook was created (Team Settings, Webhooks), or the client secret of the integration; not an access token',
  signature: { place: { header: 'x-vercel-signature' }, encoding: 'hex' },
  timestamp: null,
  messageId: { json: 'id' },
  eventType: [{ json: 'type' }],
  content: '{body}',
  tolerance: null,
  recognition: { headers: ['x-vercel-signature'], confidence: 'certain' },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/json; charset=utf-8']],
    body: {
      id: 'uev_exampleBNtCS7dbkSxY1FsSV0',
      type: 'deployment.succeeded',
      createdAt: 1760000000000,
      region: 'sfo1',
      payload: {
        user: { id: 'ac6j98YXBWVIbExampleXcf' },
        deployment: { id: 'dpl_exampleAb12', name: 'shop', url: 'shop-example.vercel.app' },
        project: { id: 'prj_exampleCd34' },
        target: 'production',
      },
    },
  },
  quirks: ['SHA-1, although newer than many schemes with SHA-256. There is no timestamp.'],
}
