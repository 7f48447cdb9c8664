import { isCredential } from '#contract/credential.ts'
import type { Algorithm, Scheme } from '#contract/scheme.ts'
import { SIGNED_AT_MS } from '#engine/signatures/made-request.ts'
import { mutation, onTheWay } from './mutation.ts'
import type { Mutation, Plan } from './plan.ts'

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
      isCredential(scheme) ||
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
    return prefix && !plan.scheme.jwt && !isCredential(plan.scheme)
      ? replaced(plan, prefix, '')
      : null
  }),
  mutation('signature-encoding', 'prefix twice', (plan) => {
    const { prefix } = plan.scheme.signature
    return prefix && !plan.scheme.jwt && !isCredential(plan.scheme)
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
