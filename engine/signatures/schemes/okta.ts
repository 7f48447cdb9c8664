import type { Scheme } from '#contract/scheme.ts'

/** Okta event hooks. Source: public integrations, which agree. */
export const okta: Scheme = {
  id: 'okta',
  name: 'Okta event hooks',
  documentationUrl: 'https://developer.okta.com/docs/concepts/event-hooks/',
  confidence: { kind: 'third-party', by: 'public integrations' },
  algorithm: 'shared-token',
  key: 'utf8',
  secretHint:
    'the authentication secret you entered for the event hook, as the whole value of its authentication field',
  signature: { place: { header: 'Authorization' }, encoding: 'text' },
  timestamp: null,
  messageId: { json: 'eventId' },
  eventType: [{ json: 'data.events[].eventType' }],
  content: '',
  tolerance: null,
  challenges: [
    {
      name: 'Verification',
      when: { methods: ['GET'], header: { name: 'X-Okta-Verification-Challenge' } },
      signed: false,
      answer: {
        status: 200,
        headers: [['Content-Type', 'application/json']],
        body: '{"verification":"{header:X-Okta-Verification-Challenge}"}',
      },
      sentence: 'Okta asked whether this URL is yours.',
    },
  ],
  recognition: {
    headers: ['authorization'],
    json: ['eventTypeVersion', 'data.events[].eventType'],
    confidence: 'likely',
  },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/json']],
    body: {
      eventType: 'com.okta.event_hook',
      eventTypeVersion: '1.0',
      cloudEventsVersion: '0.1',
      source: 'https://example.okta.test/api/v1/eventHooks/who8vt36qfNpCGz9H1e6',
      eventId: 'b5a188b9-5ece-4636-b041-482ffda96311',
      eventTime: '2025-10-09T08:53:20.000Z',
      contentType: 'application/json',
      data: {
        events: [
          {
            uuid: 'a4c1f7b2-a4d4-11f0-8b7e-0242ac120002',
            published: '2025-10-09T08:53:19.000Z',
            eventType: 'user.lifecycle.create',
            displayMessage: 'Create okta user',
            severity: 'INFO',
          },
        ],
      },
    },
  },
  quirks: [
    'You name the header yourself; this scheme reads Authorization. For another name, copy it as a scheme of your own.',
    'A plain token: it proves the sender knows it, and nothing about the body.',
  ],
}
