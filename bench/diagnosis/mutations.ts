import { createHmac, createSecretKey } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import type { Algorithm, KeyForm, Scheme } from '#contract/scheme.ts'
import { SIGNED_AT_MS } from '#engine/signatures/made-request.ts'
import { form } from './bodies.ts'
import { prepared, textFor, type Delivery, type Mutation, type Plan } from './plan.ts'
import { writers } from './writers.ts'

type Apply = Mutation['apply']
const mutation = (code: Mutation['code'], name: string, apply: Apply): Mutation => ({
  code,
  name,
  apply,
})

const usesText = ({ scheme }: Plan) => !usesPublic(scheme)
const usesPublic = (scheme: Scheme) => scheme.key === 'public-key'
const isToken = (scheme: Scheme) =>
  scheme.algorithm === 'shared-token' || scheme.algorithm === 'basic-auth'

const stored = (code: Mutation['code'], name: string, change: (text: string) => string): Mutation =>
  mutation(code, name, (plan) =>
    usesText(plan) ? { ...plan, storedText: change(plan.storedText) } : null,
  )

function formKey(name: string, to: KeyForm): Mutation {
  return mutation('secret-encoding', name, (plan) => {
    if (usesPublic(plan.scheme) || isToken(plan.scheme)) return null
    const signSecret = prepared({ ...plan.signScheme, key: to }, plan.storedText, plan.signSettings)
    return signSecret && { ...plan, signSecret }
  })
}

export const secretMutations: Mutation[] = [
  stored('secret-whitespace', 'newline after', (text) => `${text}\n`),
  stored('secret-whitespace', 'blanks around', (text) => ` ${text} `),
  stored('secret-whitespace', 'quotes', (text) => `"${text}"`),
  stored('secret-whitespace', 'export', (text) => `export WEBHOOK_SECRET=${text}`),
  stored('secret-whitespace', 'export with quotes', (text) => `export WEBHOOK_SECRET='${text}'\n`),
  mutation('secret-prefix', 'stored without', (plan) => {
    const prefix = plan.scheme.key === 'utf8' ? plan.scheme.secretPrefix : undefined
    return prefix ? { ...plan, storedText: plan.storedText.slice(prefix.length) } : null
  }),
  mutation('secret-prefix', 'signed without', (plan) => {
    const prefix = plan.scheme.key === 'utf8' ? plan.scheme.secretPrefix : undefined
    if (!prefix) return null
    const signSecret = prepared(
      plan.signScheme,
      plan.storedText.slice(prefix.length),
      plan.signSettings,
    )
    return signSecret && { ...plan, signSecret }
  }),
  mutation('secret-prefix', 'decoded with it', (plan) => {
    if (plan.scheme.key !== 'base64-after-whsec') return null
    const key = createSecretKey(Buffer.from(plan.storedText, 'base64'))
    return { ...plan, signSecret: { ...plan.signSecret, key } }
  }),
  formKey('hex', 'hex'),
  formKey('base64', 'base64'),
  formKey('text', 'utf8'),
  mutation('secret-other-endpoint', 'other endpoint', (plan) => {
    const text = textFor(plan.scheme, 'other key')
    const signSecret = prepared(plan.signScheme, text, plan.signSettings)
    if (!signSecret) return null
    const other = {
      id: 12,
      name: 'staging',
      endpointName: 'Staging',
      endpointSchemeId: plan.scheme.id,
      text,
      createdAtMs: 0,
      superseded: true,
    }
    return { ...plan, signSecret, others: [other] }
  }),
]

const onTheWay = (plan: Plan, step: (delivery: Delivery) => Delivery): Plan => ({
  ...plan,
  onTheWay: [...plan.onTheWay, step],
})
const bodyAfter = (plan: Plan, change: (body: Buffer) => Buffer): Plan =>
  onTheWay(plan, ({ head, body }) => ({ head, body: change(Buffer.from(body)) }))

function restyled(to: string): Mutation {
  return mutation('body-reserialized', `written ${to}`, (plan) => {
    const write = writers[to]
    if (plan.kind !== 'json' || !write) return null
    return bodyAfter(plan, (body) => Buffer.from(write(body.toString())))
  })
}

const text =
  (change: (text: string) => string): Apply =>
  (plan) =>
    bodyAfter(plan, (body) => Buffer.from(change(body.toString('latin1')), 'latin1'))

const before = (plan: Plan, change: (text: string) => string): Plan => ({
  ...plan,
  body: Buffer.from(change(Buffer.from(plan.body).toString())),
})

export const bodyMutations: Mutation[] = [
  ...['compact', 'indent 2', 'python', 'python, unicode kept', 'php', 'go'].map(restyled),
  mutation('body-reserialized', 'a number loses its fraction', (plan) => {
    if (plan.kind !== 'json') return null
    const compact = before(plan, (body) =>
      JSON.stringify(JSON.parse(body)).replace('"count":3', '"count":3.0'),
    )
    return bodyAfter(compact, (body) => Buffer.from(JSON.stringify(JSON.parse(body.toString()))))
  }),
  mutation(
    'body-newline',
    'newline added',
    text((body) => `${body}\n`),
  ),
  mutation(
    'body-newline',
    'CRLF added',
    text((body) => `${body}\r\n`),
  ),
  mutation('body-newline', 'newline lost', (plan) =>
    bodyAfter(
      before(plan, (body) => `${body}\n`),
      (body) => body.subarray(0, -1),
    ),
  ),
  mutation(
    'body-newline',
    'LF to CRLF',
    text((body) => body.replaceAll('\n', '\r\n')),
  ),
  mutation(
    'body-newline',
    'BOM added',
    text((body) => `\xef\xbb\xbf${body}`),
  ),
  mutation('body-encoding', 'encoded twice', (plan) =>
    bodyAfter(plan, (body) => Buffer.from(body.toString('latin1'))),
  ),
  mutation('body-encoding', 'to latin1', (plan) =>
    plan.kind === 'json'
      ? bodyAfter(
          before(plan, (body) =>
            JSON.stringify({ ...JSON.parse(body), note: 'é', x: undefined }).replace(
              /[^\u0000-\u00ff]/g,
              '?',
            ),
          ),
          (body) => Buffer.from(body.toString(), 'latin1'),
        )
      : null,
  ),
  mutation('body-encoding', 'left compressed', (plan) =>
    onTheWay(plan, ({ head, body }) => ({
      body: gzipSync(body),
      head: { ...head, rawHeaders: [...head.rawHeaders, ['Content-Encoding', 'gzip']] },
    })),
  ),
  mutation('body-encoding', 'compressed when signed', (plan) =>
    isSimple(plan.scheme)
      ? bodyAfter({ ...plan, body: gzipSync(plan.body) }, () => Buffer.from(plan.body))
      : null,
  ),
  mutation('body-form', '+ to %20', (plan, random) =>
    isSimple(plan.scheme)
      ? bodyAfter({ ...plan, kind: 'form', body: Buffer.from(form(random)) }, (body) =>
          Buffer.from(body.toString().replaceAll('+', '%20')),
        )
      : null,
  ),
  mutation('body-form', 'sorted', (plan, random) =>
    isSimple(plan.scheme)
      ? bodyAfter({ ...plan, kind: 'form', body: Buffer.from(form(random)) }, (body) =>
          Buffer.from(body.toString().split('&').sort().join('&')),
        )
      : null,
  ),
  mutation('body-empty', 'eaten by middleware', (plan) =>
    isSimple(plan.scheme)
      ? bodyAfter({ ...plan, body: Buffer.alloc(0) }, () => Buffer.from(plan.body))
      : null,
  ),
]

/** Signed over the body and headers, by a template, with a digest. */
function isSimple(scheme: Scheme): boolean {
  return (
    /^(?:hmac-|sha)/.test(scheme.algorithm) &&
    !scheme.jwt &&
    scheme.content.includes('{body}') &&
    !scheme.content.includes('{json') &&
    'header' in scheme.signature.place &&
    scheme.signedBody === undefined &&
    (!scheme.timestamp || !('json' in scheme.timestamp.place))
  )
}

/** Every header and the body with one text in place of another. */
function replaced(plan: Plan, from: string, to: string, more: [string, string][] = []): Plan {
  return onTheWay(plan, ({ head, body }) => ({
    body,
    head: {
      ...head,
      rawHeaders: [
        ...head.rawHeaders.map(([name, value]): [string, string] => [
          name,
          value.replaceAll(from, to),
        ]),
        ...more,
      ],
    },
  }))
}

const SECONDS = String(SIGNED_AT_MS / 1000)
const MILLISECONDS = String(SIGNED_AT_MS)

export const timestampMutations: Mutation[] = [
  mutation('timestamp-unit', 'seconds and milliseconds swapped', ({ scheme, ...plan }) => {
    const form = scheme.timestamp
    if (!form || !/\{timestamp\}/.test(scheme.content) || !['s', 'ms'].includes(form.unit))
      return null
    if (!('header' in form.place || 'field' in form.place)) return null
    const unit = form.unit === 's' ? 'ms' : 's'
    const signScheme: Scheme = { ...plan.signScheme, timestamp: { ...form, unit } }
    const [from, to] = unit === 'ms' ? [MILLISECONDS, SECONDS] : [SECONDS, MILLISECONDS]
    return replaced({ ...plan, scheme, signScheme }, from, to)
  }),
  mutation('timestamp-source', 'the time of another header', ({ scheme, ...plan }) => {
    const form = scheme.timestamp
    if (!form || !/\{timestamp\}/.test(scheme.content) || !['s', 'ms'].includes(form.unit))
      return null
    if (!('header' in form.place || 'field' in form.place)) return null
    const from = form.unit === 's' ? SECONDS : MILLISECONDS
    const to = String(Number(from) + (form.unit === 's' ? 3 : 3000))
    return replaced({ ...plan, scheme }, from, to, [['X-Sent-Time', from]])
  }),
]

const coversUrl = ({ content, jwt, settings }: Scheme) =>
  (settings ?? []).some(({ kind }) => kind === 'url') ||
  content.includes('{url}') ||
  jwt?.subjectIsUrl === true
const urlName = ({ settings }: Scheme) =>
  (settings ?? []).find(({ kind }) => kind === 'url')?.name ?? null

function urlChanged(name: string, change: (url: string) => string): Mutation {
  return mutation('url-mismatch', name, (plan) => {
    const setting = urlName(plan.scheme)
    if (!coversUrl(plan.scheme) || setting === null) return null
    const url = plan.signSettings[setting] ?? ''
    return { ...plan, storedSettings: { ...plan.storedSettings, [setting]: change(url) } }
  })
}

export const urlMutations: Mutation[] = [
  urlChanged('http for https', (url) => url.replace('https:', 'http:')),
  urlChanged('trailing slash', (url) => `${url}/`),
  urlChanged('a port', (url) => url.replace('.test', '.test:8080')),
  urlChanged('the host of the machine', (url) => url.replace('hooks.example.test', 'localhost')),
]

/** The digest in a header as the scheme wrote it, written otherwise. */
function rewritten(
  name: string,
  applies: (scheme: Scheme) => boolean,
  change: (signature: string, scheme: Scheme) => string,
): Mutation {
  return mutation('signature-encoding', name, (plan) => {
    const { scheme } = plan
    if (
      !applies(scheme) ||
      scheme.jwt ||
      isToken(scheme) ||
      !('header' in scheme.signature.place) ||
      scheme.content.startsWith('special:')
    )
      return null
    return onTheWay(plan, ({ head, body }) => ({
      body,
      head: {
        ...head,
        rawHeaders: head.rawHeaders.map(([header, value]): [string, string] => [
          header,
          rewriteIn(value, scheme, change),
        ]),
      },
    }))
  })
}

const SIGNATURE = {
  hex: /\b[0-9a-f]{40,}\b/g,
  'upper-hex': /\b[0-9A-F]{40,}\b/g,
  base64: /[A-Za-z0-9+/]{26,}={0,2}/g,
  base64url: /[A-Za-z0-9_-]{26,}/g,
  text: /\b\B/g,
}

function rewriteIn(
  value: string,
  scheme: Scheme,
  change: (signature: string, scheme: Scheme) => string,
): string {
  const { encoding, version, pair } = scheme.signature
  const begin = version && pair ? value.indexOf(version + pair) : 0
  if (begin === -1) return value
  return (
    value.slice(0, begin) +
    value.slice(begin).replace(SIGNATURE[encoding], (found) => change(found, scheme))
  )
}

const bytesOf = (signature: string, { signature: { encoding } }: Scheme) =>
  Buffer.from(signature, encoding === 'upper-hex' ? 'hex' : encoding === 'text' ? 'utf8' : encoding)
const isHex = ({ signature }: Scheme) =>
  signature.encoding === 'hex' || signature.encoding === 'upper-hex'

export const signatureMutations: Mutation[] = [
  rewritten('base64 for hex', isHex, (found, scheme) => bytesOf(found, scheme).toString('base64')),
  rewritten('the other case', isHex, (found) =>
    found === found.toUpperCase() ? found.toLowerCase() : found.toUpperCase(),
  ),
  rewritten(
    'hex for base64',
    (scheme) => !isHex(scheme),
    (found, scheme) => bytesOf(found, scheme).toString('hex'),
  ),
  rewritten(
    'base64url for base64',
    ({ signature }) => signature.encoding === 'base64',
    (found, scheme) => bytesOf(found, scheme).toString('base64url'),
  ),
  mutation('signature-encoding', 'prefix lost', (plan) => {
    const { prefix } = plan.scheme.signature
    return prefix && !plan.scheme.jwt && !isToken(plan.scheme) ? replaced(plan, prefix, '') : null
  }),
  mutation('signature-encoding', 'prefix twice', (plan) => {
    const { prefix } = plan.scheme.signature
    return prefix && !plan.scheme.jwt && !isToken(plan.scheme)
      ? replaced(plan, prefix, prefix + prefix)
      : null
  }),
]

const hmacs: Algorithm[] = ['hmac-sha1', 'hmac-sha256', 'hmac-sha384', 'hmac-sha512']

export const algorithmMutations: Mutation[] = hmacs.map((algorithm) =>
  mutation('algorithm', algorithm, (plan) => {
    const { scheme } = plan
    if (!scheme.algorithm.startsWith('hmac-') || scheme.jwt || scheme.algorithm === algorithm)
      return null
    return { ...plan, signScheme: { ...plan.signScheme, algorithm } }
  }),
)

function contentChanged(name: string, change: (content: string) => string): Mutation {
  return mutation('signed-content', name, (plan) => {
    const { scheme } = plan
    if (scheme.jwt || scheme.content.startsWith('special:') || !scheme.content.includes('{body}'))
      return null
    const content = change(scheme.content)
    return content === scheme.content
      ? null
      : { ...plan, signScheme: { ...plan.signScheme, content } }
  })
}

export const contentMutations: Mutation[] = [
  contentChanged('only the body', (content) => (content.includes('{secret}') ? content : '{body}')),
  contentChanged('no separators', (content) => content.replaceAll(/\}[.:|\n]\{/g, '}{')),
  contentChanged('colons', (content) => content.replaceAll(/\}[.|\n]\{/g, '}:{')),
  contentChanged('dots', (content) => content.replaceAll(/\}[:|\n]\{/g, '}.{')),
  contentChanged('no id', (content) => content.replace(/\{id\}[.:|\n]?/, '')),
  contentChanged('no timestamp', (content) => content.replace(/\{timestamp\}[.:|\n]?/, '')),
  contentChanged('turned round', (content) =>
    content.replace(/^\{timestamp\}(.?)\{body\}$/, '{body}$1{timestamp}'),
  ),
]

export const timeMutations: Mutation[] = [
  mutation('stale', 'an old request', (plan) => ({
    ...plan,
    atMs: SIGNED_AT_MS + 3_600_000,
    recentSkews: [-1, -0.5, -2, -1],
  })),
  mutation('future', 'from the future', (plan) => ({
    ...plan,
    atMs: SIGNED_AT_MS - 3_600_000,
    recentSkews: [-1, -0.5, -2, -1],
  })),
  mutation('clock', 'clock ahead', (plan) =>
    plan.scheme.jwt?.times === 'exp-nbf'
      ? null
      : {
          ...plan,
          atMs: SIGNED_AT_MS + 1_800_000,
          recentSkews: [-1799, -1801, -1800.5, -1800],
        },
  ),
]

export const adviceMutations: Mutation[] = [
  mutation('header-missing', 'signature header dropped', (plan) => {
    const { place } = plan.scheme.signature
    if (!('header' in place)) return null
    const names = [
      place.header,
      ...(place.also ?? []),
      ...(plan.scheme.signature.further ?? []),
    ].map((name) => name.toLowerCase())
    return onTheWay(plan, ({ head, body }) => ({
      body,
      head: {
        ...head,
        rawHeaders: head.rawHeaders.filter(([name]) => !names.includes(name.toLowerCase())),
      },
    }))
  }),
  mutation('body-truncated', 'cut', (plan) =>
    isSimple(plan.scheme)
      ? onTheWay(plan, ({ head, body }) => ({
          body: body.subarray(0, Math.floor(body.byteLength / 2)),
          head: {
            ...head,
            rawHeaders: [...head.rawHeaders, ['Content-Length', String(body.byteLength)]],
          },
        }))
      : null,
  ),
]

/** What no change can repair: a bit of the body, of the signature, or another secret. */
export const hopeless: ((plan: Plan, bit: number) => Plan)[] = [
  (plan, bit) =>
    bodyAfter(plan, (body) => {
      const at = bit % Math.max(1, body.length)
      body[at] = (body[at] ?? 0) ^ (1 << (bit % 7))
      return body
    }),
  (plan) => {
    const key = createSecretKey(
      createHmac('sha256', 'nobody knows').update(plan.scheme.id).digest(),
    )
    return plan.signSecret.key.type === 'secret'
      ? { ...plan, signSecret: { ...plan.signSecret, key, keyText: 'nobody knows' } }
      : plan
  },
]
