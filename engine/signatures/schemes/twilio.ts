import type { Scheme } from '#contract/scheme.ts'

/** Twilio with form parameters. Source: twilio.com/docs/usage/security and twilio 6.2.0. */
export const twilio: Scheme = {
  id: 'twilio',
  name: 'Twilio (form parameters)',
  documentationUrl: 'https://www.twilio.com/docs/usage/security',
  confidence: { kind: 'sdk-run', by: 'twilio 6.2.0' },
  algorithm: 'hmac-sha1',
  key: 'utf8',
  secretHint: 'the account’s auth token (Console, Account Info); not an API key secret (SK…)',
  secretPattern: '^[0-9a-f]{32}$',
  settings: [
    {
      name: 'publicUrl',
      label: 'Public URL',
      hint: 'the address as Twilio calls it, when a proxy or tunnel stands between',
      kind: 'url',
      required: false,
    },
  ],
  signature: { place: { header: 'X-Twilio-Signature' }, encoding: 'base64' },
  timestamp: null,
  messageId: { header: 'I-Twilio-Idempotency-Token' },
  newMessageId: 'uuid',
  eventType: [
    { form: 'MessageStatus' },
    { form: 'SmsStatus' },
    { form: 'CallStatus' },
    { query: 'MessageStatus' },
    { query: 'CallStatus' },
  ],
  content: 'special:twilio-form',
  tolerance: null,
  recognition: { headers: ['x-twilio-signature'], confidence: 'likely' },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [
      ['Content-Type', 'application/x-www-form-urlencoded; charset=UTF-8'],
      ['User-Agent', 'TwilioProxy/1.1 (countersign test)'],
    ],
    body:
      'AccountSid=ACexample00000000000000000000001042&ApiVersion=2010-04-01&Body=Hello' +
      '&From=%2B15550001042&MessageSid=SMexample00000000000000000000001042' +
      '&NumMedia=0&NumSegments=1&SmsStatus=received&To=%2B15550002042',
  },
  quirks: [
    'Signed: the full public URL with its query, then every form parameter’s name and value, sorted by name, with nothing between.',
    'Names are sorted by code unit: capital letters come before small ones. Of repeated parameters duplicates are dropped and the values sorted.',
    'The URL is tried with and without the standard port, as the SDK does.',
    'Behind a proxy or tunnel the URL is the one that Twilio called. Set the public URL.',
  ],
}
