import type { Scheme } from '#contract/scheme.ts'

/** Chatwoot. Source: public integrations and the catalogue of trigger.dev. */
export const chatwoot: Scheme = {
  id: 'chatwoot',
  name: 'Chatwoot',
  documentationUrl:
    'https://www.chatwoot.com/hc/user-guide/articles/1677693021-how-to-use-webhooks',
  confidence: {
    kind: 'third-party',
    by: 'public integrations (several agree); trigger.dev catalogue',
  },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint: 'the secret shown for the webhook (Settings, Integrations, Webhooks)',
  signature: { place: { header: 'X-Chatwoot-Signature' }, encoding: 'hex', prefix: 'sha256=' },
  timestamp: { place: { header: 'X-Chatwoot-Timestamp' }, unit: 's' },
  messageId: { header: 'X-Chatwoot-Delivery' },
  newMessageId: 'uuid',
  eventType: [{ json: 'event' }],
  content: '{timestamp}.{body}',
  tolerance: null,
  recognition: { headers: ['x-chatwoot-signature'], confidence: 'certain' },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/json']],
    body: {
      event: 'message_created',
      id: 4200,
      content: 'Where is my order?',
      message_type: 'incoming',
      account: { id: 1, name: 'Example' },
      conversation: { id: 7, status: 'open' },
      sender: { id: 12, name: 'Ada Example', type: 'contact' },
    },
  },
  quirks: ['The rule has not been seen in Chatwoot’s own documentation.'],
}
