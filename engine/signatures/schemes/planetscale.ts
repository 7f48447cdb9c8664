import type { Scheme } from '#contract/scheme.ts'

/** PlanetScale. Source: the configuration in @trigger.dev/core. */
export const planetscale: Scheme = {
  id: 'planetscale',
  name: 'PlanetScale',
  documentationUrl: 'https://planetscale.com/docs',
  confidence: { kind: 'third-party', by: '@trigger.dev/core' },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint: 'the secret of this webhook (the database’s Settings, Webhooks)',
  signature: { place: { header: 'X-PlanetScale-Signature' }, encoding: 'hex' },
  timestamp: null,
  messageId: null,
  eventType: [{ json: 'event' }],
  content: '{body}',
  tolerance: null,
  challenges: [
    {
      name: 'Test',
      when: { methods: ['POST'], json: { path: 'event', value: 'webhook.test' } },
      signed: true,
      answer: null,
      sentence: 'PlanetScale sent its test event.',
    },
  ],
  recognition: { headers: ['x-planetscale-signature'], confidence: 'certain' },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/json']],
    body: {
      timestamp: 1760000000,
      event: 'branch.ready',
      organization: 'countersign',
      database: 'example',
      resource: { id: 'kd2r8lq0a1bc', type: 'Branch', name: 'main', ready: true },
    },
  },
  quirks: ['There is no timestamp: an old delivery can be sent again and still matches.'],
}
