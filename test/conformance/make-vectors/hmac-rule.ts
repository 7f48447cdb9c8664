import type { Case, Message, Rule } from './rule.ts'

/** A rule that is an HMAC-SHA256 of the body in hex in a header, unless `more` says otherwise. */
export function hmacRule(
  scheme: string,
  provider: string,
  header: string,
  more: Partial<Rule> = {},
): Rule {
  return {
    scheme,
    provider,
    secretForm: 'the secret as text',
    algorithm: 'hmac-sha256',
    secret: `${scheme}-test-secret-0001`,
    otherSecret: `${scheme}-test-secret-0002`,
    content: ({ body }) => [body],
    place: { header },
    tolerance: null,
    ...more,
  }
}

/** A credential in a header, which covers nothing of the body. */
export function credentialRule(
  scheme: string,
  provider: string,
  header: string,
  more: Partial<Rule> = {},
): Rule {
  return {
    scheme,
    provider,
    secretForm: 'the credential as text',
    algorithm: 'shared-token',
    secret: `${scheme}-test-token-0001`,
    otherSecret: `${scheme}-test-token-0002`,
    place: { header },
    tolerance: null,
    bodyNotCovered: true,
    ...more,
  }
}

export const seconds = { text: (unixMs: number) => String(Math.floor(unixMs / 1000)) }
export const milliseconds = { text: (unixMs: number) => String(unixMs) }
/** RFC 3339 in UTC; whole seconds without a fraction. */
export const iso = {
  text: (unixMs: number) => new Date(unixMs).toISOString().replace('.000Z', 'Z'),
}

/** `t=TIMESTAMP,v1=SIGNATURE,…`; the signatures come with their prefix. */
export function listed(name: string) {
  return (signatures: string[], { timestamp }: Message): string =>
    [`${name}=${timestamp}`, ...signatures].join(',')
}

/** The message with another timestamp, in its header too where that is given. */
export function saying(timestamp: string, header?: string) {
  return (message: Message): Message => ({
    ...message,
    timestamp,
    headers: message.headers.map(([name, value]) => [name, name === header ? timestamp : value]),
  })
}

const unsignedToken = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')

/** A token that says it needs no signature, and one of another algorithm's name. */
export const tokenCases: Case[] = [
  {
    kind: 'alg-none',
    title: 'A token without a signature, alg “none”',
    expected: 'reject',
    mangle: (token) => `${unsignedToken}.${token.split('.')[1] ?? ''}.`,
  },
  {
    kind: 'tampered-claims',
    title: 'A claim was changed after signing',
    expected: 'reject',
    mangle: (token) => {
      const [head = '', claims = '', signature = ''] = token.split('.')
      const text = Buffer.from(claims, 'base64url').toString('utf8')
      const changed = Buffer.from(text.replace('{', '{"admin":true,')).toString('base64url')
      return [head, changed, signature].join('.')
    },
  },
]
