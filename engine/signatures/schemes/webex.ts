import type { Scheme } from '#contract/scheme.ts'

/** Cisco Webex. Source: the trigger node of n8n. */
export const webex: Scheme = {
  id: 'webex',
  name: 'Cisco Webex',
  documentationUrl: 'https://developer.webex.com/docs/api/guides/webhooks',
  confidence: { kind: 'third-party', by: 'n8n-nodes-base 2.41.2' },
  algorithm: 'hmac-sha1',
  key: 'utf8',
  secretHint: 'the secret you gave when you made the webhook',
  signature: { place: { header: 'X-Spark-Signature' }, encoding: 'hex' },
  timestamp: null,
  messageId: { json: 'data.id' },
  eventType: [{ parts: [{ json: 'resource' }, { json: 'event' }], joint: '.' }],
  content: '{body}',
  tolerance: null,
  recognition: { headers: ['x-spark-signature'], confidence: 'certain' },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/json']],
    body: {
      id: 'Y2lzY29zcGFyazovL3VzL1dFQkhPT0svdGVzdA',
      name: 'countersign test',
      targetUrl: 'https://example.test/webex',
      resource: 'messages',
      event: 'created',
      actorId: 'Y2lzY29zcGFyazovL3VzL1BFT1BMRS90ZXN0',
      data: {
        id: 'Y2lzY29zcGFyazovL3VzL01FU1NBR0UvdGVzdA',
        roomId: 'Y2lzY29zcGFyazovL3VzL1JPT00vdGVzdA',
        created: '2025-10-09T08:53:20.000Z',
      },
    },
  },
  quirks: [
    'id in the body names the webhook; data.id names the thing it tells of.',
    'The digest is SHA-1.',
  ],
}
