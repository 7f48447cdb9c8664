import type { Scheme } from '#contract/scheme.ts'

/** Tailscale. Source: the configuration in @trigger.dev/core. */
export const tailscale: Scheme = {
  id: 'tailscale',
  name: 'Tailscale',
  documentationUrl: 'https://tailscale.com/kb/1213/webhooks',
  confidence: { kind: 'third-party', by: '@trigger.dev/core' },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint: 'the whole tskey-webhook-… secret, shown once when the webhook is created',
  secretPrefix: 'tskey-webhook-',
  signature: {
    place: { header: 'Tailscale-Webhook-Signature' },
    encoding: 'hex',
    list: ',',
    pair: '=',
    version: 'v1',
  },
  timestamp: { place: { field: 't' }, unit: 's' },
  messageId: null,
  eventType: [{ json: '[].type' }],
  content: '{timestamp}.{body}',
  tolerance: { pastSeconds: 300, futureSeconds: 300 },
  recognition: { headers: ['tailscale-webhook-signature'], confidence: 'certain' },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/json']],
    body: [
      {
        timestamp: '2025-10-09T08:53:20.000Z',
        version: 1,
        type: 'nodeCreated',
        tailnet: 'example.test',
        message: 'Node alice-laptop created',
        data: {
          nodeID: 'nTEST1CNTRL',
          deviceName: 'alice-laptop.example.ts.test',
          actor: 'alice@example.test',
        },
      },
    ],
  },
  quirks: [
    'The body is a JSON array of events.',
    'v1 may stand in the header more than once; one match is enough.',
  ],
}
