import type { Scheme } from '#contract/scheme.ts'

/** LiveKit. Source: livekit-server-sdk 2.19.2. */
export const livekit: Scheme = {
  id: 'livekit',
  name: 'LiveKit',
  documentationUrl: 'https://docs.livekit.io/home/server/webhooks/',
  confidence: { kind: 'sdk-run', by: 'livekit-server-sdk 2.19.2' },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint:
    'the API secret that belongs to the API key chosen as signing key for webhooks (LiveKit Cloud, Settings, Keys)',
  settings: [
    {
      name: 'apiKey',
      label: 'API key',
      hint: 'The API key, such as APIxxxxxxxx; the token names it as its issuer.',
      kind: 'text',
      required: true,
    },
  ],
  signature: { place: { header: 'Authorization' }, encoding: 'base64url' },
  timestamp: null,
  messageId: { json: 'id' },
  eventType: [{ json: 'event' }],
  content: '',
  jwt: {
    issuerFrom: 'apiKey',
    body: { claim: 'sha256', encoding: 'base64' },
    times: 'exp-nbf',
    lifetimeSeconds: 300,
  },
  tolerance: { pastSeconds: 10, futureSeconds: 10 },
  recognition: {
    headers: ['authorization'],
    signaturePattern: '^[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+$',
    json: ['event', 'id', 'createdAt'],
    confidence: 'likely',
  },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/webhook+json']],
    body: {
      event: 'room_started',
      id: 'EV_countersignTest',
      createdAt: '1760000000',
      room: { sid: 'RM_countersignTest', name: 'daily', numParticipants: 0 },
    },
  },
  quirks: [
    'The Authorization header holds the token alone, without “Bearer”.',
    'The SDK allows the clock ten seconds of difference.',
    'The sha256 claim is the base64 of the body’s digest, not hex.',
    'The Content-Type is application/webhook+json, which many JSON parsers pass over.',
  ],
}
