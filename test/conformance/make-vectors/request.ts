import { compactJson } from './bodies.ts'
import type { Case, Header, Message, Request, Rule } from './rule.ts'
import { signatureOf } from './signing.ts'

/** The moment at which every vector is judged, in unix seconds: 2025-12-11T05:48:20Z. */
export const NOW = 1_765_432_100

/** The signed request of a case. */
export function requestOf(general: Rule, each: Case): Request {
  const { algorithm, key, content } = each
  const rule: Rule = {
    ...general,
    ...(algorithm ? { algorithm } : {}),
    ...(key ? { key } : {}),
    ...(content ? { content } : {}),
  }
  const signed = messageOf(rule, each, each.signedAt ?? 0)
  const prefix = each.prefix ?? rule.prefix ?? ''
  const signatures = (each.signWith ?? [rule.secret]).map((secret) => {
    const signature = signatureOf(
      rule,
      { ...signed, secret },
      each.encoding ?? rule.encoding ?? 'hex',
    )
    return prefix + (each.mangle ? each.mangle(signature) : signature)
  })
  const shown = each.shownAt === undefined ? signed : messageOf(rule, each, each.shownAt)
  const written = rule.write ? rule.write(signatures, shown) : signatures.join(', ')
  const request = place(rule, shown, each.value ? each.value(written) : written)
  return each.after ? each.after(request) : request
}

/** The request without its signature. */
function messageOf(rule: Rule, each: Case, offsetSeconds: number): Message {
  const body = each.body ?? rule.bodies?.[0] ?? compactJson
  const unixMs = (NOW + offsetSeconds) * 1000
  const timestamp = rule.timestamp?.text(unixMs) ?? ''
  const contentType = body.contentType === undefined ? 'application/json' : body.contentType
  const headers: Header[] = [
    ['Host', 'hooks.example.test'],
    ['User-Agent', 'Example-Webhook-Sender/1.0'],
    ...(contentType === null ? [] : [['Content-Type', contentType] satisfies Header]),
    ...(rule.headers ?? []),
  ]
  if (rule.id) headers.push([rule.id.header, rule.id.value])
  if (rule.timestamp?.header) headers.push([rule.timestamp.header, timestamp])
  const message: Message = {
    method: rule.method ?? 'POST',
    url: rule.url ?? `https://hooks.example.test/in/${rule.scheme}`,
    headers,
    body: filled(body.bytes, '%TIMESTAMP%', timestamp),
    timestamp,
    unixMs,
    id: rule.id?.value ?? '',
    secret: rule.secret,
    settings: each.settings ?? rule.settings ?? {},
  }
  headers.push(...(rule.headersOf?.(message) ?? []))
  return each.before ? each.before(message) : message
}

function place(rule: Rule, message: Message, value: string): Request {
  const { method, url, headers, body } = message
  if ('header' in rule.place) {
    return { method, url, headers: [...headers, [rule.place.header, value]], body }
  }
  const text =
    'json' in rule.place
      ? JSON.stringify(value).slice(1, -1)
      : new URLSearchParams({ v: value }).toString().slice(2)
  return { method, url, headers, body: filled(body, '%SIGNATURE%', text) }
}

function filled(body: Uint8Array, placeholder: string, value: string): Uint8Array {
  const bytes = Buffer.from(body)
  const at = bytes.indexOf(placeholder)
  if (at < 0) return bytes
  const rest = bytes.subarray(at + placeholder.length)
  return Buffer.concat([bytes.subarray(0, at), Buffer.from(value), rest])
}

export function without(request: Request, name: string): Request {
  const headers = request.headers.filter(([each]) => each.toLowerCase() !== name.toLowerCase())
  return { ...request, headers }
}
