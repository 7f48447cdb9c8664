import type { Scheme } from '#contract/scheme.ts'

/** Onfleet. Source: the trigger node of n8n-nodes-base 2.41.2. */
export const onfleet: Scheme = {
  id: 'onfleet',
  name: 'Onfleet',
  documentationUrl: 'https://docs.onfleet.com/reference/webhooks',
  confidence: { kind: 'third-party', by: 'n8n-nodes-base 2.41.2' },
  algorithm: 'hmac-sha512',
  key: 'hex',
  secretHint: 'the webhook secret (Onfleet dashboard, Settings, API and Webhooks); hex text',
  secretPattern: '^(?:[0-9a-fA-F]{2})+$',
  signature: { place: { header: 'X-Onfleet-Signature' }, encoding: 'hex' },
  timestamp: null,
  messageId: null,
  eventType: [{ json: 'triggerName' }],
  content: '{body}',
  tolerance: null,
  challenges: [
    {
      name: 'Check',
      when: { methods: ['GET'], query: { name: 'check' } },
      signed: false,
      answer: { status: 200, headers: [['Content-Type', 'text/plain']], body: '{query:check}' },
      sentence: 'Onfleet asked whether this URL is yours.',
    },
  ],
  recognition: { headers: ['x-onfleet-signature'], confidence: 'certain' },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/json']],
    body: {
      time: 1760000000000,
      triggerId: 3,
      triggerName: 'taskCompleted',
      taskId: 'Nzp0Q8vFqLJ3yyB0YkYb8rTX',
      workerId: 'sFtvhYK2l26zS0imptJJdC2q',
      actionContext: { type: 'WORKER', id: 'sFtvhYK2l26zS0imptJJdC2q' },
    },
  },
  quirks: ['The digest is SHA-512, and the secret is decoded from hex.'],
}
