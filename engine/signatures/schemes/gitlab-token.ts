import type { Scheme } from '#contract/scheme.ts'

/** GitLab’s secret token: a plain header. Source: docs.gitlab.com (webhooks); n8n’s GitLab trigger. */
export const gitlabToken: Scheme = {
  id: 'gitlab-token',
  name: 'GitLab (secret token)',
  documentationUrl: 'https://docs.gitlab.com/user/project/integrations/webhooks/',
  confidence: { kind: 'third-party', by: 'n8n-nodes-base 2.41.2; GitLab merge requests' },
  algorithm: 'shared-token',
  key: 'utf8',
  secretHint:
    'the Secret token field of the webhook (Settings, Webhooks); not an access token (glpat-…)',
  signature: { place: { header: 'X-Gitlab-Token' }, encoding: 'text' },
  timestamp: null,
  messageId: { header: 'Idempotency-Key', also: ['X-Gitlab-Event-UUID'] },
  newMessageId: 'uuid',
  eventType: [{ header: 'X-Gitlab-Event' }, { json: 'object_kind' }],
  content: '',
  tolerance: null,
  recognition: { headers: ['x-gitlab-token'], confidence: 'certain' },
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
    'Nothing is signed: the token says nothing about the body.',
    'Newer versions can also sign; see GitLab (signing token).',
  ],
}
