import type { Scheme } from '#contract/scheme.ts'

/** Meta, WhatsApp, Messenger and Instagram. Source: developers.facebook.com (webhooks); whatsapp-api-js 6.3.0. */
export const meta: Scheme = {
  id: 'meta',
  name: 'Meta / WhatsApp / Messenger / Instagram',
  documentationUrl: 'https://developers.facebook.com/docs/graph-api/webhooks/getting-started',
  confidence: { kind: 'third-party', by: 'whatsapp-api-js 6.3.0; trigger.dev' },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint:
    'the app secret (App Dashboard, App settings, Basic); not an access token or the verify token',
  secretPattern: '^[0-9a-f]{32}$',
  settings: [
    {
      name: 'verifyToken',
      label: 'Verify token',
      hint: 'the text that you type beside the callback URL in the App Dashboard; needed for the handshake only',
      kind: 'text',
      required: false,
    },
  ],
  signature: { place: { header: 'X-Hub-Signature-256' }, encoding: 'hex', prefix: 'sha256=' },
  timestamp: null,
  messageId: { json: 'entry[].changes[].value.messages[].id' },
  eventType: [
    { parts: [{ json: 'object' }, { json: 'entry[].changes[].field' }], joint: '.' },
    { json: 'object' },
  ],
  content: '{body}',
  tolerance: null,
  challenges: [
    {
      name: 'hub.challenge',
      when: { methods: ['GET'], query: { name: 'hub.mode', values: ['subscribe'] } },
      signed: false,
      wants: { template: '{query:hub.verify_token}', setting: 'verifyToken' },
      answer: {
        status: 200,
        headers: [['Content-Type', 'text/plain']],
        body: '{query:hub.challenge}',
      },
      sentence: 'Meta asked whether this URL is yours.',
    },
  ],
  recognition: {
    headers: ['x-hub-signature-256'],
    signaturePattern: '^sha256=[0-9a-f]{64}$',
    json: ['object', 'entry'],
    confidence: 'likely',
    userAgent: '^facebookexternalua',
  },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [
      ['Content-Type', 'application/json'],
      ['User-Agent', 'facebookexternalua (countersign test)'],
    ],
    body: {
      object: 'whatsapp_business_account',
      entry: [
        {
          id: '102290129340398',
          changes: [
            {
              field: 'messages',
              value: {
                messaging_product: 'whatsapp',
                metadata: {
                  display_phone_number: '15550783881',
                  phone_number_id: '106540352242922',
                },
                contacts: [{ profile: { name: 'Ada Example' }, wa_id: '15550001042' }],
                messages: [
                  {
                    from: '15550001042',
                    id: 'wamid.HBgLMTU1NTAwMDEwNDIVAgASEXAMPLE',
                    timestamp: '1760000000',
                    type: 'text',
                    text: { body: 'Hello' },
                  },
                ],
              },
            },
          ],
        },
      ],
    },
  },
  retries: 'At once, then less and less often for 36 hours; WhatsApp for up to 7 days.',
  quirks: [
    'Meta signs the body with characters beyond ASCII written as lower-case \\u escapes, which is also how it sends them.',
    'The GET handshake is not signed.',
    'An older X-Hub-Signature header (SHA-1) comes beside it.',
  ],
}
