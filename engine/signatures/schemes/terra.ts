import type { Scheme } from '#contract/scheme.ts'

/** Terra. Source: Terra’s SDK. */
export const terra: Scheme = {
  id: 'terra',
  name: 'Terra',
  documentationUrl: 'https://docs.tryterra.co/',
  confidence: { kind: 'sdk-run', by: 'terra-api 2.1.0' },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint: 'the signing secret of the webhook destination (Terra dashboard)',
  signature: {
    place: { header: 'terra-signature' },
    encoding: 'hex',
    list: ',',
    pair: '=',
    version: 'v1',
    // Its package assigns every entry anew.
    repeatedField: 'last',
    trim: true,
  },
  timestamp: { place: { field: 't' }, unit: 's' },
  messageId: { header: 'terra-reference' },
  newMessageId: 'uuid',
  eventType: [{ json: 'type' }],
  content: '{timestamp}.{body}',
  tolerance: { pastSeconds: 300, futureSeconds: 300 },
  recognition: { headers: ['terra-signature'], confidence: 'certain' },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/json']],
    body: {
      type: 'activity',
      status: 'success',
      user: {
        user_id: '4a350c74-708b-4a97-971a-efed467047c5',
        provider: 'FITBIT',
        reference_id: 'countersign',
      },
      data: [],
    },
  },
  quirks: [],
}
