import type { Scheme } from '#contract/scheme.ts'

/** Intercom. Source: developers.intercom.com (webhook notifications); trigger.dev. */
export const intercom: Scheme = {
  id: 'intercom',
  name: 'Intercom',
  documentationUrl: 'https://developers.intercom.com/docs/webhooks/webhook-notifications',
  confidence: {
    kind: 'third-party',
    by: 'trigger.dev; Hookdeck notes; run with @trigger.dev/core 4.8.3',
  },
  algorithm: 'hmac-sha1',
  key: 'utf8',
  secretHint:
    'the client secret of the app (Developer Hub, your app, Basic information); not the access token',
  signature: { place: { header: 'X-Hub-Signature' }, encoding: 'hex', prefix: 'sha1=' },
  timestamp: null,
  messageId: { json: 'id' },
  eventType: [{ json: 'topic' }],
  content: '{body}',
  tolerance: null,
  challenges: [
    {
      name: 'HEAD',
      when: { methods: ['HEAD'] },
      signed: false,
      answer: { status: 200, headers: [], body: '' },
      sentence: 'Intercom asked with HEAD whether this URL answers.',
    },
    {
      name: 'ping',
      when: { methods: ['POST'], json: { path: 'topic', value: 'ping' } },
      signed: true,
      answer: null,
      sentence: 'Intercom sent the ping that comes when the webhook is saved.',
    },
  ],
  recognition: {
    headers: ['x-hub-signature'],
    signaturePattern: '^sha1=[0-9a-f]{40}$',
    json: ['topic', 'app_id'],
    confidence: 'likely',
  },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/json']],
    body: {
      type: 'notification_event',
      app_id: 'example',
      topic: 'conversation.user.created',
      id: 'notif_6a7ea580-a4d5-11f0-8f0a-0242ac110002',
      created_at: 1760000000,
      delivery_attempts: 1,
      first_sent_at: 1760000000,
      data: {
        type: 'notification_event_data',
        item: { type: 'conversation', id: '1042', state: 'open' },
      },
    },
  },
  retries: 'Once, after 1 min.',
  retrySchedule: { gapsSeconds: [60] },
  answerWithinSeconds: 5,
  quirks: [
    'SHA-1, keyed with the client secret of the app.',
    'A ping is sent when the webhook is saved; Intercom may also send a HEAD request.',
  ],
}
