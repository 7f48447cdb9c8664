import type { Scheme } from '#contract/scheme.ts'

/** Trello. Source: developer.atlassian.com (Trello webhooks); n8n’s Trello trigger. */
export const trello: Scheme = {
  id: 'trello',
  name: 'Trello',
  documentationUrl: 'https://developer.atlassian.com/cloud/trello/guides/rest-api/webhooks/',
  confidence: { kind: 'third-party', by: 'n8n-nodes-base 2.41.2' },
  algorithm: 'hmac-sha1',
  key: 'utf8',
  secretHint:
    'the application’s secret, also called OAuth1 secret (trello.com/power-ups/admin, your Power-Up, API key); not the API key or token',
  settings: [
    {
      name: 'callbackUrl',
      label: 'Callback URL',
      hint: 'callbackURL exactly as it was given when the webhook was created',
      kind: 'url',
      required: true,
    },
  ],
  signature: { place: { header: 'X-Trello-Webhook' }, encoding: 'base64' },
  timestamp: null,
  messageId: { json: 'action.id' },
  eventType: [{ json: 'action.type' }],
  content: '{body}{settings.callbackUrl}',
  tolerance: null,
  challenges: [
    {
      name: 'HEAD',
      when: { methods: ['HEAD'] },
      signed: false,
      answer: { status: 200, headers: [], body: '' },
      sentence: 'Trello asked with HEAD whether this URL answers, as it does for a new webhook.',
    },
  ],
  recognition: { headers: ['x-trello-webhook'], confidence: 'certain' },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/json']],
    body: {
      action: {
        id: '51f9424bcd6e040f3c002412',
        idMemberCreator: '4fc78a59a885233f4b349bd9',
        type: 'updateCard',
        date: '2025-10-09T08:53:20.000Z',
        data: {
          board: { id: '4d5ea62fd76aa1136000000c', name: 'Shop' },
          card: { id: '4eea4ffc91e31d1746000046', name: 'Send receipt' },
        },
      },
      model: { id: '4d5ea62fd76aa1136000000c', name: 'Shop' },
    },
  },
  retries: 'Three times: after 30 s, 60 s and 120 s.',
  retrySchedule: { gapsSeconds: [30, 60, 120] },
  quirks: [
    'The body comes first, then the callback URL exactly as registered.',
    'A HEAD request comes when the webhook is created and must get 200.',
  ],
}
