import type { Scheme } from '#contract/scheme.ts'

/** Tally. From the trigger.dev catalogue. */
export const tally: Scheme = {
  id: 'tally',
  name: 'Tally',
  documentationUrl: 'https://tally.so/help/webhooks',
  confidence: { kind: 'third-party', by: 'trigger.dev catalogue' },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint: 'the signing secret you set for the webhook (the form’s Integrations, Webhooks)',
  signature: { place: { header: 'Tally-Signature' }, encoding: 'base64' },
  timestamp: null,
  messageId: { json: 'eventId' },
  eventType: [{ json: 'eventType' }],
  content: '{body}',
  tolerance: null,
  recognition: { headers: ['tally-signature'], confidence: 'certain' },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/json']],
    body: {
      eventId: 'a4cb511e-d513-4fa5-baee-b815d718dfd1',
      eventType: 'FORM_RESPONSE',
      createdAt: '2025-10-09T08:53:20.000Z',
      data: {
        responseId: '2wgx4n',
        submissionId: '2wgx4n',
        formId: 'VwbNEw',
        formName: 'Webhook payload',
        fields: [
          { key: 'question_3EKz4n', label: 'Name', type: 'INPUT_TEXT', value: 'Test Person' },
        ],
      },
    },
  },
  quirks: [
    'Tally sends and signs compact JSON.',
    'There is no timestamp: an old delivery can be sent again and still matches.',
  ],
}
