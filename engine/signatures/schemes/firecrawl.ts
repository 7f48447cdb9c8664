import type { Scheme } from '#contract/scheme.ts'

/** Firecrawl. Source: docs.firecrawl.dev/webhooks/security and @trigger.dev/core. */
export const firecrawl: Scheme = {
  id: 'firecrawl',
  name: 'Firecrawl',
  documentationUrl: 'https://docs.firecrawl.dev/webhooks/security',
  confidence: {
    kind: 'documentation',
    by: 'Firecrawl’s page on security; @trigger.dev/core 4.8.3 agrees',
  },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint: 'the webhook secret of the account (settings, Advanced)',
  signature: { place: { header: 'X-Firecrawl-Signature' }, encoding: 'hex', prefix: 'sha256=' },
  timestamp: null,
  messageId: { json: 'webhookId' },
  eventType: [{ json: 'type' }],
  content: '{body}',
  tolerance: null,
  recognition: { headers: ['x-firecrawl-signature'], confidence: 'certain' },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/json']],
    body: {
      success: true,
      type: 'crawl.page',
      id: '550e8400-e29b-41d4-a716-446655440000',
      webhookId: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
      data: [{ markdown: '# Example', metadata: { sourceURL: 'https://example.test/' } }],
    },
  },
  quirks: ['There is no timestamp: an old delivery can be sent again and still matches.'],
}
