import type { Json, ProviderEvent, ProviderEvents } from '#engine/replay/compose/provider-event.ts'

const repository = {
  id: 1296269,
  name: 'hooks',
  full_name: 'example/hooks',
  private: false,
  default_branch: 'main',
}
const sender = { login: '{{firstName|lower}}-example', type: 'User' }

function github(event: string, name: string, body: Record<string, Json>): ProviderEvent {
  return {
    name,
    headers: [['X-GitHub-Event', event]],
    body: { ...body, repository, sender },
  }
}

const githubEvents: readonly ProviderEvent[] = [
  github('push', 'push', {
    ref: 'refs/heads/main',
    before: '{{hex 40}}',
    after: '{{hex 40}}',
    commits: [
      {
        id: '{{hex 40}}',
        message: '{{sentence}}',
        timestamp: '{{isoNow -1m}}',
        author: { name: '{{firstName}} {{lastName}}', email: '{{email}}' },
        modified: ['src/webhooks.ts'],
      },
    ],
  }),
  github('pull_request', 'pull_request opened', {
    action: 'opened',
    number: '={{counter}}',
    pull_request: {
      id: '={{int 100000000 999999999}}',
      title: '{{sentence}}',
      state: 'open',
      head: { ref: '{{word}}-{{word}}', sha: '{{hex 40}}' },
      base: { ref: 'main', sha: '{{hex 40}}' },
    },
  }),
  github('issues', 'issues opened', {
    action: 'opened',
    issue: {
      number: '={{counter}}',
      title: '{{sentence}}',
      body: '{{sentence}}',
      labels: [{ name: '{{pick bug question docs}}' }],
    },
  }),
  github('workflow_run', 'workflow_run completed', {
    action: 'completed',
    workflow_run: {
      id: '={{int 1000000000 9999999999}}',
      name: 'test',
      head_branch: 'main',
      head_sha: '{{hex 40}}',
      status: 'completed',
      conclusion: '{{pick success failure cancelled}}',
    },
  }),
  github('release', 'release published', {
    action: 'published',
    release: { tag_name: 'v1.{{int 0 40}}.0', name: '{{word}}', draft: false, prerelease: false },
  }),
  github('ping', 'ping', {
    zen: '{{sentence}}',
    hook_id: '={{int 100000000 999999999}}',
    hook: { type: 'Repository', active: true, events: ['push'] },
  }),
]

const project = { id: 15, name: 'shop', path_with_namespace: 'example/shop' }

function gitlab(event: string, body: Record<string, Json>): ProviderEvent {
  return { name: event, headers: [['X-Gitlab-Event', event]], body: { ...body, project } }
}

const gitlabEvents: readonly ProviderEvent[] = [
  gitlab('Push Hook', {
    object_kind: 'push',
    event_name: 'push',
    ref: 'refs/heads/main',
    before: '{{hex 40}}',
    after: '{{hex 40}}',
    user_username: '{{firstName|lower}}',
    total_commits_count: 1,
  }),
  gitlab('Merge Request Hook', {
    object_kind: 'merge_request',
    user: { username: '{{firstName|lower}}' },
    object_attributes: {
      iid: '={{counter}}',
      title: '{{sentence}}',
      state: 'opened',
      action: 'open',
      source_branch: '{{word}}',
      target_branch: 'main',
    },
  }),
  gitlab('Pipeline Hook', {
    object_kind: 'pipeline',
    object_attributes: {
      id: '={{int 1000 99999}}',
      ref: 'main',
      sha: '{{hex 40}}',
      status: '{{pick success failed canceled}}',
      duration: '={{int 20 900}}',
    },
  }),
]

function linear(type: string, action: string, data: Json): ProviderEvent {
  return {
    name: `${type} ${action}`,
    headers: [['Linear-Event', type]],
    body: {
      action,
      type,
      createdAt: '{{isoNow}}',
      data,
      url: 'https://linear.app/example/issue/SHOP-42',
      organizationId: '{{uuid}}',
      webhookTimestamp: '={{nowMs}}',
      webhookId: '{{uuid}}',
    },
  }
}

function sentry(resource: string, action: string, data: Json): ProviderEvent {
  return {
    name: `${resource} ${action}`,
    headers: [['Sentry-Hook-Resource', resource]],
    body: {
      action,
      installation: { uuid: '{{uuid}}' },
      data,
      actor: { type: 'application', id: 'sentry', name: 'Sentry' },
    },
  }
}

function vercel(type: string, state: string): ProviderEvent {
  return {
    name: type,
    body: {
      id: '{{hex 32}}',
      type,
      createdAt: '={{nowMs}}',
      region: 'fra1',
      payload: {
        deployment: { id: 'dpl_{{hex 28}}', name: 'shop', url: 'shop-{{hex 9}}.vercel.app', state },
        project: { id: 'prj_{{hex 28}}' },
        target: '{{pick production preview}}',
      },
    },
  }
}

const issue = { id: '{{int 1000000 9999999}}', title: '{{sentence}}', level: 'error' }

export const development: ProviderEvents = {
  github: githubEvents,
  'github-sha1': githubEvents,
  'gitlab-token': gitlabEvents,
  'gitlab-signing': gitlabEvents,
  linear: [
    linear('Issue', 'create', {
      id: '{{uuid}}',
      identifier: 'SHOP-{{counter}}',
      title: '{{sentence}}',
      priority: '={{int 0 4}}',
      state: { name: 'Todo' },
    }),
    linear('Issue', 'update', {
      id: '{{uuid}}',
      identifier: 'SHOP-{{counter}}',
      title: '{{sentence}}',
      state: { name: '{{pick Done Canceled}}' },
    }),
    linear('Comment', 'create', {
      id: '{{uuid}}',
      body: '{{sentence}}',
      issue: { id: '{{uuid}}', title: '{{sentence}}' },
    }),
  ],
  sentry: [
    sentry('issue', 'created', { issue: { ...issue, status: 'unresolved' } }),
    sentry('issue', 'resolved', { issue: { ...issue, status: 'resolved' } }),
    sentry('event_alert', 'triggered', { event: issue, triggered_rule: '{{word}} errors' }),
  ],
  vercel: [
    vercel('deployment.created', 'BUILDING'),
    vercel('deployment.succeeded', 'READY'),
    vercel('deployment.error', 'ERROR'),
  ],
}
