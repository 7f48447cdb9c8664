import type { Scheme } from '#contract/scheme.ts'

/** Twitch EventSub. Source: dev.twitch.tv/docs/eventsub/handling-webhook-events; @twurple/eventsub-http. */
export const twitch: Scheme = {
  id: 'twitch',
  name: 'Twitch EventSub',
  documentationUrl: 'https://dev.twitch.tv/docs/eventsub/handling-webhook-events/',
  confidence: { kind: 'third-party', by: '@twurple/eventsub-http 8.1.4' },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint:
    'the transport.secret that you gave when the subscription was created, 10 to 100 ASCII characters; not the client secret',
  secretPattern: '^[\\x20-\\x7e]{10,100}$',
  signature: {
    place: { header: 'Twitch-Eventsub-Message-Signature' },
    encoding: 'hex',
    prefix: 'sha256=',
  },
  timestamp: { place: { header: 'Twitch-Eventsub-Message-Timestamp' }, unit: 'iso8601' },
  messageId: { header: 'Twitch-Eventsub-Message-Id' },
  newMessageId: 'uuid',
  eventType: [{ header: 'Twitch-Eventsub-Subscription-Type' }],
  content: '{id}{timestamp}{body}',
  tolerance: null,
  challenges: [
    {
      name: 'webhook_callback_verification',
      when: {
        methods: ['POST'],
        header: { name: 'Twitch-Eventsub-Message-Type', value: 'webhook_callback_verification' },
        json: { path: 'challenge' },
      },
      signed: true,
      answer: {
        status: 200,
        headers: [['Content-Type', 'text/plain']],
        body: '{json:challenge}',
      },
      sentence: 'Twitch asked whether this URL is yours.',
    },
  ],
  recognition: { headers: ['twitch-eventsub-message-signature'], confidence: 'certain' },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [
      ['Content-Type', 'application/json'],
      ['Twitch-Eventsub-Message-Retry', '0'],
      ['Twitch-Eventsub-Message-Type', 'notification'],
      ['Twitch-Eventsub-Subscription-Type', 'channel.follow'],
      ['Twitch-Eventsub-Subscription-Version', '2'],
    ],
    body: {
      subscription: {
        id: 'f1c2a387-161a-49f9-a165-0f21d7a4e1c4',
        type: 'channel.follow',
        version: '2',
        status: 'enabled',
        cost: 0,
        condition: { broadcaster_user_id: '1337', moderator_user_id: '1337' },
        transport: { method: 'webhook', callback: 'https://example.test/twitch' },
        created_at: '2025-10-09T08:00:00.000000000Z',
      },
      event: {
        user_id: '1042',
        user_login: 'ada',
        user_name: 'Ada',
        broadcaster_user_id: '1337',
        broadcaster_user_login: 'example',
        broadcaster_user_name: 'Example',
        followed_at: '2025-10-09T08:53:20.000000000Z',
      },
    },
  },
  quirks: [
    'Id, timestamp and body are joined with nothing between.',
    'The timestamp has nanoseconds; it is used as sent.',
    'The documentation advises refusing messages older than 10 min; the verifier that was run does not look at the clock.',
    'Twitch-Eventsub-Message-Type tells notification, verification and revocation apart.',
  ],
}
