import type { Scheme } from '#contract/scheme.ts'

/** WorkOS. Source: @workos-inc/node 11.0.0. */
export const workos: Scheme = {
  id: 'workos',
  name: 'WorkOS',
  documentationUrl: 'https://workos.com/docs/events/data-syncing/webhooks',
  confidence: { kind: 'sdk-run', by: '@workos-inc/node 11.0.0' },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint: 'the signing secret of this webhook endpoint (WorkOS dashboard, Webhooks)',
  signature: {
    place: { header: 'WorkOS-Signature' },
    encoding: 'hex',
    list: ',',
    pair: '=',
    version: 'v1',
    trim: true,
  },
  timestamp: { place: { field: 't' }, unit: 'ms' },
  messageId: { json: 'id' },
  eventType: [{ json: 'event' }],
  content: '{timestamp}.{body}',
  tolerance: { pastSeconds: 180, futureSeconds: null },
  recognition: { headers: ['workos-signature'], confidence: 'certain' },
  sdk: { name: '@workos-inc/node', tries: 'first', headerPattern: '^ *t=[0-9]+, *v1=' },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/json']],
    body: {
      id: 'event_01K6countersignTest',
      event: 'dsync.user.created',
      data: {
        id: 'directory_user_01E1X1B89NH8Z3SDFJR4H7RGX7',
        email: 'reader@example.test',
        state: 'active',
      },
      created_at: '2025-10-09T08:53:20.000Z',
    },
  },
  quirks: [
    'The timestamp is in milliseconds.',
    'Three minutes of age are allowed; a future timestamp passes.',
    'The SDK reads the fields by position, t first.',
  ],
}
