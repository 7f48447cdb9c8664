import type { Scheme } from '#contract/scheme.ts'

/** Hygraph, formerly GraphCMS. Source: @hygraph/utils 1.2.1. */
export const hygraph: Scheme = {
  id: 'hygraph',
  name: 'Hygraph',
  documentationUrl: 'https://hygraph.com/docs/api-reference/basics/webhooks',
  confidence: { kind: 'sdk-run', by: '@hygraph/utils 1.2.1' },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint: 'the secret key you typed for the webhook (Project settings, Webhooks)',
  settings: [
    {
      name: 'env',
      label: 'Environment name',
      hint: 'The environment that the header names in env; needed only to sign here, such as master.',
      kind: 'text',
      required: false,
    },
  ],
  signature: {
    place: { header: 'gcms-signature' },
    encoding: 'base64',
    list: ',',
    pair: '=',
    version: 'sign',
    trim: true,
    written: 'sign={signature}, env={settings.env}, t={timestamp}',
  },
  timestamp: { place: { field: 't' }, unit: 'ms' },
  messageId: null,
  eventType: [{ json: 'operation' }],
  content: '{"Body":{body:json-string},"EnvironmentName":"{field:env}","TimeStamp":{timestamp}}',
  tolerance: null,
  recognition: { headers: ['gcms-signature'], confidence: 'certain' },
  sdk: {
    name: '@hygraph/utils',
    timestampParsing: 'parseInt',
    headerPattern: '^sign=[^,]*, env=[^,]*, t=[^,]*$',
  },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/json']],
    body: {
      operation: 'publish',
      data: {
        __typename: 'Post',
        id: 'ckexample00000abcd',
        stage: 'PUBLISHED',
        title: 'Grüße from an example',
      },
    },
  },
  quirks: [
    'The signed text is itself JSON: the body as a JSON string, the environment’s name and the time.',
    'The header names the environment in env; it is part of the signed text.',
    'The timestamp is in milliseconds; no clock is checked.',
  ],
}
