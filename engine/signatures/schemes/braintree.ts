import type { Scheme } from '#contract/scheme.ts'

/** Braintree. Source: the SDK’s source. */
export const braintree: Scheme = {
  id: 'braintree',
  name: 'Braintree',
  documentationUrl: 'https://developer.paypal.com/braintree/docs/guides/webhooks/parse/node',
  confidence: { kind: 'sdk-run', by: 'braintree 3.40.0' },
  algorithm: 'hmac-sha1',
  key: 'sha1-of-utf8',
  secretHint: 'the private key of the API key pair (control panel, Settings, API)',
  settings: [
    {
      name: 'publicKey',
      label: 'Public key',
      hint: 'The public key of the same API key pair; the signature beside it counts.',
      kind: 'text',
      required: true,
    },
  ],
  signature: { place: { form: 'bt_signature' }, encoding: 'hex' },
  timestamp: null,
  messageId: null,
  eventType: [],
  content: 'special:braintree',
  tolerance: null,
  challenges: [
    {
      name: 'bt_challenge',
      // The SDK answers nothing else: whoever asks must not get a digest of a text of their own.
      when: { methods: ['GET'], query: { name: 'bt_challenge', pattern: '^[a-f0-9]{20,32}$' } },
      signed: false,
      answer: {
        status: 200,
        headers: [['Content-Type', 'text/plain']],
        body: '{settings.publicKey}|{hmac-sha1-hex:query:bt_challenge}',
      },
      sentence: 'Braintree asked whether this URL has the keys.',
    },
  ],
  // Nothing but two form fields betrays it, so it is chosen by hand.
  recognition: { headers: [], confidence: 'possible' },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/x-www-form-urlencoded']],
    // bt_payload: a <notification> of the kind “check”, in base64; Braintree’s package reads its subject.
    body:
      'bt_signature=&bt_payload=' +
      'PG5vdGlmaWNhdGlvbj48a2luZD5jaGVjazwva2luZD48dGltZXN0YW1wIHR5cGU9ImRhdGV0aW1lIj4yMDI1' +
      'LTEwLTA5VDA4OjUzOjIwWjwvdGltZXN0YW1wPjxzdWJqZWN0PjxjaGVjayB0eXBlPSJib29sZWFuIj50cnVl' +
      'PC9jaGVjaz48L3N1YmplY3Q%2BPC9ub3RpZmljYXRpb24%2B%0A',
  },
  quirks: [
    'bt_signature holds pairs of public key and signature, joined with &; the pair with your public key counts.',
    'The payload as received and the payload with a line feed at its end are both tried.',
    'The kind of event stands inside the base64 XML of bt_payload.',
    'The key of the HMAC is the SHA-1 digest of the private key.',
  ],
}
