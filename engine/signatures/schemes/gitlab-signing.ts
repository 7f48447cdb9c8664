import type { Scheme } from '#contract/scheme.ts'
import { webhookHeaders } from './standard-headers.ts'

/** GitLab’s signing token, by Standard Webhooks. Source: GitLab merge requests 230944 and 231325. */
export const gitlabSigning: Scheme = {
  id: 'gitlab-signing',
  name: 'GitLab (signing token)',
  documentationUrl: 'https://docs.gitlab.com/user/project/integrations/webhooks/',
  confidence: { kind: 'documentation', by: 'GitLab merge requests 230944 and 231325' },
  algorithm: 'hmac-sha256',
  key: 'base64-after-whsec',
  secretHint:
    'the signing token (whsec_…) of the webhook (Settings, Webhooks); not the secret token',
  secretPrefix: 'whsec_',
  secretPattern: '^whsec_[A-Za-z0-9+/]{43}=$',
  ...webhookHeaders,
  newMessageId: 'uuid',
  eventType: [{ header: 'X-Gitlab-Event' }, { json: 'object_kind' }],
  recognition: {
    headers: ['webhook-signature', 'x-gitlab-event'],
    confidence: 'likely',
    certainWith: ['x-gitlab-event'],
  },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [
      ['Content-Type', 'application/json'],
      ['User-Agent', 'GitLab (countersign test)'],
      ['X-Gitlab-Event', 'Push Hook'],
      ['X-Gitlab-Instance', 'https://gitlab.example.test'],
    ],
    body: {
      object_kind: 'push',
      event_name: 'push',
      ref: 'refs/heads/main',
      before: '95790bf891e76fee5e1747ab589903a6a1f80f22',
      after: 'da1560886d4f094c3e6c9ef40349f7d38b5d27d7',
      user_username: 'ada',
      project: { id: 15, name: 'shop', path_with_namespace: 'example/shop' },
      total_commits_count: 1,
    },
  },
  quirks: [
    'The token must be whsec_ and the base64 of 32 bytes. It was behind a feature flag when introduced.',
    'webhook-id is the same as Idempotency-Key.',
    'The plain X-Gitlab-Token may be sent as well.',
  ],
}
