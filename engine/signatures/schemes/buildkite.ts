import type { Scheme } from '#contract/scheme.ts'

/** Buildkite. Source: buildkite.com/docs/apis/webhooks and the catalogue of trigger.dev. */
export const buildkite: Scheme = {
  id: 'buildkite',
  name: 'Buildkite',
  documentationUrl: 'https://buildkite.com/docs/apis/webhooks/pipelines',
  confidence: {
    kind: 'documentation',
    by: 'Buildkite’s sample code; several public integrations agree',
  },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint: 'the token of the webhook notification service in the organization’s settings',
  signature: {
    place: { header: 'X-Buildkite-Signature' },
    encoding: 'hex',
    list: ',',
    pair: '=',
    version: 'signature',
  },
  timestamp: { place: { field: 'timestamp' }, unit: 's' },
  messageId: null,
  eventType: [{ header: 'X-Buildkite-Event' }, { json: 'event' }],
  content: '{timestamp}.{body}',
  tolerance: null,
  recognition: { headers: ['x-buildkite-signature'], confidence: 'certain' },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [
      ['Content-Type', 'application/json'],
      ['X-Buildkite-Event', 'build.finished'],
    ],
    body: {
      event: 'build.finished',
      build: { id: 'f62a1b4d-10f9-4790-bc1c-e2c3a0c80983', number: 42, state: 'passed' },
      pipeline: { slug: 'example', name: 'Example' },
      sender: { id: '8a7693f8-dbae-4783-9137-84090fce9045', name: 'Ada Example' },
    },
  },
  quirks: [
    'The documentation’s prose calls the raw body the signed message; its sample code signs timestamp, dot and body.',
    'A plain token in X-Buildkite-Token may be chosen instead; that one is not a signature.',
    'No clock is checked by the known verifiers.',
  ],
}
