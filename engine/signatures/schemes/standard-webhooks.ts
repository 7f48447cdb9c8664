import type { Scheme } from '#contract/scheme.ts'
import { webhookHeaders } from './standard-headers.ts'

/** Standard Webhooks, symmetric (v1). Source: the specification and standardwebhooks 1.1.1. */
export const standardWebhooks: Scheme = {
  id: 'standard-webhooks',
  name: 'Standard Webhooks',
  documentationUrl:
    'https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md',
  confidence: { kind: 'sdk-run', by: 'standardwebhooks 1.1.1' },
  algorithm: 'hmac-sha256',
  key: 'base64-after-whsec',
  secretHint: 'the whsec_… secret in the sender’s webhook settings',
  secretPrefix: 'whsec_',
  ...webhookHeaders,
  eventType: [{ json: 'type' }],
  recognition: {
    headers: ['webhook-signature', 'webhook-id', 'webhook-timestamp'],
    confidence: 'certain',
  },
  sdk: {
    name: 'standardwebhooks',
    timestampParsing: 'parseInt',
    refusesNonJson: true,
    decodesBody: true,
  },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [
      ['Content-Type', 'application/json'],
      ['User-Agent', 'countersign-test'],
    ],
    body: {
      type: 'contact.created',
      timestamp: '2025-10-09T08:53:20.000Z',
      data: { id: 'con_81fz', email: 'ada@example.test', name: 'Ada' },
    },
  },
  quirks: [
    'The id, timestamp and signature headers are all required.',
    'v1a entries are Ed25519 signatures; this scheme checks only v1.',
    'The reference library parses the body as JSON unless told otherwise, and throws when it is not.',
  ],
}
