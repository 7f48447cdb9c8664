import type { Scheme } from '#contract/scheme.ts'

/** Acuity Scheduling. Source: developers.acuityscheduling.com/docs/webhooks and n8n-nodes-base 2.41.2. */
export const acuity: Scheme = {
  id: 'acuity',
  name: 'Acuity Scheduling',
  documentationUrl: 'https://developers.acuityscheduling.com/docs/webhooks',
  confidence: { kind: 'documentation', by: 'Acuity’s webhooks page; n8n-nodes-base 2.41.2 agrees' },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint:
    'the API key of the account (Integrations, API): the main admin’s for static webhooks, your own user’s for dynamic ones',
  signature: { place: { header: 'X-Acuity-Signature' }, encoding: 'base64' },
  timestamp: null,
  messageId: null,
  eventType: [{ form: 'action' }],
  content: '{body}',
  tolerance: null,
  recognition: { headers: ['x-acuity-signature'], confidence: 'certain' },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/x-www-form-urlencoded']],
    body: 'action=scheduled&id=1048213&calendarID=70231&appointmentTypeID=551020',
  },
  quirks: [
    'The key is the API key itself; there is no separate webhook secret.',
    'Deliveries are forms; the raw form bytes are signed.',
    'The id in the body is the appointment’s, so several deliveries share it.',
  ],
}
