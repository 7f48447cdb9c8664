import type { Scheme } from '#contract/scheme.ts'

/** Slack. Source: docs.slack.dev (verifying requests) and @slack/bolt 5.1.0. */
export const slack: Scheme = {
  id: 'slack',
  name: 'Slack',
  documentationUrl: 'https://docs.slack.dev/authentication/verifying-requests-from-slack/',
  confidence: { kind: 'sdk-run', by: '@slack/bolt 5.1.0' },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint:
    'the signing secret (api.slack.com/apps, your app, Basic Information, App Credentials); not the client secret, a token (xoxb-…) or the verification token',
  secretPattern: '^[0-9a-f]{32}$',
  signature: { place: { header: 'X-Slack-Signature' }, encoding: 'hex', prefix: 'v0=' },
  timestamp: { place: { header: 'X-Slack-Request-Timestamp' }, unit: 's' },
  messageId: { json: 'event_id' },
  eventType: [
    { json: 'event.type' },
    { json: 'type' },
    { form: 'payload', json: 'type' },
    { form: 'command' },
  ],
  content: 'v0:{timestamp}:{body}',
  tolerance: { pastSeconds: 300, futureSeconds: null },
  challenges: [
    {
      name: 'url_verification',
      when: { methods: ['POST'], json: { path: 'type', value: 'url_verification' } },
      signed: true,
      answer: {
        status: 200,
        headers: [['Content-Type', 'text/plain']],
        body: '{json:challenge}',
      },
      sentence: 'Slack asked whether this URL is yours.',
    },
  ],
  recognition: { headers: ['x-slack-signature'], confidence: 'certain' },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [
      ['Content-Type', 'application/json'],
      ['User-Agent', 'Slackbot 1.0 (countersign test)'],
    ],
    body: {
      token: 'example-verification-token',
      team_id: 'T0EXAMPLE1',
      api_app_id: 'A0EXAMPLE1',
      event: {
        type: 'app_mention',
        user: 'U0EXAMPLE1',
        text: '<@U0EXAMPLE2> hello',
        ts: '1760000000.000100',
        channel: 'C0EXAMPLE1',
        event_ts: '1760000000.000100',
      },
      type: 'event_callback',
      event_id: 'Ev0EXAMPLE1042',
      event_time: 1760000000,
    },
  },
  retries: 'Three times: at once, after 1 min and after 5 min.',
  retrySchedule: { gapsSeconds: [0, 60, 300] },
  answerWithinSeconds: 3,
  quirks: [
    'The secret looks like hex but is used as text.',
    'Bolt refuses only old timestamps; the documentation speaks of a difference of more than five minutes, which covers the future too.',
    'Slash commands and interactions are form-encoded; the raw form bytes are signed.',
    'A retry carries X-Slack-Retry-Num.',
  ],
}
