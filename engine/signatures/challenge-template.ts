import { createHmac } from 'node:crypto'
import type { Scheme } from '#contract/scheme.ts'
import { findHeader } from './headers.ts'
import { queryValue, scalarText, valueAt } from './place.ts'
import { signingSecret } from './secret.ts'
import type { PreparedSecret, RequestHead, VerifyContext } from './types.ts'
import type { WholeBody } from './whole-body.ts'

/** The request that templates are filled from, and with whose secrets. */
export interface TemplateSource {
  context: Pick<VerifyContext, 'head' | 'secrets' | 'settings' | 'lockedSecrets'>
  /** `null`: too large to be known whole. */
  body: WholeBody | null
  matchedSecretId: number | null
}

/** A text, or what it would need: `secret`, `settings.NAME`, or a place in the request. */
export type Value = string | { missing: string }

const PLACE = String.raw`(?:json|query|header):[^{}"]+`
const EXPRESSION = new RegExp(
  String.raw`\{(${PLACE}|settings\.\w+|secret|hmac-sha(?:1|256|384|512)-(?:hex|base64):${PLACE})\}`,
  'g',
)

/** What looks like an expression and is none, such as `{json}` or a digest that there is not. */
export function unknownPieces(template: string): string[] {
  const rest = template.replace(EXPRESSION, '')
  return rest.match(/\{(?:json|query|header|settings|secret|hmac-)[^{}"]*\}/g) ?? []
}

/** A template with its expressions filled in; `asJson`: each as the inside of a JSON string. */
export function fillTemplate(
  template: string,
  scheme: Scheme,
  source: TemplateSource,
  asJson = false,
): Value {
  let missing: { missing: string } | null = null
  const text = template.replace(EXPRESSION, (_, expression: string) => {
    const value = valueOf(expression, scheme, source)
    if (typeof value === 'string') return asJson ? JSON.stringify(value).slice(1, -1) : value
    missing ??= value
    return ''
  })
  return missing ?? text
}

function valueOf(expression: string, scheme: Scheme, source: TemplateSource): Value {
  const { settings = {} } = source.context
  if (expression === 'secret') return secretFor(scheme, source)?.keyText ?? { missing: 'secret' }
  if (expression.startsWith('settings.')) {
    const name = expression.slice('settings.'.length)
    return settings[name] || { missing: expression }
  }
  const digest = /^hmac-(sha\d+)-(hex|base64):(.+)$/.exec(expression)
  if (!digest) return placeValue(expression, source.context.head, source.body)
  const [, algorithm = '', encoding, place = ''] = digest
  const value = placeValue(place, source.context.head, source.body)
  const secret = secretFor(scheme, source)
  if (typeof value !== 'string') return value
  if (secret?.key.type !== 'secret') return { missing: 'secret' }
  const made = createHmac(algorithm, secret.key).update(value)
  return made.digest(encoding === 'hex' ? 'hex' : 'base64')
}

/** The secret that the provider signed this very request with, else the newest. */
function secretFor(scheme: Scheme, source: TemplateSource): PreparedSecret | undefined {
  return signingSecret(scheme, source.context.secrets, source.matchedSecretId)
}

function placeValue(place: string, head: RequestHead, body: WholeBody | null): Value {
  const at = place.indexOf(':')
  const name = place.slice(at + 1)
  const kind = place.slice(0, at)
  const value =
    kind === 'json'
      ? scalarText(valueAt(body?.json?.value, name))
      : kind === 'query'
        ? queryValue(head.target, name)
        : findHeader(head.rawHeaders, name.toLowerCase())
  return value ?? { missing: name }
}
