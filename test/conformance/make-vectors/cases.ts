import { jsonBodies } from './bodies.ts'
import { without } from './request.ts'
import type { Case, Encoding, Request, Rule } from './rule.ts'

/** The cases of a scheme: those that every rule gives rise to, then its own. */
export function casesOf(rule: Rule): Case[] {
  const bodies = rule.bodies ?? jsonBodies
  return [
    ...bodies.map((body): Case => ({
      kind: `body-${body.kind}`,
      title: body.title,
      expected: 'accept',
      body,
    })),
    ...damageCases(rule),
    ...signatureCases(rule),
    ...clockCases(rule),
    ...rotationCases(rule),
    ...(rule.extra ?? []),
  ]
}

function damageCases(rule: Rule): Case[] {
  const cases: Case[] = [
    {
      kind: 'header-case',
      title: 'Header names in capital letters',
      expected: 'accept',
      after: (request) => ({
        ...request,
        headers: request.headers.map(([name, value]) => [name.toUpperCase(), value]),
      }),
    },
    {
      kind: rule.bodyNotCovered ? 'unsigned-body-changed' : 'tampered-body',
      title: 'The body was changed after signing',
      expected: rule.bodyNotCovered ? 'accept' : 'reject',
      after: (request) => ({ ...request, body: tampered(rule, request.body) }),
    },
    {
      kind: 'wrong-secret',
      title: 'Signed with another secret',
      expected: 'reject',
      judgeWith: rule.otherSecret,
    },
  ]
  const needed = [rule.timestamp?.header, rule.id?.header].filter((name) => name !== undefined)
  for (const name of needed) {
    const kind = 'missing-header'
    const after = (request: Request) => without(request, name)
    cases.push({ kind, title: `Without ${name}`, expected: 'reject', after })
  }
  if (rule.id) {
    cases.push({
      kind: 'tampered-id',
      title: 'The message id was changed after signing',
      expected: 'reject',
      after: (request) => ({
        ...request,
        headers: request.headers.map(([name, value]) => [
          name,
          name === rule.id?.header ? `${value}x` : value,
        ]),
      }),
    })
  }
  return cases
}

function tampered(rule: Rule, body: Uint8Array): Uint8Array {
  if (rule.tamper) return rule.tamper(body)
  const text = Buffer.from(body).toString('utf8')
  if (!text.includes('4200')) throw new Error(`${rule.scheme}: the body has no 4200 to change.`)
  return Buffer.from(text.replace('4200', '4201'))
}

function signatureCases(rule: Rule): Case[] {
  const cases: Case[] = [
    {
      kind: 'missing-header',
      title: 'Without a signature',
      expected: 'reject',
      after: (request) => unsigned(rule, request),
    },
    {
      kind: 'malformed-header',
      title: 'Something else in place of the signature',
      expected: 'reject',
      value: () => 'no signature at all',
    },
    { kind: 'empty-signature', title: 'An empty signature', expected: 'reject', value: () => '' },
    {
      kind: 'truncated-signature',
      title: 'The last four characters of the signature are missing',
      expected: 'reject',
      mangle: (signature) => signature.slice(0, -4),
    },
  ]
  if (rule.prefix !== undefined) {
    const kind = 'missing-prefix'
    cases.push({ kind, title: `Without ${rule.prefix}`, expected: 'reject', prefix: '' })
  }
  if (['shared-token', 'basic-auth', 'jwt-hs256'].includes(rule.algorithm)) return cases
  const [encoding, name] = otherEncoding(rule.encoding ?? 'hex')
  cases.push({ kind: 'wrong-encoding', title: `In ${name}`, expected: 'reject', encoding })
  return cases
}

function otherEncoding(encoding: Encoding): [Encoding, string] {
  return encoding === 'hex' || encoding === 'upper-hex' ? ['base64', 'base64'] : ['hex', 'hex']
}

/** The request without what stands in the signature's place. */
function unsigned(rule: Rule, request: Request): Request {
  if ('header' in rule.place) return without(request, rule.place.header)
  const text = Buffer.from(request.body).toString('utf8')
  if ('form' in rule.place) {
    const form = new URLSearchParams(text)
    form.delete(rule.place.form)
    return { ...request, body: Buffer.from(form.toString()) }
  }
  const names = rule.place.json.split('.')
  const last = names[names.length - 1]
  const body: unknown = JSON.parse(text, function (key: string, value: unknown) {
    return key === last ? undefined : value
  })
  return { ...request, body: Buffer.from(JSON.stringify(body)) }
}

function clockCases(rule: Rule): Case[] {
  const { timestamp, tolerance } = rule
  if (!timestamp || timestamp.unsigned) return []
  const cases: Case[] = []
  if (!timestamp.inBody && rule.algorithm !== 'jwt-hs256') {
    const title = 'The timestamp was changed after signing'
    cases.push({ kind: 'tampered-timestamp', title, expected: 'reject', shownAt: -1 })
  }
  if (!tolerance) {
    const title = 'Signed a year ago: no clock is checked'
    cases.push({ kind: 'old-timestamp', title, expected: 'accept', signedAt: -31_536_000 })
    return cases
  }
  const { past, future } = tolerance
  cases.push(
    { kind: 'stale-timestamp', title: 'A day old', expected: 'reject', signedAt: -86_400 - past },
    { kind: 'stale-edge-inside', title: `${past} s old`, expected: 'accept', signedAt: -past },
    {
      kind: 'stale-edge-outside',
      title: `${past + 1} s old`,
      expected: 'reject',
      signedAt: -past - 1,
    },
    {
      kind: 'future-timestamp',
      title: 'From a day ahead',
      expected: future === null ? 'accept' : 'reject',
      signedAt: 86_400 + (future ?? 0),
    },
  )
  if (future === null) return cases
  cases.push(
    {
      kind: 'future-edge-inside',
      title: `From ${future} s ahead`,
      expected: 'accept',
      signedAt: future,
    },
    {
      kind: 'future-edge-outside',
      title: `From ${future + 1} s ahead`,
      expected: 'reject',
      signedAt: future + 1,
    },
  )
  return cases
}

function rotationCases(rule: Rule): Case[] {
  if (!rule.several) return []
  const { secret, otherSecret } = rule
  return [
    {
      kind: 'rotated-secrets',
      title: 'Two signatures, the second of ours',
      expected: 'accept',
      signWith: [otherSecret, secret],
    },
    {
      kind: 'rotated-secrets-first',
      title: 'Two signatures, the first of ours',
      expected: 'accept',
      signWith: [secret, otherSecret],
    },
    {
      kind: 'rotated-none-match',
      title: 'Two signatures, neither of ours',
      expected: 'reject',
      signWith: [otherSecret, otherSecret],
    },
  ]
}
