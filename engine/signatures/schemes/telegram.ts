import type { Scheme } from '#contract/scheme.ts'

/** Telegram bots: a plain header. Source: core.telegram.org/bots/api#setwebhook; grammY. */
export const telegram: Scheme = {
  id: 'telegram',
  name: 'Telegram bots',
  documentationUrl: 'https://core.telegram.org/bots/api#setwebhook',
  confidence: { kind: 'third-party', by: 'grammy 1.46.0' },
  algorithm: 'shared-token',
  key: 'utf8',
  secretHint: 'the secret_token that you gave to setWebhook; not the bot token (123456:ABC…)',
  secretPattern: '^[A-Za-z0-9_-]{1,256}$',
  signature: { place: { header: 'X-Telegram-Bot-Api-Secret-Token' }, encoding: 'text' },
  timestamp: null,
  messageId: { json: 'update_id' },
  eventType: [{ memberBeside: ['update_id'] }],
  content: '',
  tolerance: null,
  recognition: { headers: ['x-telegram-bot-api-secret-token'], confidence: 'certain' },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/json']],
    body: {
      update_id: 10000,
      message: {
        message_id: 1365,
        date: 1760000000,
        from: { id: 1111111, is_bot: false, first_name: 'Ada' },
        chat: { id: 1111111, type: 'private', first_name: 'Ada' },
        text: '/start',
      },
    },
  },
  quirks: [
    'Nothing is signed: the token shows that the sender knows it, and says nothing about the body.',
  ],
}
