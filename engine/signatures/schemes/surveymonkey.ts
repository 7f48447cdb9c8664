import type { Scheme } from '#contract/scheme.ts'

/** SurveyMonkey. Source: the trigger node of n8n. */
export const surveymonkey: Scheme = {
  id: 'surveymonkey',
  name: 'SurveyMonkey',
  documentationUrl: 'https://developer.surveymonkey.com/api/v3/',
  confidence: { kind: 'third-party', by: 'n8n-nodes-base 2.41.2' },
  algorithm: 'hmac-sha1',
  key: 'utf8',
  keyText: '{settings.clientId}&{secret}',
  secretHint: 'the client secret of the app (developer.surveymonkey.com, My Apps, Settings)',
  settings: [
    {
      name: 'clientId',
      label: 'Client ID',
      hint: 'The client ID of the app; it is part of the key.',
      kind: 'text',
      required: true,
    },
  ],
  signature: { place: { header: 'Sm-Signature' }, encoding: 'base64' },
  timestamp: null,
  messageId: { json: 'event_id' },
  eventType: [{ json: 'event_type' }],
  content: '{body}',
  tolerance: null,
  challenges: [
    {
      name: 'URL check',
      when: { methods: ['HEAD'] },
      signed: false,
      answer: { status: 200, headers: [], body: '' },
      sentence: 'SurveyMonkey asked with a HEAD request whether this URL is there.',
    },
  ],
  recognition: { headers: ['sm-signature'], confidence: 'certain' },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/vnd.surveymonkey.response.v1+json']],
    body: {
      name: 'My Webhook',
      filter_type: 'survey',
      filter_id: '123456789',
      event_type: 'response_completed',
      event_id: '10027615456',
      object_type: 'response',
      object_id: '123456',
      event_datetime: '2025-10-09T08:53:20.000000+00:00',
      resources: { survey_id: '123456789' },
    },
  },
  quirks: [
    'The key is the client ID and the client secret, joined with “&”.',
    'The digest is SHA-1.',
  ],
}
