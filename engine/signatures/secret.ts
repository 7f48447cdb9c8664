import { createHash, createSecretKey, type KeyObject } from 'node:crypto'
import type { KeyForm, Scheme } from '#contract/scheme.ts'
import { keyWarning, readKeyPair } from './public-key.ts'
import type { PreparedSecret, Secret, Settings } from './types.ts'

const WHSEC = 'whsec_'
/** RFC 4648, section 4; the final `=` may be missing, as the Standard Webhooks library allows. */
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/
/** RFC 4648, section 5. */
const BASE64URL = /^(?:[A-Za-z0-9_-]{4})*(?:[A-Za-z0-9_-]{2}(?:==)?|[A-Za-z0-9_-]{3}=?)?$/
const HEX = /^(?:[0-9a-fA-F]{2})+$/

type Made = { prepared: PreparedSecret[] } | { problem: string }

/**
 * Makes the keys of a secret, once: one for each form that the scheme tries and can be read.
 * `problem` is one sentence that says why there is none.
 */
export function prepareSecret(scheme: Scheme, secret: Secret, settings: Settings = {}): Made {
  if (secret.text === '') return { problem: 'The secret is empty.' }
  const text = fillKeyText(scheme, secret.text, settings)
  if (typeof text !== 'string') return text
  const prepared: PreparedSecret[] = []
  let problem = ''
  for (const form of Array.isArray(scheme.key) ? scheme.key : [scheme.key]) {
    const made = makeKey(form, text, scheme)
    if ('problem' in made) problem ||= made.problem
    else prepared.push({ ...secret, keyText: text, form, ...made })
  }
  return prepared.length > 0 ? { prepared } : { problem }
}

/** Every key of an endpoint: its secrets, then the settings that verify just as they do. */
export function prepareSecrets(
  scheme: Scheme,
  secrets: readonly Secret[],
  settings: Settings,
): { secrets: PreparedSecret[]; unusableSecrets: { name: string; problem: string }[] } {
  const found: ReturnType<typeof prepareSecrets> = { secrets: [], unusableSecrets: [] }
  const further = (scheme.settings ?? []).flatMap(({ name, label, alsoKey }) => {
    const text = alsoKey ? settings[name] : undefined
    return text ? [{ id: null, name: label, text }] : []
  })
  for (const secret of [...secrets, ...further]) {
    const made = prepareSecret(scheme, secret, settings)
    if ('prepared' in made) found.secrets.push(...made.prepared)
    else found.unusableSecrets.push({ name: secret.name, problem: made.problem })
  }
  return found
}

function fillKeyText(
  { keyText, name, settings: forms }: Scheme,
  secret: string,
  settings: Settings,
): string | { problem: string } {
  if (keyText === undefined) return secret
  let missing: string | null = null
  const text = keyText.replace(
    /\{(secret|settings\.(\w+))\}/g,
    (_, what: string, setting: string) => {
      if (what === 'secret') return secret
      const value = settings[setting]
      if (!value) missing ??= forms?.find((form) => form.name === setting)?.label ?? setting
      return value ?? ''
    },
  )
  return missing === null
    ? text
    : { problem: `${name} needs “${String(missing)}” beside the secret, to make the key.` }
}

function makeKey(
  form: KeyForm,
  text: string,
  scheme: Scheme,
): { key: KeyObject; privateKey: KeyObject | null } | { problem: string } {
  if (form === 'public-key') {
    const pair = readKeyPair(text, scheme.algorithm)
    return 'problem' in pair ? pair : { key: pair.publicKey, privateKey: pair.privateKey }
  }
  const bytes = keyBytes(form, text)
  if (typeof bytes === 'string') return { problem: bytes }
  return { key: createSecretKey(bytes), privateKey: null }
}

/** The bytes that a secret stands for in one form; a text says what is wrong. */
export function keyBytes(form: Exclude<KeyForm, 'public-key'>, text: string): Buffer | string {
  switch (form) {
    case 'utf8':
      return Buffer.from(text)
    case 'utf8-nfkd':
      return Buffer.from(text.normalize('NFKD'))
    case 'hex':
      return HEX.test(text) ? Buffer.from(text, 'hex') : 'The secret is not hex.'
    case 'base64':
      return decodeBase64(text, 'as a whole')
    case 'base64url':
      return BASE64URL.test(text) ? Buffer.from(text, 'base64url') : 'The secret is not base64url.'
    case 'base64-after-whsec':
      return decodeWhsec(text)
    case 'base64-after-whsec-else-utf8':
      return text.startsWith(WHSEC) ? decodeWhsec(text) : Buffer.from(text)
    case 'base64-after-last-underscore':
      return decodeBase64(text.slice(text.lastIndexOf('_') + 1), 'after the last underscore')
    case 'sha1-of-utf8':
      break
  }
  return createHash('sha1').update(text).digest()
}

function decodeBase64(encoded: string, where: string): Buffer | string {
  if (encoded === '') return `There is nothing ${where}.`
  return BASE64.test(encoded)
    ? Buffer.from(encoded, 'base64')
    : `The secret is not base64 ${where}.`
}

/** The key bytes after `whsec_`, with or without that prefix. */
function decodeWhsec(text: string): Buffer | string {
  const prefixed = text.startsWith(WHSEC)
  return decodeBase64(
    prefixed ? text.slice(WHSEC.length) : text,
    prefixed ? `after ${WHSEC}` : 'as a whole',
  )
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
  // Blanks around a key do not count.
  if (usesPublicKey(scheme)) return keyWarning(text, scheme.algorithm)
  if (/[\r\n]$/.test(text)) return 'The secret ends with a line break; it counts as part of it.'
  if (text !== text.trim()) return 'There are blanks around the secret; they count as part of it.'
  if (/^(["'`]).*\1$/s.test(text))
    return 'There are quotes around the secret; they count as part of it.'
  const assignment = /^(?:export\s+)?[A-Z][A-Z0-9_]*=/.exec(text)
  if (assignment) return `This begins with ${assignment[0]}; paste only what comes after it.`
  if (scheme.secretPattern !== undefined && new RegExp(scheme.secretPattern, 'u').test(text)) {
    return null
  }
  for (const { begins, what } of otherCredentials) {
    if (scheme.secretPrefix && text.startsWith(scheme.secretPrefix)) break
    if (begins.test(text)) {
      return `This looks like ${what}; ${scheme.name} signs with ${scheme.secretHint}.`
    }
  }
  return prefixWarning(scheme, text) ?? patternWarning(scheme)
}

/** The secret is the public half of a key pair. */
export function usesPublicKey(scheme: Scheme): boolean {
  return Array.isArray(scheme.key) ? scheme.key.includes('public-key') : scheme.key === 'public-key'
}

/**
 * The secret to sign with: the one that verified last, else the newest; of an asymmetric scheme one
 * with its private half, where there is one.
 */
export function signingSecret(
  scheme: Scheme,
  secrets: readonly PreparedSecret[],
  matchedId: number | null,
): PreparedSecret | undefined {
  const able = usesPublicKey(scheme) ? secrets.filter(({ privateKey }) => privateKey) : secrets
  const some = able.length > 0 ? able : secrets
  return some.find(({ id }) => id !== null && id === matchedId) ?? newestOwn(some) ?? some[0]
}

/** Keys of settings come last and have no id: they are the other, the second key. */
function newestOwn(secrets: readonly PreparedSecret[]): PreparedSecret | undefined {
  const newest = secrets.filter(({ id }) => id !== null).at(-1)
  // A secret that is read in several forms is signed with in its first.
  return newest && secrets.find(({ id }) => id === newest.id)
}

function patternWarning({ secretPattern, name, secretHint }: Scheme): string | null {
  if (secretPattern === undefined) return null
  return `This does not look like a secret of ${name}, which is ${secretHint}.`
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
