import type { Scheme } from '#contract/scheme.ts'

/** Plain. Source: the configuration in @trigger.dev/core. */
export const plain: Scheme = {
  id: 'plain',
  name: 'Plain',
  documentationUrl: 'https://www.plain.com/docs/api-reference/request-signing',
  confidence: { kind: 'third-party', by: '@trigger.dev/core' },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint: 'the request signing secret of the workspace (Plain, Settings, Request signing)',
  signature: { place: { header: 'Plain-Request-Signature' }, encoding: 'hex' },
  timestamp: {
    place: { json: 'webhookMetadata.webhookDeliveryAttemptTimestamp' },
    unit: 'iso8601',
  },
  messageId: { json: 'id' },
  eventType: [{ json: 'type' }],
  content: '{body}',
  tolerance: { pastSeconds: 300, futureSeconds: 300 },
  recognition: { headers: ['plain-request-signature'], confidence: 'certain' },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/json']],
    body: {
      id: 'pEv_01HD44FHMCDSSWE38N14FSYV6K',
      type: 'thread.thread_created',
      timestamp: '2025-10-09T08:53:19.000Z',
      workspaceId: 'w_01GST0W989ZNAW53X6XYHAY87P',
      payload: {
        eventType: 'thread.thread_created',
        thread: { id: 'th_01HD44FHDPG82VQ4QNHDR4N2T0', title: 'Unable to sign in' },
      },
      webhookMetadata: {
        webhookTargetId: 'whTarget_01HD4400VTDJQ646V6RY37SR7K',
        webhookDeliveryAttemptId: 'whAttempt_01HD44FHZR5E6G6Y2KB28QB8KJ',
        webhookDeliveryAttemptNumber: 1,
        webhookDeliveryAttemptTimestamp: '2025-10-09T08:53:20.000Z',
      },
    },
  },
  quirks: ['The timestamp that counts stands in the signed body; each attempt has its own.'],
}
