import type { Scheme } from '#contract/scheme.ts'

/** Xero. Source: developer.xero.com/documentation/guides/webhooks; the documented rule, judged by trigger.dev’s engine. */
export const xero: Scheme = {
  id: 'xero',
  name: 'Xero',
  documentationUrl: 'https://developer.xero.com/documentation/guides/webhooks/overview/',
  confidence: {
    kind: 'unconfirmed',
    by: 'the documented rule, judged with @trigger.dev/core 4.8.3',
  },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint:
    'the webhooks key (developer portal, your app, Webhooks); it looks like base64 but is used as text; not the client secret',
  signature: { place: { header: 'x-xero-signature' }, encoding: 'base64' },
  timestamp: null,
  messageId: {
    parts: [{ json: 'events[].resourceId' }, { json: 'events[].eventDateUtc' }],
    joint: ':',
  },
  eventType: [
    { parts: [{ json: 'events[].eventCategory' }, { json: 'events[].eventType' }], joint: '.' },
    { json: 'events[].eventType' },
  ],
  content: '{body}',
  tolerance: null,
  challenges: [
    {
      name: 'intent to receive',
      when: { methods: ['POST'], json: { path: 'firstEventSequence', value: 0 } },
      signed: true,
      answer: { status: 200, headers: [], body: '' },
      refusalStatus: 401,
      sentence: 'Xero checks that this URL tells right signatures from wrong ones.',
    },
  ],
  recognition: { headers: ['x-xero-signature'], confidence: 'certain' },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/json; charset=utf-8']],
    body: {
      events: [
        {
          resourceUrl:
            'https://api.xero.com/api.xro/2.0/Contacts/717f2bfc-c6d4-41fd-b238-3f2f0c0cf777',
          resourceId: '717f2bfc-c6d4-41fd-b238-3f2f0c0cf777',
          eventDateUtc: '2025-10-09T08:53:20.000',
          eventType: 'UPDATE',
          eventCategory: 'CONTACT',
          tenantId: 'c2cc9b6e-9458-4c7d-93cc-f02b81b0594f',
          tenantType: 'ORGANISATION',
        },
      ],
      firstEventSequence: 1,
      lastEventSequence: 1,
      entropy: 'S0m3r4Nd0mt3xt',
    },
  },
  answerWithinSeconds: 5,
  answersByVerdict: true,
  quirks: [
    'The key looks like base64, but it is used as text.',
    'Intent to receive: several signed requests, some wrong on purpose. Right ones want 200 with an empty body, wrong ones 401, within 5 s.',
  ],
}
