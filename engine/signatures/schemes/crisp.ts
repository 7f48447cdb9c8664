import type { Scheme } from '#contract/scheme.ts'

/** Crisp. Source: crisp-api 11.3.0. */
export const crisp: Scheme = {
  id: 'crisp',
  name: 'Crisp',
  documentationUrl: 'https://docs.crisp.chat/guides/web-hooks/',
  confidence: { kind: 'sdk-run', by: 'crisp-api 11.3.0' },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint: 'the signing secret of the web hook in the website’s or plugin’s settings',
  signature: { place: { header: 'X-Crisp-Signature' }, encoding: 'hex' },
  timestamp: { place: { header: 'X-Crisp-Request-Timestamp' }, unit: 'ms' },
  messageId: null,
  eventType: [{ json: 'event' }],
  content: '[{timestamp};{body}]',
  tolerance: null,
  recognition: { headers: ['x-crisp-signature'], confidence: 'certain' },
  sdk: { name: 'crisp-api', reserialises: true },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/json']],
    body: {
      website_id: '8c842203-7ed8-4e29-a608-7cf78a7d2fcc',
      event: 'message:send',
      data: {
        session_id: 'session_fed33cab-be59-4b5f-b8d0-9d8ea4a3a2b5',
        type: 'text',
        from: 'user',
        content: 'Hello from an example',
        timestamp: 1760000000000,
      },
      timestamp: 1760000000000,
    },
  },
  quirks: [
    'Square brackets and a semicolon are part of the signed text.',
    'The timestamp is in milliseconds; no clock is checked.',
    'The SDK takes the parsed body and writes it anew before checking; Crisp sends compact JSON, so the raw bytes agree.',
  ],
}
