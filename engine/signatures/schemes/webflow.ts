import type { Scheme } from '#contract/scheme.ts'

/** Webflow. Source: webflow-api 3.3.4. */
export const webflow: Scheme = {
  id: 'webflow',
  name: 'Webflow',
  documentationUrl: 'https://developers.webflow.com/data/docs/working-with-webhooks',
  confidence: { kind: 'sdk-run', by: 'webflow-api 3.3.4' },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint:
    'the client secret of the OAuth app, or the secret key of a webhook made in the site settings',
  signature: { place: { header: 'x-webflow-signature' }, encoding: 'hex' },
  timestamp: { place: { header: 'x-webflow-timestamp' }, unit: 'ms' },
  messageId: null,
  eventType: [{ json: 'triggerType' }],
  content: '{timestamp}:{body}',
  tolerance: null,
  recognition: { headers: ['x-webflow-signature'], confidence: 'certain' },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/json']],
    body: {
      triggerType: 'form_submission',
      payload: {
        name: 'Contact Us',
        siteId: '65427cf400e02b306eaa049c',
        data: { Email: 'reader@example.test' },
        submittedAt: '2025-10-09T08:53:20.000Z',
        id: '6321ca84df3949bfc6752327',
      },
    },
  },
  quirks: [
    'The timestamp is in milliseconds.',
    'The SDK does not check the age; the documentation advises five minutes.',
  ],
}
