import type { Scheme } from '#contract/scheme.ts'

/** Dropbox Sign, formerly HelloSign. Source: @dropbox/sign 1.11.0. */
export const dropboxSign: Scheme = {
  id: 'dropbox-sign',
  name: 'Dropbox Sign (HelloSign)',
  documentationUrl: 'https://developers.hellosign.com/docs/events/overview/',
  confidence: { kind: 'sdk-run', by: '@dropbox/sign 1.11.0' },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint: 'the API key of the account (Integrations, API)',
  signature: { place: { json: 'event.event_hash' }, encoding: 'hex' },
  timestamp: null,
  messageId: { json: 'event.event_hash' },
  eventType: [{ json: 'event.event_type' }],
  content: '{json:event.event_time}{json:event.event_type}',
  tolerance: null,
  challenges: [
    {
      name: 'Hello API Event Received',
      when: { json: { path: 'event.event_hash' } },
      signed: true,
      answer: {
        status: 200,
        headers: [['Content-Type', 'text/plain']],
        body: 'Hello API Event Received',
      },
      sentence: 'Dropbox Sign wants “Hello API Event Received” in every answer.',
    },
  ],
  recognition: {
    headers: [],
    json: ['event.event_hash', 'event.event_time', 'event.event_type'],
    confidence: 'likely',
  },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [
      ['Content-Type', 'application/json'],
      ['User-Agent', 'HelloSign API'],
    ],
    body: {
      event: {
        event_time: '1760000000',
        event_type: 'signature_request_sent',
        event_hash: '',
        event_metadata: { reported_for_account_id: '63522885f9261e2b04eea043933ee7313eb674fd' },
      },
      signature_request: { signature_request_id: '3fd988b2c2f8b9b2c5e7b1d6a0f1e2d3c4b5a697' },
    },
  },
  quirks: [
    'Only the time and the type of the event are signed; nothing protects the rest of the body.',
    'The JSON really arrives in the field json of a multipart form; this scheme reads bare JSON.',
    'The answer must hold the text “Hello API Event Received”.',
  ],
}
