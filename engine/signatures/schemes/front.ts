import type { Scheme } from '#contract/scheme.ts'

/** Front application webhooks. Source: the catalogue of trigger.dev. */
export const front: Scheme = {
  id: 'front',
  name: 'Front (application webhooks)',
  documentationUrl: 'https://dev.frontapp.com/docs/application-webhooks',
  confidence: {
    kind: 'third-party',
    by: 'trigger.dev catalogue; several public integrations agree',
  },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint: 'the application secret (Settings, Developers, your app, Basic information)',
  signature: { place: { header: 'X-Front-Signature' }, encoding: 'base64' },
  timestamp: { place: { header: 'X-Front-Request-Timestamp' }, unit: 'ms' },
  messageId: { json: 'id' },
  eventType: [{ json: 'type' }],
  content: '{timestamp}:{body}',
  tolerance: null,
  challenges: [
    {
      name: 'sync',
      when: { header: { name: 'X-Front-Challenge' } },
      signed: true,
      answer: {
        status: 200,
        headers: [['Content-Type', 'application/json']],
        body: '{"challenge":"{header:X-Front-Challenge}"}',
      },
      sentence: 'Front checks the URL when it is saved and wants its challenge back.',
    },
  ],
  recognition: {
    headers: ['x-front-signature', 'x-front-request-timestamp'],
    confidence: 'certain',
  },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/json']],
    body: {
      id: 'evt_1k4ab2',
      type: 'inbound_received',
      authorization: { id: 'cmp_example' },
      payload: {
        id: 'evt_1k4ab2',
        type: 'inbound',
        emitted_at: 1760000000.123,
        conversation: { id: 'cnv_1k4ab2', subject: 'Where is my order?' },
      },
    },
  },
  answerWithinSeconds: 10,
  quirks: [
    'The timestamp is in milliseconds and joined to the body with a colon.',
    'Rule webhooks are signed otherwise (HMAC-SHA1 over the body) and are not covered here.',
    'No clock is checked by the known verifiers.',
  ],
}
