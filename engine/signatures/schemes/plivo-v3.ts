import type { Scheme } from '#contract/scheme.ts'

/** Plivo, V3 signature. Source: plivo 4.79.0. */
export const plivoV3: Scheme = {
  id: 'plivo-v3',
  name: 'Plivo (V3 signature)',
  documentationUrl: 'https://www.plivo.com/docs/',
  confidence: { kind: 'sdk-run', by: 'plivo 4.79.0' },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint: 'the auth token of the account (Plivo console, Overview)',
  settings: [
    {
      name: 'publicUrl',
      label: 'Public URL',
      hint: 'The address as Plivo calls it, when a proxy or tunnel stands between.',
      kind: 'url',
      required: false,
    },
  ],
  signature: { place: { header: 'X-Plivo-Signature-V3' }, encoding: 'base64', list: ',' },
  timestamp: null,
  messageId: { header: 'X-Plivo-Signature-V3-Nonce' },
  newMessageId: 'uuid',
  eventType: [{ form: 'Event' }, { form: 'CallStatus' }],
  content: 'special:plivo-v3',
  tolerance: null,
  recognition: { headers: ['x-plivo-signature-v3'], confidence: 'certain' },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/x-www-form-urlencoded']],
    body: 'CallStatus=ringing&CallUUID=f1b1c0de-0000-4000-8000-000000000001&Direction=inbound&Event=StartApp&From=15550100001&To=15550100002',
  },
  quirks: [
    'The URL, the sorted form fields and a nonce header are signed.',
    'Several signatures may be listed with commas; one match is enough.',
  ],
}
