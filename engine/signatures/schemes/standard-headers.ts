import type { Scheme } from '#contract/scheme.ts'

/** What every sender that follows the Standard Webhooks specification shares, by its header names. */
export const webhookHeaders = {
  signature: {
    place: { header: 'webhook-signature' },
    encoding: 'base64',
    list: ' ',
    pair: ',',
    version: 'v1',
  },
  timestamp: { place: { header: 'webhook-timestamp' }, unit: 's' },
  messageId: { header: 'webhook-id' },
  newMessageId: { prefix: 'msg_' },
  content: '{id}.{timestamp}.{body}',
  // The specification gives no number; its reference library allows 300 s either way.
  tolerance: { pastSeconds: 300, futureSeconds: 300 },
} satisfies Partial<Scheme>

/** The same by the names that Svix gave them first. */
export const svixHeaders = {
  ...webhookHeaders,
  signature: { ...webhookHeaders.signature, place: { header: 'svix-signature' } },
  timestamp: { place: { header: 'svix-timestamp' }, unit: 's' },
  messageId: { header: 'svix-id' },
} satisfies Partial<Scheme>
