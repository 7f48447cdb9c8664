import type { Scheme } from '#contract/scheme.ts'

/** SendGrid event webhook. Source: twilio.com/docs/sendgrid (event webhook security) and @sendgrid/eventwebhook 8.0.0. */
export const sendgrid: Scheme = {
  id: 'sendgrid',
  name: 'SendGrid event webhook',
  documentationUrl:
    'https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/getting-started-event-webhook-security-features',
  confidence: { kind: 'sdk-run', by: '@sendgrid/eventwebhook 8.0.0' },
  algorithm: 'ecdsa-p256-sha256',
  key: 'public-key',
  secretHint:
    'the verification key, base64 without PEM lines (Settings, Mail Settings, Event Webhooks, Signature verification); not an API key (SG.…)',
  signature: {
    place: { header: 'X-Twilio-Email-Event-Webhook-Signature' },
    encoding: 'base64',
    ecdsa: 'der',
  },
  timestamp: { place: { header: 'X-Twilio-Email-Event-Webhook-Timestamp' }, unit: 's' },
  messageId: { json: '[].sg_event_id' },
  eventType: [{ json: '[].event' }],
  content: '{timestamp}{body}',
  tolerance: null,
  recognition: { headers: ['x-twilio-email-event-webhook-signature'], confidence: 'certain' },
  sdk: { name: '@sendgrid/eventwebhook', decodesSignature: true },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [
      ['Content-Type', 'application/json;charset=utf-8'],
      ['User-Agent', 'SendGrid Event API (countersign test)'],
    ],
    body: [
      {
        email: 'ada@example.test',
        timestamp: 1760000000,
        'smtp-id': '<14c5d75ce93.dfd.64b469@ismtpd-555>',
        event: 'delivered',
        category: ['receipt'],
        sg_event_id: 'ZGVsaXZlcmVkLTAtZXhhbXBsZQ',
        sg_message_id: '14c5d75ce93.dfd.64b469.filter0001.16648.5515E0B88.0',
      },
    ],
  },
  retries: 'For up to 24 hours, at growing intervals.',
  quirks: [
    'The body is a JSON array of events and ends in CR LF. A parser that trims it breaks the signature.',
    'The age is not checked.',
    'ECDSA: signing the same twice gives two different signatures.',
    'What verifies is a public key, so a receiver can not sign for SendGrid. Use a test key pair.',
  ],
}
