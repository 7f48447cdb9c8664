import { isCredential } from '#contract/credential.ts'
import { createHmac, createSecretKey } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import type { KeyForm, Scheme } from '#contract/scheme.ts'
import { SIGNED_AT_MS } from '#engine/signatures/made-request.ts'
import { form as madeForm } from './bodies.ts'
import { prepared, textFor, type Mutation, type Plan } from './plan.ts'
import { writers } from './writers.ts'
import { bodyAfter, isSimple, mutation, onTheWay, type Apply } from './mutation.ts'

const usesText = ({ scheme }: Plan) => !usesPublic(scheme)
const usesPublic = (scheme: Scheme) => scheme.key === 'public-key'

const stored = (code: Mutation['code'], name: string, change: (text: string) => string): Mutation =>
  mutation(code, name, (plan) =>
    usesText(plan) ? { ...plan, storedText: change(plan.storedText) } : null,
  )

function formKey(name: string, to: KeyForm): Mutation {
  return mutation('secret-encoding', name, (plan) => {
    if (usesPublic(plan.scheme) || isCredential(plan.scheme)) return null
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
              /[\u0100-\uffff]/g,
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
      ? bodyAfter({ ...plan, kind: 'form', body: Buffer.from(madeForm(random)) }, (body) =>
          Buffer.from(body.toString().replaceAll('+', '%20')),
        )
      : null,
  ),
  mutation('body-form', 'sorted', (plan, random) =>
    isSimple(plan.scheme)
      ? bodyAfter({ ...plan, kind: 'form', body: Buffer.from(madeForm(random)) }, (body) =>
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
