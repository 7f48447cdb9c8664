import type { Scheme } from '#contract/scheme.ts'

/** ElevenLabs. Source: @elevenlabs/elevenlabs-js 2.73.0. */
export const elevenlabs: Scheme = {
  id: 'elevenlabs',
  name: 'ElevenLabs',
  documentationUrl: 'https://elevenlabs.io/docs/eleven-api/resources/webhooks',
  confidence: { kind: 'sdk-run', by: '@elevenlabs/elevenlabs-js 2.73.0' },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint: 'the shared secret shown once when the webhook was created (Settings, Webhooks)',
  signature: {
    place: { header: 'ElevenLabs-Signature' },
    encoding: 'hex',
    list: ',',
    pair: '=',
    version: 'v0',
  },
  timestamp: { place: { field: 't' }, unit: 's' },
  messageId: { json: 'data.conversation_id' },
  eventType: [{ json: 'type' }],
  content: '{timestamp}.{body}',
  tolerance: { pastSeconds: 1800, futureSeconds: null },
  recognition: { headers: ['elevenlabs-signature'], confidence: 'certain' },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/json']],
    body: {
      type: 'post_call_transcription',
      event_timestamp: 1760000000,
      data: {
        agent_id: 'agent_example0001',
        conversation_id: 'conv_example0001',
        status: 'done',
        transcript: [{ role: 'agent', message: 'Hello from an example', time_in_call_secs: 0 }],
      },
    },
  },
  retries: 'Failed deliveries are sent again only when retries are enabled for the webhook.',
  quirks: [
    'The signature’s field is v0.',
    'Half an hour of age is allowed; a future timestamp passes.',
  ],
}
