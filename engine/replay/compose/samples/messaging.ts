import type { Json, ProviderEvent, ProviderEvents } from '#engine/replay/compose/provider-event.ts'

const FORM = 'application/x-www-form-urlencoded'

function slack(type: string, event: Record<string, Json>): ProviderEvent {
  return {
    name: type,
    body: {
      token: 'example-verification-token',
      team_id: 'T0{{hex 8|upper}}',
      api_app_id: 'A0{{hex 8|upper}}',
      event: { type, ...event, event_ts: '{{now}}.000{{int 100 999}}' },
      type: 'event_callback',
      event_id: 'Ev0{{hex 8|upper}}',
      event_time: '={{now}}',
    },
  }
}

/** Percent-encoded once, so that the values within stay templates. */
const SLACK_ACTION =
  'payload=%7B%22type%22%3A%22block_actions%22%2C%22user%22%3A%7B%22id%22%3A%22U0{{hex 8|upper}}%22%7D%2C' +
  '%22trigger_id%22%3A%22{{int 100 999}}.{{hex 12}}%22%2C%22actions%22%3A%5B%7B%22action_id%22%3A%22approve%22%2C' +
  '%22value%22%3A%22{{word}}%22%7D%5D%7D'

function discord(name: string, body: Record<string, Json>): ProviderEvent {
  return {
    name,
    body: {
      id: '8464626391346{{int 10000 99999}}',
      application_id: '775799577604522054',
      ...body,
    },
  }
}

const interaction = {
  token: 'example-interaction-token',
  version: 1,
  guild_id: '290926798626999250',
  channel_id: '645027906669510667',
  member: { user: { id: '53908232506183680', username: '{{firstName|lower}}' }, permissions: '0' },
}

function twilioMessage(status: string): ProviderEvent {
  return {
    name: `message ${status}`,
    body:
      'AccountSid=AC{{hex 32}}&ApiVersion=2010-04-01&From=%2B1555{{int 1000000 9999999}}' +
      `&MessageSid=SM{{hex 32}}&MessageStatus=${status}&To=%2B1555{{int 1000000 9999999}}`,
  }
}

function sendgrid(event: string, fields: Record<string, Json> = {}): ProviderEvent {
  return {
    name: event,
    body: [
      {
        email: '{{email}}',
        timestamp: '={{now}}',
        'smtp-id': '<{{hex 16}}@ismtpd-555>',
        event,
        category: ['receipt'],
        sg_event_id: '{{hex 24}}',
        sg_message_id: '{{hex 11}}.filter0001.16648.5515E0B88.0',
        ...fields,
      },
    ],
  }
}

function resend(type: string, fields: Record<string, Json> = {}): ProviderEvent {
  return {
    name: type,
    body: {
      type,
      created_at: '{{isoNow}}',
      data: {
        email_id: '{{uuid}}',
        created_at: '{{isoNow -2s}}',
        from: 'Example Shop <shop@example.test>',
        to: ['{{email}}'],
        subject: '{{sentence}}',
        ...fields,
      },
    },
  }
}

function postmark(RecordType: string, fields: Record<string, Json>): ProviderEvent {
  return {
    name: RecordType,
    body: {
      RecordType,
      MessageID: '{{uuid}}',
      MessageStream: 'outbound',
      ServerID: 23,
      ...fields,
    },
  }
}

function telegram(name: string, update: Record<string, Json>): ProviderEvent {
  return { name, body: { update_id: '={{int 100000000 999999999}}', ...update } }
}

const chat = { id: 1042, first_name: '{{firstName}}', type: 'private' }

export const messaging: ProviderEvents = {
  slack: [
    slack('app_mention', {
      user: 'U0{{hex 8|upper}}',
      text: '<@U0EXAMPLE2> {{sentence}}',
      ts: '{{now}}.000100',
      channel: 'C0{{hex 8|upper}}',
    }),
    slack('message', {
      channel_type: 'im',
      user: 'U0{{hex 8|upper}}',
      text: '{{sentence}}',
      ts: '{{now}}.000100',
      channel: 'D0{{hex 8|upper}}',
    }),
    slack('reaction_added', {
      user: 'U0{{hex 8|upper}}',
      reaction: '{{pick thumbsup eyes tada}}',
      item: { type: 'message', channel: 'C0EXAMPLE1', ts: '{{now -1m}}.000100' },
    }),
    {
      name: 'slash command',
      headers: [['Content-Type', FORM]],
      body: 'token=example&team_id=T0EXAMPLE1&channel_id=C0EXAMPLE1&user_id=U0{{hex 8|upper}}&user_name={{firstName|lower}}&command=%2Fdeploy&text={{word}}&trigger_id={{int 100 999}}.{{hex 12}}',
    },
    { name: 'block_actions', headers: [['Content-Type', FORM]], body: SLACK_ACTION },
    {
      name: 'url_verification',
      body: {
        token: 'example-verification-token',
        challenge: '{{hex 52}}',
        type: 'url_verification',
      },
    },
  ],
  discord: [
    discord('application command', {
      type: 2,
      data: { id: '866818195033292850', name: '{{word}}', type: 1 },
      ...interaction,
    }),
    discord('message component', {
      type: 3,
      data: { custom_id: 'approve-{{counter}}', component_type: 2 },
      ...interaction,
    }),
    discord('modal submit', {
      type: 5,
      data: {
        custom_id: 'feedback',
        components: [
          { type: 1, components: [{ type: 4, custom_id: 'text', value: '{{sentence}}' }] },
        ],
      },
      ...interaction,
    }),
    discord('PING', { type: 1, token: 'example-interaction-token', version: 1 }),
  ],
  twilio: [
    {
      name: 'incoming message',
      body:
        'AccountSid=AC{{hex 32}}&ApiVersion=2010-04-01&Body={{sentence|url}}' +
        '&From=%2B1555{{int 1000000 9999999}}&FromCity={{city|url}}&MessageSid=SM{{hex 32}}' +
        '&NumMedia=0&NumSegments=1&SmsStatus=received&To=%2B1555{{int 1000000 9999999}}',
    },
    twilioMessage('sent'),
    twilioMessage('delivered'),
    twilioMessage('undelivered'),
    {
      name: 'call completed',
      body:
        'AccountSid=AC{{hex 32}}&ApiVersion=2010-04-01&CallDuration={{int 1 400}}&CallSid=CA{{hex 32}}' +
        '&CallStatus=completed&Direction=inbound&From=%2B1555{{int 1000000 9999999}}&To=%2B1555{{int 1000000 9999999}}',
    },
  ],
  sendgrid: [
    sendgrid('delivered', { response: '250 OK' }),
    sendgrid('bounce', { reason: '550 no such user', status: '5.1.1', type: 'bounce' }),
    sendgrid('open', { useragent: 'Mozilla/5.0', ip: '192.0.2.{{int 1 254}}' }),
    sendgrid('click', { url: 'https://example.test/{{word}}', ip: '192.0.2.{{int 1 254}}' }),
  ],
  resend: [
    resend('email.sent'),
    resend('email.delivered'),
    resend('email.bounced', {
      bounce: { type: 'Permanent', subType: 'Suppressed', message: 'The address is suppressed.' },
    }),
    resend('email.opened', {
      open: { ipAddress: '192.0.2.{{int 1 254}}', timestamp: '{{isoNow}}' },
    }),
    resend('email.complained'),
  ],
  mailgun: ['delivered', 'opened', 'failed'].map((event) => ({
    name: event,
    body: {
      signature: { timestamp: '{{now}}', token: '{{hex 50}}', signature: '' },
      'event-data': {
        id: '{{hex 22}}',
        event,
        timestamp: '={{now}}.529406',
        recipient: '{{email}}',
        'log-level': event === 'failed' ? 'error' : 'info',
        message: { headers: { 'message-id': '{{hex 20}}@example.test', subject: '{{sentence}}' } },
      },
    },
  })),
  postmark: [
    postmark('Delivery', { Recipient: '{{email}}', DeliveredAt: '{{isoNow}}', Details: '250 OK' }),
    postmark('Bounce', {
      Email: '{{email}}',
      BouncedAt: '{{isoNow}}',
      Type: 'HardBounce',
      TypeCode: 1,
      Description: 'The server does not know this address.',
    }),
    postmark('Open', { Recipient: '{{email}}', ReceivedAt: '{{isoNow}}', FirstOpen: true }),
  ],
  telegram: [
    telegram('message', {
      message: {
        message_id: '={{counter}}',
        from: { id: 1042, is_bot: false, first_name: '{{firstName}}' },
        chat,
        date: '={{now}}',
        text: '{{sentence}}',
      },
    }),
    telegram('callback_query', {
      callback_query: {
        id: '{{int 100000000 999999999}}',
        from: { id: 1042, is_bot: false, first_name: '{{firstName}}' },
        data: '{{word}}',
      },
    }),
    telegram('edited_message', {
      edited_message: {
        message_id: '={{counter}}',
        chat,
        date: '={{now -1m}}',
        edit_date: '={{now}}',
        text: '{{sentence}}',
      },
    }),
  ],
}
