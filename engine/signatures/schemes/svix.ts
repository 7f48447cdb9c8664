import type { Scheme } from '#contract/scheme.ts'

/** Svix, which Nomod and many others send through. Source: docs.svix.com and svix 2.5.0. */
export const svix: Scheme = {
  id: 'svix',
  name: 'Svix',
  documentationUrl: 'https://docs.svix.com/receiving/verifying-payloads/how-manual',
  confidence: { kind: 'sdk-run', by: 'svix 2.5.0, standardwebhooks 1.1.1' },
  algorithm: 'hmac-sha256',
  key: 'base64-after-whsec',
  secretHint: 'the whsec_… secret on the endpoint’s page in the sender’s webhook settings',
  secretPrefix: 'whsec_',
  signature: {
    place: { header: 'svix-signature', also: ['webhook-signature'] },
    encoding: 'base64',
    list: ' ',
    pair: ',',
    version: 'v1',
  },
  timestamp: { place: { header: 'svix-timestamp', also: ['webhook-timestamp'] }, unit: 's' },
  messageId: { header: 'svix-id', also: ['webhook-id'] },
  newMessageId: { prefix: 'msg_' },
  eventType: [{ json: 'type' }, { json: 'eventType' }],
  content: '{id}.{timestamp}.{body}',
  tolerance: { pastSeconds: 300, futureSeconds: 300 },
  recognition: { headers: ['svix-signature'], confidence: 'certain' },
  sdk: { name: 'svix', timestampParsing: 'parseInt', decodesBody: true },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [
      ['Content-Type', 'application/json'],
      ['User-Agent', 'Svix-Webhooks/1.0 (countersign test)'],
    ],
    body: {
      type: 'charge.paid',
      timestamp: '2025-10-09T08:53:20.000Z',
      data: { id: 'chg_4n9fk2', amount: '42.00', currency: 'AED', status: 'paid' },
    },
  },
  retries: 'After 5 s, 5 min, 30 min, 2 h, 5 h, 10 h and 10 h.',
  retrySchedule: {
    gapsSeconds: [5, 300, 1800, 7200, 18000, 36000, 36000],
    url: 'https://docs.svix.com/retries',
  },
  answerWithinSeconds: 15,
  quirks: [
    'A retry keeps svix-id and renews svix-timestamp.',
    'Each svix-* header falls back on its webhook-* twin when it is absent.',
    'Several signatures, separated by spaces, while a secret is rotated.',
  ],
}
