import type { Scheme } from '#contract/scheme.ts'

/** Retell AI. Source: retell-sdk 5.66.1. */
export const retell: Scheme = {
  id: 'retell',
  name: 'Retell AI',
  documentationUrl: 'https://docs.retellai.com/features/secure-webhook',
  confidence: { kind: 'sdk-run', by: 'retell-sdk 4.37.0; 5.66.1 was read' },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint: 'the API key that has the webhook badge (Retell dashboard, API Keys)',
  signature: {
    place: { header: 'x-retell-signature' },
    encoding: 'hex',
    list: ',',
    pair: '=',
    version: 'd',
  },
  timestamp: { place: { field: 'v' }, unit: 'ms' },
  messageId: { parts: [{ json: 'call.call_id' }, { json: 'event' }], joint: ':' },
  eventType: [{ json: 'event' }],
  content: '{body}{timestamp}',
  tolerance: { pastSeconds: 300, futureSeconds: 300 },
  recognition: { headers: ['x-retell-signature'], confidence: 'certain' },
  sdk: { name: 'retell-sdk', tries: 'first', headerPattern: '^[^=]*v=[0-9]+,d=[0-9a-f]+$' },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/json']],
    body: {
      event: 'call_ended',
      call: {
        call_type: 'phone_call',
        call_id: 'Jabr9TXYYJHfvl6Syypi88rdAHYHmcq6',
        agent_id: 'oBeDLoLOeuAbiuaMFXRtDOLriTJ5tSxD',
        call_status: 'ended',
        end_timestamp: 1760000000000,
      },
    },
  },
  quirks: [
    'The body comes first, then the timestamp in milliseconds, with nothing between.',
    'The key is the API key itself.',
  ],
}
