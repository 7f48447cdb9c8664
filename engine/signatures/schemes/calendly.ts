import type { Scheme } from '#contract/scheme.ts'

/** Calendly. Source: developer.calendly.com (webhook signatures); n8n’s Calendly trigger. */
export const calendly: Scheme = {
  id: 'calendly',
  name: 'Calendly',
  documentationUrl: 'https://developer.calendly.com/api-docs/4c305798a61d3-webhook-signatures',
  confidence: { kind: 'third-party', by: 'n8n-nodes-base 2.41.2; trigger.dev' },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint:
    'the signing_key that was given when the webhook subscription was created; not a personal access token',
  signature: {
    place: { header: 'Calendly-Webhook-Signature' },
    encoding: 'hex',
    list: ',',
    pair: '=',
    version: 'v1',
  },
  timestamp: { place: { field: 't' }, unit: 's' },
  messageId: { parts: [{ json: 'payload.uri' }, { json: 'event' }], joint: ':' },
  eventType: [{ json: 'event' }],
  content: '{timestamp}.{body}',
  tolerance: { pastSeconds: 300, futureSeconds: 300 },
  recognition: { headers: ['calendly-webhook-signature'], confidence: 'certain' },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/json']],
    body: {
      event: 'invitee.created',
      created_at: '2025-10-09T08:53:20.000000Z',
      created_by: 'https://api.calendly.com/users/EXAMPLE',
      payload: {
        uri: 'https://api.calendly.com/scheduled_events/EXAMPLE1/invitees/EXAMPLE2',
        email: 'grace@example.test',
        name: 'Grace Example',
        status: 'active',
        timezone: 'Europe/Berlin',
      },
    },
  },
  quirks: [
    'The sample code of the documentation allows three minutes; the verifier that was run allows five, both ways.',
    'There is no delivery id; payload.uri and event together tell deliveries apart.',
  ],
}
