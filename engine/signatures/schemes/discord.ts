import type { Scheme } from '#contract/scheme.ts'

/** Discord interactions and webhook events. Source: docs.discord.com and discord-interactions 4.4.0. */
export const discord: Scheme = {
  id: 'discord',
  name: 'Discord',
  documentationUrl: 'https://discord.com/developers/docs/interactions/overview',
  confidence: { kind: 'sdk-run', by: 'discord-interactions 4.4.0' },
  algorithm: 'ed25519',
  key: 'public-key',
  secretHint:
    'the application’s public key, 64 hex characters (Developer Portal, General Information); not the bot token or client secret',
  secretPattern: '^[0-9A-Fa-f]{64}$',
  signature: { place: { header: 'X-Signature-Ed25519' }, encoding: 'hex' },
  timestamp: { place: { header: 'X-Signature-Timestamp' }, unit: 's' },
  messageId: { json: 'id' },
  eventType: [{ json: 'event.type' }, { json: 'type' }],
  content: '{timestamp}{body}',
  tolerance: null,
  challenges: [
    {
      name: 'PING',
      when: { methods: ['POST'], json: { path: 'type', value: 1 }, jsonAbsent: 'event' },
      signed: true,
      answer: {
        status: 200,
        headers: [['Content-Type', 'application/json']],
        body: '{"type":1}',
      },
      refusalStatus: 401,
      sentence: 'Discord sent a PING to see whether this URL checks signatures.',
    },
    {
      name: 'webhook event PING',
      when: { methods: ['POST'], json: { path: 'type', value: 0 } },
      signed: true,
      answer: { status: 204, headers: [], body: '' },
      refusalStatus: 401,
      sentence: 'Discord sent a PING for webhook events to see whether this URL checks signatures.',
    },
  ],
  recognition: {
    headers: ['x-signature-ed25519', 'x-signature-timestamp'],
    signaturePattern: '^[0-9a-f]{128}$',
    confidence: 'likely',
    userAgent: '^Discord-(Interactions|Webhook)/',
  },
  sdk: { name: 'discord-interactions', decodesSignature: true },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [
      ['Content-Type', 'application/json'],
      ['User-Agent', 'Discord-Interactions/1.0 (countersign test)'],
    ],
    body: {
      id: '846462639134605312',
      application_id: '775799577604522054',
      type: 2,
      token: 'example-interaction-token',
      version: 1,
      guild_id: '290926798626999250',
      channel_id: '645027906669510667',
      data: { id: '866818195033292850', name: 'blep', type: 1 },
      member: { user: { id: '53908232506183680', username: 'ada' }, permissions: '0' },
    },
  },
  answerWithinSeconds: 3,
  answersByVerdict: true,
  quirks: [
    'The age of the timestamp is not checked.',
    'When the URL is saved Discord sends wrong signatures on purpose; they must get 401.',
    'What verifies is a public key, so a receiver can not sign for Discord. Use a test key pair.',
  ],
}
