import type { Scheme } from '#contract/scheme.ts'

/** Mandrill (Mailchimp Transactional). Not confirmed by a run; the rule is that of Mandrill’s help page. */
export const mandrill: Scheme = {
  id: 'mandrill',
  name: 'Mandrill (Mailchimp Transactional)',
  documentationUrl:
    'https://mailchimp.com/developer/transactional/guides/track-respond-activity-webhooks/',
  confidence: { kind: 'unconfirmed', by: 'trigger.dev catalogue' },
  algorithm: 'hmac-sha1',
  key: 'utf8',
  secretHint:
    'the key of this webhook (Transactional, Settings, Webhooks, column Key), not an API key',
  settings: [
    {
      name: 'publicUrl',
      label: 'Public URL',
      hint: 'The address as Mandrill calls it, when a proxy or tunnel stands between.',
      kind: 'url',
      required: false,
    },
  ],
  signature: { place: { header: 'X-Mandrill-Signature' }, encoding: 'base64' },
  timestamp: null,
  messageId: { form: 'mandrill_events', json: '[]._id' },
  eventType: [{ form: 'mandrill_events', json: '[].event' }],
  content: 'special:mandrill-form',
  tolerance: null,
  challenges: [
    {
      name: 'URL check',
      when: { methods: ['HEAD'] },
      signed: false,
      answer: { status: 200, headers: [], body: '' },
      sentence: 'Mandrill asked with a HEAD request whether this URL is there.',
    },
  ],
  recognition: { headers: ['x-mandrill-signature'], confidence: 'certain' },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [
      ['Content-Type', 'application/x-www-form-urlencoded'],
      ['User-Agent', 'Mandrill-Webhook/1.0 (countersign test)'],
    ],
    body: 'mandrill_events=%5B%7B%22event%22%3A%22open%22%2C%22_id%22%3A%22exampleaaaaaaaaaaaaaaaaaaaaaaaaa%22%2C%22ts%22%3A1760000000%2C%22msg%22%3A%7B%22subject%22%3A%22Welcome%22%2C%22email%22%3A%22reader%40example.test%22%7D%7D%5D',
  },
  quirks: [
    'The URL is signed exactly as it was entered in Mandrill, query and trailing slash included.',
    'The events are a JSON array in the form field mandrill_events.',
    'When a webhook is made, an empty POST is sent that is signed with the key “test-webhook”.',
  ],
}
