import type { Scheme } from '#contract/scheme.ts'

/** Figma webhooks V2: a passcode in the body. Source: developers.figma.com (webhooks); n8n’s Figma trigger. */
export const figma: Scheme = {
  id: 'figma',
  name: 'Figma',
  documentationUrl: 'https://developers.figma.com/docs/rest-api/webhooks-security/',
  confidence: { kind: 'third-party', by: 'n8n-nodes-base 2.41.2' },
  algorithm: 'shared-token',
  key: 'utf8',
  secretHint: 'the passcode that you set when the webhook was created; not a personal access token',
  signature: { place: { json: 'passcode' }, encoding: 'text' },
  timestamp: null,
  messageId: { parts: [{ json: 'webhook_id' }, { json: 'timestamp' }], joint: ':' },
  eventType: [{ json: 'event_type' }],
  content: '',
  tolerance: null,
  challenges: [
    {
      name: 'PING',
      when: { methods: ['POST'], json: { path: 'event_type', value: 'PING' } },
      signed: true,
      answer: null,
      sentence: 'Figma sent the PING of a new webhook.',
    },
  ],
  recognition: {
    headers: [],
    json: ['passcode', 'webhook_id', 'event_type'],
    confidence: 'likely',
  },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/json']],
    body: {
      event_type: 'FILE_UPDATE',
      file_key: 'zH12K2f5R6g1xY4m3wq0aB',
      file_name: 'Checkout',
      passcode: '',
      timestamp: '2025-10-09T08:53:20Z',
      webhook_id: '22',
    },
  },
  retries: 'Three times: after 5 min, 30 min and 3 h.',
  retrySchedule: { gapsSeconds: [300, 1800, 10800] },
  quirks: [
    'There is no signature: the passcode is repeated in every body, also in the PING.',
    'The passcode says nothing about the rest of the body.',
  ],
}
