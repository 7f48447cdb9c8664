import type { Scheme } from '#contract/scheme.ts'

/** Zoom. Source: developers.zoom.us/docs/api/webhooks and @zoom/rivet 0.4.0. */
export const zoom: Scheme = {
  id: 'zoom',
  name: 'Zoom',
  documentationUrl: 'https://developers.zoom.us/docs/api/webhooks/',
  confidence: { kind: 'sdk-run', by: '@zoom/rivet 0.4.0' },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint:
    'the secret token of the app (App Marketplace, your app, Features, Access, Token); not the client secret or the verification token',
  signature: { place: { header: 'x-zm-signature' }, encoding: 'hex', prefix: 'v0=' },
  timestamp: { place: { header: 'x-zm-request-timestamp' }, unit: 's' },
  messageId: {
    parts: [{ json: 'event' }, { json: 'event_ts' }, { json: 'payload.object.id' }],
    joint: ':',
  },
  eventType: [{ json: 'event' }],
  content: 'v0:{timestamp}:{body}',
  tolerance: null,
  challenges: [
    {
      name: 'endpoint.url_validation',
      when: { methods: ['POST'], json: { path: 'event', value: 'endpoint.url_validation' } },
      signed: true,
      answer: {
        status: 200,
        headers: [['Content-Type', 'application/json']],
        body: '{"plainToken":"{json:payload.plainToken}","encryptedToken":"{hmac-sha256-hex:json:payload.plainToken}"}',
      },
      sentence: 'Zoom asked whether this URL is yours.',
    },
  ],
  recognition: { headers: ['x-zm-signature'], confidence: 'certain' },
  sdk: { name: '@zoom/rivet', reserialises: true, refusesNonJson: true },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [
      ['Content-Type', 'application/json; charset=utf-8'],
      ['User-Agent', 'Zoom Marketplace/1.0a (countersign test)'],
    ],
    body: {
      event: 'meeting.started',
      event_ts: 1760000000123,
      payload: {
        account_id: 'AAAAAABBBB',
        object: {
          id: '1234567890',
          uuid: '4444AAAiAAAAAiAiAiiAii==',
          host_id: 'x1yCzABCDEfg23HiJKl4mN',
          topic: 'Weekly',
          type: 8,
          start_time: '2025-10-09T08:53:20Z',
          timezone: 'Europe/Berlin',
        },
      },
    },
  },
  retries: 'Three times: after 5 min, 20 min later and 60 min later.',
  retrySchedule: { gapsSeconds: [300, 1200, 3600] },
  answerWithinSeconds: 3,
  quirks: [
    'The SDK signs the re-serialised JSON, not the raw bytes. Zoom sends compact JSON, where both agree.',
    'The SDK never looks at the age of the timestamp.',
    'The header’s timestamp is in seconds, event_ts in the body in milliseconds.',
    'There is no delivery id; one is made of event, event_ts and the object’s id.',
  ],
}
