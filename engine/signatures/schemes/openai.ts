import type { Scheme } from '#contract/scheme.ts'
import { webhookHeaders } from './standard-headers.ts'

/** OpenAI, by Standard Webhooks. Source: platform.openai.com/docs/guides/webhooks and openai 7.57.0. */
export const openai: Scheme = {
  id: 'openai',
  name: 'OpenAI',
  documentationUrl: 'https://platform.openai.com/docs/guides/webhooks',
  confidence: { kind: 'sdk-run', by: 'openai 7.57.0' },
  algorithm: 'hmac-sha256',
  key: 'base64-after-whsec-else-utf8',
  secretHint:
    'the signing secret (whsec_…), shown once when the webhook is created (Platform settings, project, Webhooks); not an API key (sk-…)',
  secretPrefix: 'whsec_',
  ...webhookHeaders,
  signature: { ...webhookHeaders.signature, bare: true },
  newMessageId: { prefix: 'wh_' },
  eventType: [{ json: 'type' }],
  recognition: {
    headers: ['webhook-signature', 'webhook-id', 'webhook-timestamp'],
    confidence: 'possible',
    userAgent: '^OpenAI/',
  },
  sdk: { name: 'openai', decodesSignature: true },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [
      ['Content-Type', 'application/json'],
      ['User-Agent', 'OpenAI/1.0 (countersign test)'],
    ],
    body: {
      object: 'event',
      id: 'evt_685343a1381c819085d44c354e1b330e',
      type: 'response.completed',
      created_at: 1760000000,
      data: { id: 'resp_511u5nK3mC9xampLe' },
    },
  },
  retries: 'For up to 72 hours, at growing intervals.',
  quirks: [
    'A secret with whsec_ is base64-decoded; one without it is used as text, unlike in the standardwebhooks library.',
    'The signature is accepted with or without v1, in front.',
    'The signed content uses the timestamp text as sent.',
  ],
}
