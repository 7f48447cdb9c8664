import { compactJson, emptyBody, jsonBodies, textBody } from './bodies.ts'
import type { Body, Header, Rule } from './rule.ts'

/** A shared token in a header of its own. */
function token(
  scheme: string,
  provider: string,
  header: string,
  more: { headers?: Header[]; bodies?: Body[] } = {},
): Rule {
  const secret = `${scheme}-Token-4f2a9c7e`
  return {
    scheme,
    provider,
    secretForm: 'text you chose; it stands in the header as it is',
    algorithm: 'shared-token',
    secret,
    otherSecret: `${scheme}-Token-00000000`,
    bodies: jsonBodies,
    place: { header },
    tolerance: null,
    bodyNotCovered: true,
    tamper: () => Buffer.from('{"changed":true}'),
    extra: [
      {
        kind: 'token-case',
        title: 'The token in capital letters',
        expected: 'reject',
        value: (value) => value.toUpperCase(),
      },
      {
        kind: 'trailing-text',
        title: 'A character after the token',
        expected: 'reject',
        value: (value) => `${value}x`,
      },
    ],
    ...more,
  }
}

const logLines = textBody(
  'json-lines',
  'JSON lines',
  '{"log_id":"1","data":{"type":"s"}}\n{"log_id":"2","data":{"type":"f"}}\n',
)

const logArray = textBody(
  'json-array',
  'A JSON array',
  '[{"log_id":"900200000001","data":{"type":"s","user_name":"Zoë"}}]',
)

export const tokenRules: Rule[] = [
  token('auth0', 'Auth0 log streams', 'Authorization', {
    bodies: [logArray, logLines, compactJson],
  }),
  token('cloudflare-notifications', 'Cloudflare Notifications', 'cf-webhook-auth'),
  token('google-push', 'Google Calendar / Drive push', 'X-Goog-Channel-Token', {
    headers: [
      ['X-Goog-Channel-ID', '4ba78bf0-6a47-11e2-bcfd-0800200c9a66'],
      ['X-Goog-Message-Number', '2'],
      ['X-Goog-Resource-ID', 'ret08u3rv24htgh289g'],
      ['X-Goog-Resource-State', 'exists'],
    ],
    bodies: [
      emptyBody,
      { ...emptyBody, contentType: 'application/json; charset=utf-8' },
      compactJson,
    ],
  }),
  token('huggingface', 'Hugging Face', 'X-Webhook-Secret'),
]
