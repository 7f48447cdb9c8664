import type { Json, ProviderEvent, ProviderEvents } from '#engine/replay/compose/provider-event.ts'

function clerk(type: string, data: Json): ProviderEvent {
  return {
    name: type,
    body: {
      type,
      object: 'event',
      timestamp: '={{nowMs}}',
      instance_id: 'ins_{{hex 27}}',
      data,
    },
  }
}

const clerkUser = {
  id: 'user_{{hex 27}}',
  object: 'user',
  first_name: '{{firstName}}',
  last_name: '{{lastName}}',
  email_addresses: [{ id: 'idn_{{hex 27}}', email_address: '{{email}}' }],
  created_at: '={{nowMs -1d}}',
  updated_at: '={{nowMs}}',
}

function workos(event: string, data: Json): ProviderEvent {
  return {
    name: event,
    body: { id: 'event_01{{hex 24|upper}}', event, data, created_at: '{{isoNow}}' },
  }
}

function hubspot(subscriptionType: string, fields: Record<string, Json>): ProviderEvent {
  return {
    name: subscriptionType,
    body: [
      {
        eventId: '={{int 100000000 999999999}}',
        subscriptionId: 1042,
        portalId: 62515,
        occurredAt: '={{nowMs}}',
        subscriptionType,
        attemptNumber: 0,
        objectId: '={{int 1000000 9999999}}',
        ...fields,
      },
    ],
  }
}

const hubspotEvents: readonly ProviderEvent[] = [
  hubspot('contact.creation', { changeFlag: 'NEW' }),
  hubspot('contact.propertyChange', { propertyName: 'email', propertyValue: '{{email}}' }),
  hubspot('deal.creation', { changeFlag: 'NEW' }),
]

function intercom(topic: string, item: Json): ProviderEvent {
  return {
    name: topic,
    body: {
      type: 'notification_event',
      app_id: 'example',
      topic,
      id: 'notif_{{uuid}}',
      created_at: '={{now}}',
      delivery_attempts: 1,
      first_sent_at: '={{now}}',
      data: { type: 'notification_event_data', item },
    },
  }
}

function calendly(event: string, fields: Record<string, Json>): ProviderEvent {
  return {
    name: event,
    body: {
      event,
      created_at: '{{isoNow}}',
      created_by: 'https://api.calendly.com/users/EXAMPLE',
      payload: {
        uri: 'https://api.calendly.com/scheduled_events/{{hex 16|upper}}/invitees/{{hex 16|upper}}',
        email: '{{email}}',
        name: '{{firstName}} {{lastName}}',
        timezone: 'Europe/Berlin',
        ...fields,
      },
    },
  }
}

function zoom(event: string, object: Record<string, Json>): ProviderEvent {
  return {
    name: event,
    body: {
      event,
      event_ts: '={{nowMs}}',
      payload: {
        account_id: 'AAAAAABBBB',
        object: { id: '{{int 1000000000 9999999999}}', topic: '{{sentence}}', ...object },
      },
    },
  }
}

export const people: ProviderEvents = {
  clerk: [
    clerk('user.created', clerkUser),
    clerk('user.updated', clerkUser),
    clerk('user.deleted', { id: 'user_{{hex 27}}', object: 'user', deleted: true }),
    clerk('organizationMembership.created', {
      id: 'orgmem_{{hex 27}}',
      object: 'organization_membership',
      role: 'org:member',
      organization: { id: 'org_{{hex 27}}', name: '{{company}}' },
    }),
  ],
  workos: [
    workos('user.created', { object: 'user', id: 'user_01{{hex 24|upper}}', email: '{{email}}' }),
    workos('dsync.user.created', {
      object: 'directory_user',
      id: 'directory_user_01{{hex 24|upper}}',
      first_name: '{{firstName}}',
      state: 'active',
    }),
    workos('connection.activated', {
      object: 'connection',
      id: 'conn_01{{hex 24|upper}}',
      connection_type: 'GoogleOAuth',
      state: 'active',
    }),
  ],
  'hubspot-v1': hubspotEvents,
  'hubspot-v3': hubspotEvents,
  intercom: [
    intercom('conversation.user.created', {
      type: 'conversation',
      id: '{{int 1000 9999}}',
      state: 'open',
    }),
    intercom('conversation.admin.replied', {
      type: 'conversation',
      id: '{{int 1000 9999}}',
      state: 'open',
    }),
    intercom('contact.created', { type: 'contact', id: '{{hex 24}}', email: '{{email}}' }),
  ],
  calendly: [
    calendly('invitee.created', { status: 'active' }),
    calendly('invitee.canceled', {
      status: 'canceled',
      cancellation: { canceled_by: '{{firstName}} {{lastName}}', reason: '{{sentence}}' },
    }),
    calendly('invitee_no_show.created', { status: 'active' }),
  ],
  typeform: ['{{sentence}}', 'No answer', 'Zürich – naïve “quotes” \u{1f9fe}'].map(
    (text, index) => ({
      name: ['form_response', 'form_response, short', 'form_response, unicode'][index] ?? '',
      body: {
        event_id: '01{{hex 24|upper}}',
        event_type: 'form_response',
        form_response: {
          form_id: 'lT4Z3j',
          token: '{{hex 32}}',
          submitted_at: '{{isoNow}}',
          definition: { id: 'lT4Z3j', title: 'Sample form', fields: [] },
          answers: [{ type: 'text', text, field: { id: 'hVONkQcnSNRj', type: 'short_text' } }],
        },
      },
    }),
  ),
  zoom: [
    zoom('meeting.started', { uuid: '{{hex 22}}==', type: 8, start_time: '{{isoNow}}' }),
    zoom('meeting.ended', { uuid: '{{hex 22}}==', type: 8, end_time: '{{isoNow}}' }),
    zoom('meeting.participant_joined', {
      uuid: '{{hex 22}}==',
      participant: { user_name: '{{firstName}} {{lastName}}', join_time: '{{isoNow}}' },
    }),
    {
      name: 'endpoint.url_validation',
      body: {
        event: 'endpoint.url_validation',
        event_ts: '={{nowMs}}',
        payload: { plainToken: '{{hex 22}}' },
      },
    },
  ],
}
