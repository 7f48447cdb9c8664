import type { Scheme } from '#contract/scheme.ts'

/** Cal.com. Source: cal.com/docs/developing/guides/automation/webhooks; n8n’s Cal trigger. */
export const calcom: Scheme = {
  id: 'calcom',
  name: 'Cal.com',
  documentationUrl: 'https://cal.com/docs/developing/guides/automation/webhooks',
  confidence: { kind: 'third-party', by: 'n8n-nodes-base 2.41.2; trigger.dev' },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint: 'the secret of the webhook (Settings, Developer, Webhooks); not an API key (cal_…)',
  signature: { place: { header: 'X-Cal-Signature-256' }, encoding: 'hex' },
  timestamp: null,
  messageId: null,
  eventType: [{ json: 'triggerEvent' }],
  content: '{body}',
  tolerance: null,
  recognition: { headers: ['x-cal-signature-256'], confidence: 'certain' },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/json']],
    body: {
      triggerEvent: 'BOOKING_CREATED',
      createdAt: '2025-10-09T08:53:20.000Z',
      payload: {
        type: '30min',
        title: '30 min between Ada Example and Grace Example',
        startTime: '2025-10-10T09:00:00Z',
        endTime: '2025-10-10T09:30:00Z',
        attendees: [
          { email: 'grace@example.test', name: 'Grace Example', timeZone: 'Europe/Berlin' },
        ],
        uid: 'bk3xAmpLe',
      },
    },
  },
  quirks: [
    'The hex digest has no prefix.',
    'Without a secret Cal.com sends the text no-secret-provided in the signature header.',
  ],
}
