import { createSecretKey } from 'node:crypto'
import type { PreparedSecret, Scheme, Secret } from './types.ts'

const WHSEC = 'whsec_'
/** RFC 4648, section 4; the final `=` may be missing, as the Standard Webhooks library allows. */
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/

/** Makes the key of a secret, once; `problem` is one sentence that says why there is none. */
export function prepareSecret(
  scheme: Scheme,
  secret: Secret,
): { prepared: PreparedSecret } | { problem: string } {
  if (secret.text === '') return { problem: 'The secret is empty.' }
  const bytes = scheme.key === 'utf8' ? Buffer.from(secret.text) : decodeWhsec(secret.text)
  if (typeof bytes === 'string') return { problem: bytes }
  return { prepared: { ...secret, key: createSecretKey(bytes) } }
}

/** The key bytes after `whsec_`, with or without that prefix; a text says what is wrong. */
function decodeWhsec(text: string): Buffer | string {
  const prefixed = text.startsWith(WHSEC)
  const encoded = prefixed ? text.slice(WHSEC.length) : text
  const where = prefixed ? `after ${WHSEC}` : 'as a whole'
  if (encoded === '') return `There is nothing after ${WHSEC}.`
  if (!BASE64.test(encoded)) return `The secret is not base64 ${where}.`
  return Buffer.from(encoded, 'base64')
}

/** API keys and the like that people paste where a signing secret belongs. */
const otherCredentials: readonly { begins: RegExp; what: string }[] = [
  { begins: /^[rs]k_(?:live|test)_/, what: 'a Stripe API key' },
  { begins: /^pk_(?:live|test)_/, what: 'a Stripe publishable key' },
  { begins: /^gh[pousr]_|^github_pat_/, what: 'a GitHub token' },
  { begins: /^-----BEGIN /, what: 'a PEM key' },
  { begins: /^(?:evt|we|msg|ep)_/, what: 'an id, not a secret' },
  { begins: /^https?:\/\//, what: 'a URL' },
  { begins: /^Bearer /i, what: 'an Authorization header' },
]

/** One sentence when a secret looks wrong for its scheme, though it may be used; else `null`. */
export function secretWarning(scheme: Scheme, text: string): string | null {
  if (text === '') return null
  if (text.trim() === '') return 'The secret is only blanks.'
  if (/[\r\n]$/.test(text)) return 'The secret ends with a line break; it counts as part of it.'
  if (text !== text.trim()) return 'There are blanks around the secret; they count as part of it.'
  if (/^(["'`]).*\1$/s.test(text))
    return 'There are quotes around the secret; they count as part of it.'
  const assignment = /^(?:export\s+)?[A-Z][A-Z0-9_]*=/.exec(text)
  if (assignment) return `This begins with ${assignment[0]}; paste only what comes after it.`
  for (const { begins, what } of otherCredentials) {
    if (begins.test(text))
      return `This looks like ${what}; ${scheme.name} signs with ${scheme.secretHint}.`
  }
  return prefixWarning(scheme, text)
}

function prefixWarning(scheme: Scheme, text: string): string | null {
  if (scheme.key === 'utf8' && scheme.secretPrefix && !text.startsWith(scheme.secretPrefix)) {
    return `${scheme.name} secrets begin with ${scheme.secretPrefix}; keep it, it is part of the key.`
  }
  if (!scheme.secretPrefix && text.startsWith(WHSEC)) {
    return `${scheme.name} secrets do not begin with ${WHSEC}; this may be another provider’s.`
  }
  return null
}
