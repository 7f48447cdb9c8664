import type { Scheme } from '#contract/scheme.ts'

/** Hookdeck. Source: the verification configuration of @trigger.dev/core. */
export const hookdeck: Scheme = {
  id: 'hookdeck',
  name: 'Hookdeck',
  documentationUrl: 'https://hookdeck.com/docs/authentication',
  confidence: { kind: 'sdk-run', by: '@hookdeck/sdk 0.4.0' },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint: 'the signing secret of the project (Settings, Secrets)',
  signature: {
    place: { header: 'X-Hookdeck-Signature' },
    further: ['X-Hookdeck-Signature-2'],
    encoding: 'base64',
  },
  timestamp: null,
  messageId: { header: 'X-Hookdeck-EventID' },
  eventType: [],
  content: '{body}',
  tolerance: null,
  recognition: { headers: ['x-hookdeck-signature'], confidence: 'certain' },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [
      ['Content-Type', 'application/json'],
      ['X-Hookdeck-EventID', 'evt_example0001'],
    ],
    body: { id: 'evt_0001', type: 'invoice.paid', data: { amount: 4200, currency: 'eur' } },
  },
  quirks: [
    'While the secret is rotated a second signature stands in x-hookdeck-signature-2.',
    'The body and the event type are those of the original provider.',
  ],
}
