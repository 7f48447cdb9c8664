import type { Json, ProviderEvent, ProviderEvents } from '#engine/replay/compose/provider-event.ts'

const subscriber = {
  subscriberId: 'user-{{int 100 999}}',
  firstName: '{{firstName}}',
  lastName: '{{lastName}}',
  email: '{{email}}',
}

function step(
  action: 'execute' | 'preview',
  stepId: string,
  more: Record<string, Json> = {},
): ProviderEvent {
  return {
    name: `${action} ${stepId}`,
    target: `?action=${action}&workflowId=welcome&stepId=${stepId}`,
    body: {
      workflowId: 'welcome',
      stepId,
      action,
      payload: { plan: '{{pick team free}}' },
      controls: {},
      state: [],
      subscriber,
      context: {},
      env: { name: 'Development', type: 'dev' },
      ...more,
    },
  }
}

function get(name: string, target: string): ProviderEvent {
  return { name, method: 'GET', target, headers: [], body: null }
}

/**
 * What Novu Cloud asks a bridge: the actions of @novu/framework 2.13.2 (its PostActionEnum and
 * GetActionEnum), with the query that its handler reads and the body that its client executes.
 */
export const novuBridge: ProviderEvents = {
  novu: [
    step('execute', 'send-email'),
    step('execute', 'send-digest', {
      state: [{ stepId: 'wait', outputs: { events: [] }, state: { status: 'completed' } }],
    }),
    step('preview', 'send-email'),
    {
      name: 'trigger',
      target: '?action=trigger&workflowId=welcome',
      body: {
        workflowId: 'welcome',
        to: subscriber,
        payload: { plan: '{{pick team free}}' },
        transactionId: 'txn_{{hex 24}}',
        overrides: {},
      },
    },
    {
      name: 'agent-event onMessage',
      target: '?action=agent-event&agentId=support&event=onMessage',
      body: {
        version: 1,
        timestamp: '{{isoNow}}',
        deliveryId: '{{uuid}}',
        event: 'onMessage',
        agentId: 'support',
        replyUrl: 'http://127.0.0.1:9/reply',
        conversationId: '{{hex 24}}',
        integrationIdentifier: 'slack',
        action: null,
        message: {
          text: '{{sentence}}',
          platformMessageId: '{{now}}.000100',
          author: { userId: 'U0EXAMPLE1', fullName: 'Ada Example', userName: 'ada', isBot: false },
          timestamp: '{{isoNow}}',
        },
        reaction: null,
        conversation: {
          identifier: '{{hex 12}}',
          status: 'open',
          metadata: {},
          messageCount: 1,
          createdAt: '{{isoNow -5m}}',
          lastActivityAt: '{{isoNow}}',
        },
        subscriber,
      },
    },
    get('discover', '?action=discover'),
    get('code', '?action=code&workflowId=welcome'),
    { ...get('health-check', '?action=health-check'), unsigned: true },
  ],
}
