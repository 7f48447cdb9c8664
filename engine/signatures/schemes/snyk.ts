import type { Scheme } from '#contract/scheme.ts'

/** Snyk. From the trigger.dev catalogue. */
export const snyk: Scheme = {
  id: 'snyk',
  name: 'Snyk',
  documentationUrl: 'https://docs.snyk.io/',
  confidence: { kind: 'third-party', by: 'trigger.dev catalogue' },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint: 'the secret you gave when you made the webhook through the Snyk API',
  signature: { place: { header: 'X-Hub-Signature' }, encoding: 'hex', prefix: 'sha256=' },
  timestamp: null,
  messageId: { header: 'X-Snyk-Transport-ID' },
  newMessageId: 'uuid',
  eventType: [{ header: 'X-Snyk-Event' }],
  content: '{body}',
  tolerance: null,
  recognition: {
    headers: ['x-hub-signature'],
    signaturePattern: '^(sha256=)?[0-9a-f]{64}$',
    confidence: 'possible',
    certainWith: ['x-snyk-event', 'x-snyk-transport-id'],
  },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [
      ['Content-Type', 'application/json'],
      ['X-Snyk-Event', 'project_snapshot/v0'],
      ['X-Snyk-Timestamp', '2025-10-09T08:53:20Z'],
    ],
    body: {
      project: {
        id: '6d5813be-7e6d-4ab8-80c2-1e3e2a454545',
        name: 'countersign/example',
        type: 'npm',
      },
      org: { name: 'countersign' },
      newIssues: [],
      removedIssues: [],
    },
  },
  quirks: ['The header has no “-256” in its name, although the digest is SHA-256.'],
}
