import type { Scheme } from '#contract/scheme.ts'

/** Google Calendar and Drive push notifications. Source: the catalogue of trigger.dev. */
export const googlePush: Scheme = {
  id: 'google-push',
  name: 'Google Calendar / Drive push',
  documentationUrl: 'https://developers.google.com/workspace/calendar/api/guides/push',
  confidence: { kind: 'third-party', by: 'trigger.dev catalogue' },
  algorithm: 'shared-token',
  key: 'utf8',
  secretHint: 'the token that you gave in the watch request',
  signature: { place: { header: 'X-Goog-Channel-Token' }, encoding: 'text' },
  timestamp: null,
  messageId: {
    parts: [{ header: 'X-Goog-Channel-ID' }, { header: 'X-Goog-Message-Number' }],
    joint: ':',
  },
  eventType: [{ header: 'X-Goog-Resource-State' }],
  content: '',
  tolerance: null,
  challenges: [
    {
      name: 'sync',
      when: { header: { name: 'X-Goog-Resource-State', value: 'sync' } },
      signed: true,
      answer: null,
      sentence: 'Google says that the channel is open; any answer of success will do.',
    },
  ],
  recognition: {
    headers: ['x-goog-channel-token', 'x-goog-channel-id', 'x-goog-resource-state'],
    confidence: 'certain',
  },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [
      ['User-Agent', 'APIs-Google; (+https://developers.google.com/webmasters/APIs-Google.html)'],
      ['X-Goog-Channel-ID', '4ba78bf0-6a47-11e2-bcfd-0800200c9a66'],
      ['X-Goog-Message-Number', '2'],
      ['X-Goog-Resource-ID', 'ret08u3rv24htgh289g'],
      ['X-Goog-Resource-State', 'exists'],
      [
        'X-Goog-Resource-URI',
        'https://www.googleapis.com/calendar/v3/calendars/example%40example.test/events',
      ],
    ],
    body: '',
  },
  quirks: [
    'The body is empty: everything is said in the headers.',
    'A shared token proves that the sender knows it; a channel opened without one sends none.',
    'The first message of a channel has the state sync.',
  ],
}
