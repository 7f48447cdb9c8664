import type { Scheme } from '#contract/scheme.ts'
import { webhookHeaders } from './standard-headers.ts'

/** Liveblocks, through Svix. Source: @liveblocks/node 3.24.2. */
export const liveblocks: Scheme = {
  id: 'liveblocks',
  name: 'Liveblocks',
  documentationUrl: 'https://liveblocks.io/docs/platform/webhooks',
  confidence: { kind: 'sdk-run', by: '@liveblocks/node 3.24.2' },
  algorithm: 'hmac-sha256',
  key: 'base64-after-whsec',
  secretHint: 'the whsec_… signing secret on the webhook’s page in the Liveblocks dashboard',
  secretPrefix: 'whsec_',
  ...webhookHeaders,
  eventType: [{ json: 'type' }],
  recognition: {
    headers: ['webhook-signature', 'webhook-timestamp', 'webhook-id'],
    signaturePattern: '^v1,',
    json: ['type', 'data.projectId'],
    confidence: 'possible',
  },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/json']],
    body: {
      type: 'storageUpdated',
      data: {
        projectId: '605a50b01a36d5ea7a2e9104',
        roomId: 'my-room',
        updatedAt: '2025-10-09T08:53:20.000Z',
      },
    },
  },
  quirks: [
    'The SDK demands the whsec_ prefix of the secret.',
    'The SDK accepts any version tag before the comma; here only v1 counts.',
  ],
}
