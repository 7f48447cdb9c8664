import type { Scheme } from '#contract/scheme.ts'

/** Microsoft Graph change notifications. From the trigger.dev catalogue; not confirmed by a run. */
export const msGraph: Scheme = {
  id: 'ms-graph',
  name: 'Microsoft Graph change notifications',
  documentationUrl:
    'https://learn.microsoft.com/en-us/graph/change-notifications-delivery-webhooks',
  confidence: { kind: 'unconfirmed', by: 'trigger.dev catalogue' },
  algorithm: 'shared-token',
  key: 'utf8',
  secretHint: 'the clientState you gave when you made the subscription',
  signature: { place: { json: 'value[].clientState' }, encoding: 'text' },
  timestamp: null,
  messageId: null,
  eventType: [{ json: 'value[].changeType' }],
  content: '',
  tolerance: null,
  challenges: [
    {
      name: 'Validation token',
      when: { methods: ['POST'], query: { name: 'validationToken' }, emptyBody: true },
      signed: false,
      answer: {
        status: 200,
        headers: [['Content-Type', 'text/plain']],
        body: '{query:validationToken}',
      },
      sentence: 'Microsoft Graph asked whether this URL takes notifications.',
    },
  ],
  recognition: {
    headers: [],
    json: ['value[].subscriptionId', 'value[].changeType'],
    confidence: 'likely',
  },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/json']],
    body: {
      value: [
        {
          subscriptionId: '7f105c7d-2dc5-4530-97cd-4e7ae6534c07',
          subscriptionExpirationDateTime: '2025-10-12T08:53:20Z',
          clientState: 'your clientState',
          changeType: 'created',
          resource: 'Users/ddfcd489-628b-40d7-b48b-57002df800e5/Messages/AAMkAGI1AAAt9AHjAAA=',
          tenantId: '84bd8158-6d4d-4958-8b9f-9d6445542f95',
        },
      ],
    },
  },
  answerWithinSeconds: 10,
  quirks: [
    'A plain token in the body: it proves the sender knows it, and nothing about the rest.',
    'The handshake is a POST with an empty body; its token is URL-encoded in the query and is answered decoded.',
    'Rich notifications carry validationTokens (JWT) beside it, which are not checked here.',
  ],
}
