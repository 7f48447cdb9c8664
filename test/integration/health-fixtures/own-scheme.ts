import type { Scheme } from '#contract/scheme.ts'

/** As somebody described it in version 4. */
export const ownSchemeOfFixtures: Scheme = {
  id: 'house',
  name: 'House',
  documentationUrl: 'https://house.example/webhooks',
  confidence: { kind: 'unconfirmed', by: '' },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint: 'the webhook key',
  signature: { place: { header: 'House-Sig' }, encoding: 'hex' },
  timestamp: null,
  messageId: { header: 'House-Id' },
  newMessageId: 'uuid',
  eventType: [{ json: 'kind' }],
  content: '{body}',
  tolerance: null,
  recognition: { headers: ['house-sig'], confidence: 'certain' },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/json']],
    body: { kind: 'sent' },
  },
  quirks: [],
}
