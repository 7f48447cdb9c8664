import { createSecretKey } from 'node:crypto'
import type { KeyForm, Scheme } from '#contract/scheme.ts'
import { prepareSecret, prepareSecrets } from '#engine/signatures/secret.ts'
import { usesPublicKey } from '#engine/signatures/secret.ts'
import type { PreparedSecret, Secret, Settings } from '#engine/signatures/types.ts'
import { secretTexts, type SecretText } from './secret-texts.ts'
import type { Change, Key, OtherSecret } from './types.ts'

export interface Secrets {
  stored: readonly Secret[]
  others: readonly OtherSecret[]
}

/** The endpoint's own keys, as the scheme reads them. */
export function ownKeys(scheme: Scheme, { stored }: Secrets, settings: Settings): Key[] {
  return prepareSecrets(scheme, stored, settings).secrets.map((prepared) => ({
    prepared,
    changes: [],
  }))
}

/** Keys that may have been meant: the secret trimmed, with and without prefix, read otherwise. */
export function otherKeys(scheme: Scheme, secrets: Secrets, settings: Settings): Key[] {
  const keys = new Keys(ownKeys(scheme, secrets, settings))
  for (const other of secrets.others) {
    const secret = { id: other.id, name: other.name, text: other.text }
    const made = prepareSecret(scheme, secret, settings)
    if ('prepared' in made) keys.add(made.prepared, [otherEndpoint(other, secrets)])
  }
  for (const secret of secrets.stored) {
    for (const text of secretTexts(scheme, secret.text))
      addForms(keys, scheme, secret, text, settings)
  }
  return keys.found
}

/** No two keys alike. */
class Keys {
  readonly found: Key[] = []
  readonly #known = new Set<string>()

  constructor(own: readonly Key[]) {
    for (const { prepared } of own) this.#known.add(identity(prepared))
  }

  add(prepared: readonly PreparedSecret[], changes: readonly Change[]): void {
    for (const each of prepared) {
      const name = identity(each)
      if (this.#known.has(name)) continue
      this.#known.add(name)
      this.found.push({ prepared: each, changes })
    }
  }
}

function identity({ key, keyText }: PreparedSecret): string {
  const bytes = key.type === 'secret' ? key.export() : key.export({ type: 'spki', format: 'der' })
  return `${bytes.toString('latin1')}\n${keyText}`
}

function addForms(
  keys: Keys,
  scheme: Scheme,
  secret: Secret,
  { text, changes }: SecretText,
  settings: Settings,
): void {
  if (text === '') return
  if (changes.length > 0) {
    const made = prepareSecret(scheme, { ...secret, text }, settings)
    if ('prepared' in made) keys.add(made.prepared, changes)
    const whole = prefixRead(scheme, { ...secret, text })
    keys.add(whole, [...changes, prefixKept])
  } else keys.add(prefixRead(scheme, secret), [prefixKept])
  if (!usesBytes(scheme)) return
  for (const form of formsToTry(scheme)) {
    const bare = form === 'utf8' ? text : text.replace(PREFIX, '')
    for (const each of new Set([text, bare])) {
      const made = prepareSecret({ ...scheme, key: form }, { ...secret, text: each }, settings)
      if ('prepared' in made) keys.add(made.prepared, encoded(changes, form, scheme))
    }
  }
}

/** A change of the prefix goes without saying where the secret is decoded from what follows it. */
function encoded(changes: readonly Change[], form: KeyForm, scheme: Scheme): Change[] {
  return [...changes.filter(({ code }) => code !== 'secret-prefix'), encodingChange(form, scheme)]
}

const PREFIX = /^[a-z][a-z0-9]*_(?:(?:live|test)_)?/

function usesBytes(scheme: Scheme): boolean {
  return !usesPublicKey(scheme) && scheme.algorithm !== 'shared-token'
}

const forms = ['utf8', 'base64', 'base64url', 'hex'] as const

function formsToTry(scheme: Scheme): KeyForm[] {
  const own = Array.isArray(scheme.key) ? scheme.key : [scheme.key]
  if (scheme.algorithm === 'basic-auth') return ['base64']
  return forms.filter((form) => !own.includes(form))
}

const formNames: Partial<Record<KeyForm, string>> = {
  utf8: 'plain text',
  'utf8-nfkd': 'plain text',
  hex: 'hex',
  base64: 'base64',
  base64url: 'base64url',
  'base64-after-whsec': 'base64 after whsec_',
  'base64-after-whsec-else-utf8': 'base64 after whsec_',
  'base64-after-last-underscore': 'base64 after the last underscore',
  'sha1-of-utf8': 'the SHA-1 of the text',
}

const formWeights: Partial<Record<KeyForm, number>> = {
  utf8: 0.9,
  base64: 0.9,
  hex: 0.7,
  base64url: 0.4,
}

function encodingChange(form: KeyForm, scheme: Scheme): Change {
  const own = Array.isArray(scheme.key) ? scheme.key[0] : scheme.key
  const from = formNames[own ?? 'utf8'] ?? 'plain text'
  const to = formNames[form] ?? form
  return {
    ...{ code: 'secret-encoding', what: 'secret', from, to, detail: to },
    done: `With the secret read as ${to}`,
    weight: formWeights[form] ?? 0.4,
  }
}

const prefixKept: Change = {
  ...{ code: 'secret-prefix', what: 'secret', from: 'without its prefix', to: 'prefix kept' },
  detail: 'The sender decodes the secret with its prefix still in front.',
  done: 'With the prefix left on the secret before it is decoded',
  weight: 0.4,
}

/** What decoders make of base64 with `whsec_` in front: Node reads `_` as url-safe, Python skips it. */
function prefixRead(scheme: Scheme, secret: Secret): PreparedSecret[] {
  const own = Array.isArray(scheme.key) ? scheme.key : [scheme.key]
  const form = own.find((each) => each.startsWith('base64'))
  if (form === undefined || !PREFIX.test(secret.text)) return []
  return [secret.text, secret.text.replace(/[^A-Za-z0-9+/=]/g, '')].flatMap((text) => {
    const bytes = Buffer.from(text, 'base64')
    if (bytes.byteLength === 0) return []
    const key = createSecretKey(bytes)
    return [{ ...secret, keyText: secret.text, form, key, privateKey: null }]
  })
}

function otherEndpoint(other: OtherSecret, { stored }: Secrets): Change {
  const notes = [
    other.superseded
      ? 'It is the old half of a rotation there: a newer secret has replaced it.'
      : '',
    modeNote(other, stored),
  ].filter((note) => note !== '')
  return {
    code: 'secret-other-endpoint',
    what: 'secret',
    from: stored.map(({ name }) => `“${name}”`).join(', ') || 'no secret',
    to: `“${other.name}” of “${other.endpointName}”`,
    detail: [`“${other.name}” of endpoint “${other.endpointName}”.`, ...notes].join(' '),
    done: `With “${other.name}” of endpoint “${other.endpointName}”`,
    weight: 0.9,
  }
}

const modeOf = (text: string) =>
  /(?:^|[^a-z])(test|live)(?:[^a-z]|$)/i.exec(text)?.[1]?.toLowerCase()

/** The one says test, the other live. */
function modeNote(other: OtherSecret, stored: readonly Secret[]): string {
  const theirs = modeOf(other.text) ?? modeOf(other.name) ?? modeOf(other.endpointName)
  const ours = stored.map(({ text, name }) => modeOf(text) ?? modeOf(name)).find((mode) => mode)
  if (!theirs || !ours || theirs === ours) return ''
  return `That one is for ${theirs} mode, this endpoint’s is for ${ours} mode.`
}
