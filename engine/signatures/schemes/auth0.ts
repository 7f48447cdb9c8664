import type { Scheme } from '#contract/scheme.ts'

/** Auth0 log streams. Source: the catalogue of trigger.dev. */
export const auth0: Scheme = {
  id: 'auth0',
  name: 'Auth0 log streams',
  documentationUrl: 'https://auth0.com/docs/customize/log-streams/custom-log-streams',
  confidence: { kind: 'third-party', by: 'trigger.dev catalogue' },
  algorithm: 'shared-token',
  key: 'utf8',
  secretHint: 'the whole text of “Authorization Token” in the log stream’s settings',
  signature: { place: { header: 'Authorization' }, encoding: 'text' },
  timestamp: null,
  messageId: { json: '[].log_id' },
  eventType: [{ json: '[].data.type' }, { json: 'data.type' }],
  content: '',
  tolerance: null,
  recognition: {
    headers: ['authorization'],
    json: ['[].log_id', '[].data.type'],
    confidence: 'likely',
  },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/json']],
    body: [
      {
        log_id: '90020251009085320000000000000000000000000001',
        data: {
          date: '2025-10-09T08:53:20.000Z',
          type: 's',
          client_name: 'Example app',
          user_name: 'ada@example.test',
        },
      },
    ],
  },
  quirks: [
    'A shared token proves that the sender knows it, and nothing about the body.',
    'The body is a JSON array or JSON lines, whichever the stream is set to; the log id is read from an array.',
  ],
}
