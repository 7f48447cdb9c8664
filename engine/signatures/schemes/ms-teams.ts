import type { Scheme } from '#contract/scheme.ts'

/** Microsoft Teams outgoing webhooks. From the trigger.dev catalogue; not confirmed by a run. */
export const msTeams: Scheme = {
  id: 'ms-teams',
  name: 'Microsoft Teams outgoing webhooks',
  documentationUrl:
    'https://learn.microsoft.com/en-us/microsoftteams/platform/webhooks-and-connectors/how-to/add-outgoing-webhook',
  confidence: { kind: 'unconfirmed', by: 'trigger.dev catalogue' },
  algorithm: 'hmac-sha256',
  key: 'base64',
  secretHint: 'the security token that Teams shows once, when the outgoing webhook is created',
  signature: { place: { header: 'Authorization' }, encoding: 'base64', prefix: 'HMAC ' },
  timestamp: null,
  messageId: { json: 'id' },
  eventType: [{ json: 'type' }],
  content: '{body}',
  tolerance: null,
  recognition: {
    headers: ['authorization'],
    signaturePattern: '^(HMAC )?[A-Za-z0-9+/]{43}=$',
    json: ['type', 'channelId'],
    confidence: 'likely',
  },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/json; charset=utf-8']],
    body: {
      type: 'message',
      id: '1760000000000',
      timestamp: '2025-10-09T08:53:20.000Z',
      channelId: 'msteams',
      serviceUrl: 'https://smba.example.test/emea/',
      from: { id: '29:1example', name: 'Test Person' },
      text: '<at>Countersign</at> hello',
    },
  },
  quirks: ['The security token is base64; its decoded bytes are the key.'],
}
