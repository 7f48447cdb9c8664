import type { Scheme } from '#contract/scheme.ts'

/**
 * Novu bridge (Novu Framework). Source: Novu's bridge security page and @novu/framework 2.13.2.
 *
 * Which bytes a correct receiver signs over: the only receiver that Novu documents is the
 * framework's own `serve()` ("You don't write any verification code"). It signs JSON.stringify of
 * the parsed body, and `{}` where there is no body. Novu sends compact JSON, for which that equals
 * the raw bytes. Where the two differ, the receiver accepts the re-serialised form (valid, with a
 * notice) and refuses the raw one (invalid, with a reason that names it). What is not JSON cannot
 * be re-serialised: there the documented rule over the raw bytes stands alone.
 */
export const novu: Scheme = {
  id: 'novu',
  name: 'Novu bridge',
  documentationUrl: 'https://docs.novu.co/framework/deployment/production',
  confidence: { kind: 'sdk-run', by: '@novu/framework 2.13.2' },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint: 'NOVU_SECRET_KEY of the environment (dashboard, API Keys)',
  signature: {
    place: { header: 'Novu-Signature' },
    encoding: 'hex',
    list: ',',
    pair: '=',
    version: 'v1',
    trim: true,
  },
  timestamp: { place: { field: 't' }, unit: 's-or-ms', age: 'exact' },
  messageId: null,
  eventType: [{ query: 'action' }],
  content: '{timestamp}.{body}',
  signedBody: 'compact-json',
  tolerance: { pastSeconds: 300, futureSeconds: 300 },
  challenges: [
    {
      name: 'health-check',
      when: { methods: ['GET'], query: { name: 'action', values: ['health-check', null] } },
      signed: false,
      answer: null,
      sentence: 'Novu asked whether the bridge is there; its health check is never signed.',
    },
  ],
  recognition: { headers: ['novu-signature'], confidence: 'certain' },
  sdk: {
    name: '@novu/framework',
    timestampParsing: 'Number',
    timestampUnit: 'ms',
    refusesNonJson: true,
    tries: 'first',
  },
  sample: {
    method: 'POST',
    targetSuffix: '?action=execute&workflowId=welcome&stepId=send-email',
    headers: [
      ['Content-Type', 'application/json'],
      ['User-Agent', 'novu-bridge (countersign test)'],
    ],
    body: {
      workflowId: 'welcome',
      stepId: 'send-email',
      action: 'execute',
      payload: { plan: 'team' },
      controls: {},
      state: [],
      subscriber: { subscriberId: 'user-123', firstName: 'Ada', email: 'ada@example.test' },
    },
  },
  urlNeeds: {
    https: true,
    public: true,
    sentence: 'Novu needs a public https:// URL: its cloud calls the bridge from the internet.',
  },
  quirks: [
    't is in milliseconds, although the page says seconds; both are read, seconds get a notice.',
    'The SDK signs the re-serialised JSON, and {} where there is no body.',
    'With NODE_ENV=development the SDK checks nothing.',
    'Novu’s own event webhooks (message.sent and so on) go through Svix, not through this.',
  ],
}
