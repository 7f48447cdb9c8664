import type { Scheme } from '#contract/scheme.ts'

/** Doppler. Source: @hookflo/tern. */
export const doppler: Scheme = {
  id: 'doppler',
  name: 'Doppler',
  documentationUrl: 'https://docs.doppler.com/docs/webhooks',
  confidence: { kind: 'third-party', by: '@hookflo/tern' },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint: 'the signing secret you set for the webhook in the project’s settings',
  signature: { place: { header: 'X-Doppler-Signature' }, encoding: 'hex', prefix: 'sha256=' },
  timestamp: null,
  messageId: null,
  eventType: [{ json: 'type' }],
  content: '{body}',
  tolerance: null,
  recognition: { headers: ['x-doppler-signature'], confidence: 'certain' },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/json']],
    body: {
      type: 'config.secrets.update',
      config: { name: 'dev', environment: 'dev', project: 'example' },
      project: { id: 'example', name: 'example' },
      workplace: { id: 'ws-example', name: 'Example' },
    },
  },
  quirks: ['Deliveries have no id, so a repeat can only be told by its body.'],
}
