import type { Scheme } from '#contract/scheme.ts'

/** Infisical. Source: its own backend, which is open, and @trigger.dev/core. */
export const infisical: Scheme = {
  id: 'infisical',
  name: 'Infisical',
  documentationUrl: 'https://infisical.com/docs/documentation/platform/webhooks',
  confidence: {
    kind: 'sdk-read',
    by: 'the source of Infisical’s backend; @trigger.dev/core 4.8.3',
  },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint: 'the secret key you typed for the webhook (Project Settings, Webhooks)',
  signature: {
    place: { header: 'x-infisical-signature' },
    encoding: 'hex',
    list: ';',
    pair: '=',
    bare: true,
  },
  timestamp: { place: { field: 't' }, unit: 'ms' },
  messageId: null,
  eventType: [{ json: 'event' }],
  content: '{body}',
  tolerance: null,
  recognition: { headers: ['x-infisical-signature'], confidence: 'certain' },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/json']],
    body: {
      event: 'secrets.modified',
      project: {
        workspaceId: '63cefb15c8d3175601cfa989',
        environment: 'dev',
        secretPath: '/',
      },
      timestamp: 1760000000000,
    },
  },
  quirks: [
    'The header reads t=…;digest: the digest has no name, and a semicolon stands between.',
    'The t of the header is not signed itself; the body repeats it in timestamp.',
    'Infisical says that t is there against replays but names no tolerance.',
  ],
}
