import type { Scheme } from '#contract/scheme.ts'

/** Dropbox. Source: dropbox.com/developers/reference/webhooks; nuxt-webhook-validators. */
export const dropbox: Scheme = {
  id: 'dropbox',
  name: 'Dropbox',
  documentationUrl: 'https://www.dropbox.com/developers/reference/webhooks',
  confidence: {
    kind: 'third-party',
    by: 'nuxt-webhook-validators; trigger.dev; run with @trigger.dev/core 4.8.3',
  },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint:
    'the app secret (App Console, your app, Settings); not the app key or an access token',
  signature: { place: { header: 'X-Dropbox-Signature' }, encoding: 'hex' },
  timestamp: null,
  messageId: null,
  eventType: [],
  content: '{body}',
  tolerance: null,
  challenges: [
    {
      name: 'challenge',
      when: { methods: ['GET'], query: { name: 'challenge' } },
      signed: false,
      answer: {
        status: 200,
        headers: [
          ['Content-Type', 'text/plain'],
          ['X-Content-Type-Options', 'nosniff'],
        ],
        body: '{query:challenge}',
      },
      sentence: 'Dropbox asked whether this URL is yours.',
    },
  ],
  recognition: { headers: ['x-dropbox-signature'], confidence: 'certain' },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/json']],
    body: {
      list_folder: { accounts: ['dbid:AAH4f99T0taONIb-OurWxbNQ6ywGRopQngc'] },
      delta: { users: [12345678] },
    },
  },
  answerWithinSeconds: 10,
  quirks: [
    'The challenge on GET is not signed.',
    'The body only lists the accounts with changes; the changes are fetched from the API.',
  ],
}
