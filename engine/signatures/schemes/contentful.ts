import type { Scheme } from '#contract/scheme.ts'

/**
 * Contentful request verification. Source: contentful.com/developers/docs (request verification)
 * and @contentful/node-apps-toolkit 3.16.1.
 */
export const contentful: Scheme = {
  id: 'contentful',
  name: 'Contentful request verification',
  documentationUrl:
    'https://www.contentful.com/developers/docs/extensibility/app-framework/request-verification/',
  confidence: { kind: 'sdk-run', by: '@contentful/node-apps-toolkit 3.16.1' },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint:
    'the 64-character signing secret (Webhooks, Settings, Request verification; for apps the app’s Security tab); not a delivery or management token',
  secretPattern: '^[\\s\\S]{64}$',
  signature: { place: { header: 'x-contentful-signature' }, encoding: 'hex' },
  timestamp: { place: { header: 'x-contentful-timestamp' }, unit: 'ms' },
  messageId: null,
  eventType: [{ header: 'X-Contentful-Topic' }],
  content: 'special:contentful-canonical',
  tolerance: { pastSeconds: 30, futureSeconds: null },
  recognition: { headers: ['x-contentful-signature'], confidence: 'certain' },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [
      ['Content-Type', 'application/vnd.contentful.management.v1+json'],
      ['X-Contentful-Topic', 'ContentManagement.Entry.publish'],
      ['X-Contentful-Webhook-Name', 'countersign test'],
    ],
    body: {
      sys: {
        type: 'Entry',
        id: '4rPdazIwWkuuKEAQgemSmO',
        space: { sys: { type: 'Link', linkType: 'Space', id: 'exampleSpace' } },
        contentType: { sys: { type: 'Link', linkType: 'ContentType', id: 'article' } },
        revision: 2,
      },
      fields: { title: { 'en-US': 'Hello' } },
    },
  },
  quirks: [
    'Signed: method, path, the signed headers as name:value joined with semicolons, and the body, with a line feed between.',
    'x-contentful-signed-headers names the headers that are covered.',
    'The query string is escaped once more as a whole before signing.',
    'The timestamp is in milliseconds, and only 30 s are allowed by default.',
    'The SDK wants a secret of exactly 64 characters.',
    'Plain Contentful webhooks can use Basic auth or headers of your own instead.',
  ],
}
