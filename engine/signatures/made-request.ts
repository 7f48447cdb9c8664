import { generateKeyPairSync } from 'node:crypto'
import type { RawHeader } from '#contract/http.ts'
import { findScheme } from './catalogue.ts'
import { sampleRequest } from './sample.ts'
import { prepareSecret, usesPublicKey } from './secret.ts'
import { newMessageId, sign } from './sign.ts'
import type { Scheme } from '#contract/scheme.ts'
import type { Body, PreparedSecret, RequestHead, VerifyContext, Settings } from './types.ts'

/** A request signed for a test, with what is needed to judge it. */
export interface MadeRequest {
  scheme: Scheme
  secret: PreparedSecret
  head: RequestHead
  body: Uint8Array
  settings: Settings
}

/** The moment at which the requests of tests are signed. */
export const SIGNED_AT_MS = 1_760_000_000_000

export function schemeOf(id: string): Scheme {
  const scheme = findScheme(id)
  if (!scheme) throw new Error(`There is no scheme ${id}.`)
  return scheme
}

export function secretOf(scheme: Scheme, name = 'live key', id = 7): PreparedSecret {
  const made = prepareSecret(
    scheme,
    { id, name, text: secretTextFor(scheme, name) },
    settingsOf(scheme),
  )
  if ('problem' in made) throw new Error(made.problem)
  const [prepared] = made.prepared
  if (!prepared) throw new Error('A prepared secret has at least one key.')
  return prepared
}

/** A secret text of the form that the scheme reads; a private key for asymmetric ones. */
export function secretTextFor(scheme: Scheme, name = 'live key'): string {
  const key = Buffer.from(`${scheme.id} ${name} for tests`)
  if (usesPublicKey(scheme)) return testKeyPair(scheme.algorithm, name)
  if (scheme.algorithm === 'basic-auth') return `user:${key.toString('hex')}`
  const form = Array.isArray(scheme.key) ? scheme.key[0] : scheme.key
  if (form === 'base64' || form === 'base64url') return key.toString(form)
  return form?.startsWith('base64-after') ? `whsec_${key.toString('base64')}` : key.toString('hex')
}

const pairs = new Map<string, string>()

/** The private key in PEM, made once for each algorithm and name. */
function testKeyPair(algorithm: Scheme['algorithm'], name: string): string {
  const known = pairs.get(algorithm + name)
  if (known) return known
  const { privateKey } =
    algorithm === 'ed25519'
      ? generateKeyPairSync('ed25519')
      : algorithm === 'ecdsa-p256-sha256'
        ? generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
        : generateKeyPairSync('rsa', { modulusLength: 2048 })
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  pairs.set(algorithm + name, pem)
  return pem
}

/** A value for every setting of the scheme. */
export function settingsOf(scheme: Scheme): Settings {
  const entries = (scheme.settings ?? [])
    .filter(({ alsoKey }) => !alsoKey)
    .map(({ name, kind }): [string, string] => [
      name,
      kind === 'url' ? 'https://hooks.example.test/in' : `${name}-for-tests`,
    ])
  return Object.fromEntries(entries)
}

/** The scheme's sample, or another body, signed by our own signer. */
export function makeRequest(id: string, options: { body?: Uint8Array } = {}): MadeRequest {
  const scheme = schemeOf(id)
  const secret = secretOf(scheme)
  const settings = settingsOf(scheme)
  const sample = sampleRequest(scheme)
  const body = options.body ?? sample.body
  const { method } = sample
  const head = { method, target: `/in${sample.targetSuffix}`, rawHeaders: sample.rawHeaders }
  const signed = sign({
    scheme,
    secret,
    settings,
    head,
    body,
    timestampMs: SIGNED_AT_MS,
    messageId: newMessageId(scheme),
  })
  if ('problem' in signed) throw new Error(signed.problem)
  const { rawHeaders, target } = signed
  return { scheme, secret, settings, head: { method, target, rawHeaders }, body: signed.body }
}

export function contextOf(made: MadeRequest, changes: Partial<VerifyContext> = {}): VerifyContext {
  return {
    head: made.head,
    scheme: made.scheme,
    secrets: [made.secret],
    settings: made.settings,
    lockedSecrets: false,
    atMs: SIGNED_AT_MS,
    tolerance: null,
    incomplete: null,
    ...changes,
  }
}

export function inMemory(bytes: Uint8Array): Body {
  return { byteLength: bytes.byteLength, chunks: () => [bytes] }
}

/** The head with one header changed; `null` takes it away. */
export function withHeader(
  head: RequestHead,
  lowerName: string,
  value: string | null,
): RequestHead {
  const rawHeaders = head.rawHeaders.flatMap(([name, old]): RawHeader[] => {
    if (name.toLowerCase() !== lowerName) return [[name, old]]
    return value === null ? [] : [[name, value]]
  })
  return { ...head, rawHeaders }
}

export function headerOf(head: RequestHead, lowerName: string): string {
  const found = head.rawHeaders.find(([name]) => name.toLowerCase() === lowerName)
  if (!found) throw new Error(`There is no header ${lowerName}.`)
  return found[1]
}
