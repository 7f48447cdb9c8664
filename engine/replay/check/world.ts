import type { Scheme } from '#contract/scheme.ts'
import { prepareSecrets, usesPublicKey } from '#engine/signatures/secret.ts'
import type { PreparedSecret, Secret, Settings } from '#engine/signatures/types.ts'
import { wrongSecretFor } from './wrong-keys.ts'

/** What a check is made with: whose requests are built, with which keys, and where they go. */
export interface World {
  scheme: Scheme
  /** The handler, an absolute `http:` or `https:` URL. */
  url: string
  settings: Settings
  /** The secrets to sign with, one for each that was given, in the order given; never empty. */
  signers: readonly PreparedSecret[]
  /** What a correct receiver verifies with: every key of those secrets and settings. */
  keys: readonly PreparedSecret[]
  /** A key of the right form that nobody else has. */
  wrongSecret: PreparedSecret
  /** The texts that were given, to be looked for in answers; never shown. */
  secretTexts: readonly string[]
  /** Unix milliseconds. */
  now(): number
}

/**
 * Prepares the keys of a check, or says in one sentence why nothing can be signed. A setting that is
 * a URL and was not given is the address of the handler: that is what it is called under here.
 */
export async function makeWorld(input: {
  scheme: Scheme
  url: string
  secrets: readonly Secret[]
  settings?: Settings
  now?: () => number
}): Promise<World | { problem: string }> {
  const { scheme, url, secrets, now = Date.now } = input
  const settings = withAddress(scheme, url, input.settings ?? {})
  const missing = scheme.settings?.find(({ name, required }) => required && !settings[name])
  if (missing) return { problem: `${scheme.name} needs the setting “${missing.label}” to sign.` }
  const prepared = prepareSecrets(scheme, secrets, settings)
  const own = prepared.secrets.slice(0, ownCount(scheme, secrets, settings))
  const signers = oneForEach(scheme, own)
  const [first] = signers
  if (!first) return { problem: whyNone(scheme, secrets, prepared) }
  const alsoSecret = (scheme.settings ?? [])
    .filter(({ kind }) => kind === 'secret')
    .flatMap(({ name }) => settings[name] ?? [])
  const secretTexts = [...secrets.map(({ text }) => text), ...alsoSecret]
  const wrongSecret = await wrongSecretFor(scheme, first)
  const keys = prepared.secrets
  return { scheme, url, settings, signers, keys, wrongSecret, secretTexts, now }
}

function withAddress(scheme: Scheme, url: string, settings: Settings): Settings {
  const address = (scheme.settings ?? [])
    .filter(({ name, kind, required }) => kind === 'url' && required && !settings[name])
    .map(({ name }): [string, string] => [name, url])
  return { ...settings, ...Object.fromEntries(address) }
}

/** Keys that come out of settings stand last; they are not signed with. */
function ownCount(scheme: Scheme, secrets: readonly Secret[], settings: Settings): number {
  return prepareSecrets(scheme, secrets, {
    ...settings,
    ...Object.fromEntries(
      (scheme.settings ?? []).filter(({ alsoKey }) => alsoKey).map(({ name }) => [name, '']),
    ),
  }).secrets.length
}

/** A secret that can be read in several forms is signed with in its first. */
function oneForEach(scheme: Scheme, keys: readonly PreparedSecret[]): PreparedSecret[] {
  const able = usesPublicKey(scheme) ? keys.filter(({ privateKey }) => privateKey) : keys
  const texts = new Set<string>()
  return able.filter(({ text }) => !texts.has(text) && texts.add(text))
}

function whyNone(
  scheme: Scheme,
  secrets: readonly Secret[],
  { unusableSecrets }: ReturnType<typeof prepareSecrets>,
): string {
  if (secrets.length === 0) return 'There is no secret to sign with.'
  const [unusable] = unusableSecrets
  if (unusable) return unusable.problem
  return `${scheme.name} signs with a private key that only it has. Give the handler the public half of a test key pair, and the check its private half.`
}

/** A world of made-up keys and settings, in which it can be seen what applies to a scheme. */
export async function trialWorld(scheme: Scheme): Promise<World> {
  const url = 'http://localhost/webhooks'
  const forms = Array.isArray(scheme.key) ? scheme.key : [scheme.key]
  const secret = await wrongSecretFor(scheme, { form: forms[0] ?? 'utf8' })
  const settings = Object.fromEntries(
    (scheme.settings ?? [])
      .filter(({ alsoKey, name }) => !alsoKey && name !== 'publicUrl')
      .map(({ name, kind }) => [name, kind === 'url' ? url : 'countersign']),
  )
  const wrongSecret = await wrongSecretFor(scheme, secret)
  const keys = [secret]
  return { scheme, url, settings, signers: keys, keys, wrongSecret, secretTexts: [], now: Date.now }
}
