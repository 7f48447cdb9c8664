import { randomUUID } from 'node:crypto'
import { implement } from '@orpc/server'
import { api } from '#contract/api.ts'
import type { SecretInfo } from '#contract/endpoint.ts'
import { secretContext } from '#engine/secrets/seal-contexts.ts'
import { readKeyPair } from '#engine/signatures/public-key.ts'
import { prepareSecret, secretWarning, usesPublicKey } from '#engine/signatures/secret.ts'
import { publicKeyText } from '#engine/signatures/test-key-pair.ts'
import type { Scheme } from '#contract/scheme.ts'
import type { Settings } from '#engine/signatures/types.ts'
import type { SecretRow } from '#engine/store/types.ts'
import { reconfigured } from './reconfigured.ts'
import type { Rooms } from './rooms.ts'

export const LOCKED_MESSAGE =
  'Secrets are sealed with a key that is not available here, so none can be added. ' +
  'Unlock it, or begin with a new key, under Settings, Secrets (“countersign data-key”).'

export function secretInfo(rooms: Rooms, row: SecretRow, schemeId: string | null): SecretInfo {
  const opened = rooms.vault.unseal(row.sealed, secretContext(row))
  const shape = { id: row.id, name: row.name, createdAtMs: row.createdAtMs }
  if ('problem' in opened) {
    return { ...shape, state: opened.problem, problem: null, sameAs: [], publicKeyText: null }
  }
  const scheme = schemeId === null ? null : rooms.schemes.find(schemeId)
  const problem =
    scheme && secretProblem(scheme, opened.text, rooms.roster.profileOf(row.endpointId).settings)
  // A public key is nobody's secret: a provider has one for all its endpoints.
  const isPublic = scheme !== null && usesPublicKey(scheme)
  const sameAs = isPublic ? [] : sameElsewhere(rooms, row, opened.text)
  const publicText = scheme && publicHalf(scheme, opened.text)
  return { ...shape, state: 'usable', problem, sameAs, publicKeyText: publicText }
}

/** What a receiver gets of a test key pair; `null`: it is none. */
function publicHalf(scheme: Scheme, text: string): string | null {
  const pair = usesPublicKey(scheme) ? readKeyPair(text, scheme.algorithm) : null
  if (!pair || 'problem' in pair || !pair.privateKey) return null
  return publicKeyText(scheme, pair.publicKey)
}

/** Names of the other endpoints with this very text: who leaks one of them has leaked both. */
function sameElsewhere({ roster }: Rooms, row: SecretRow, text: string): string[] {
  return roster.endpoints().flatMap(({ id, name }) => {
    const same = roster.profileOf(id).secrets.some((secret) => secret.text === text)
    return id !== row.endpointId && same ? [name] : []
  })
}

/** Why the scheme cannot use a secret, or what looks wrong about it; `null`: nothing does. */
function secretProblem(scheme: Scheme, text: string, settings: Settings): string | null {
  const made = prepareSecret(scheme, { id: null, name: '', text }, settings)
  return 'problem' in made ? made.problem : secretWarning(scheme, text)
}

/** What a secret is called that the person gave no name: the first name that none of them has. */
export function secretName(taken: readonly string[], first = 'signing secret'): string {
  if (!taken.includes(first)) return first
  let number = 2
  while (taken.includes(`${first} ${number}`)) number++
  return `${first} ${number}`
}

/** Sealed text and the random part of what it opens with; `null` while the vault is locked. */
export function sealNew(
  vault: Rooms['vault'],
  endpointId: number,
  text: string,
): [Uint8Array, string] | null {
  const sealContext = randomUUID()
  const sealed = vault.seal(text, secretContext({ endpointId, sealContext }))
  return sealed && [sealed, sealContext]
}

const missing = (id: number) => ({ message: `There is no secret ${id}.` })

export function secretCalls(rooms: Rooms) {
  const os = implement(api)
  const { store, vault } = rooms
  const namesOf = (endpointId: number) => store.secrets.list(endpointId).map(({ name }) => name)
  const schemeOf = (endpointId: number) => store.endpoints.get(endpointId)?.schemeId ?? null
  return {
    add: os.secrets.add.handler(({ input, errors }) => {
      const endpoint = store.endpoints.get(input.endpointId)
      if (!endpoint) {
        throw errors.NOT_FOUND({ message: `There is no endpoint ${input.endpointId}.` })
      }
      const sealed = sealNew(vault, endpoint.id, input.text)
      if (!sealed) throw errors.LOCKED({ message: LOCKED_MESSAGE })
      const name = input.name || secretName(namesOf(endpoint.id))
      const row = store.secrets.add(endpoint.id, name, ...sealed)
      reconfigured(rooms, endpoint.id)
      return secretInfo(rooms, row, endpoint.schemeId)
    }),
    replace: os.secrets.replace.handler(({ input, errors }) => {
      const row = store.secrets.get(input.id)
      if (!row) throw errors.NOT_FOUND(missing(input.id))
      const sealed = vault.seal(input.text, secretContext(row))
      if (!sealed) throw errors.LOCKED({ message: LOCKED_MESSAGE })
      const replaced = { ...row, name: input.name || row.name, sealed }
      store.secrets.replace(row.id, { name: replaced.name, sealed })
      reconfigured(rooms, row.endpointId)
      return secretInfo(rooms, replaced, schemeOf(row.endpointId))
    }),
    remove: os.secrets.remove.handler(({ input: { id }, errors }) => {
      const row = store.secrets.get(id)
      if (!row) throw errors.NOT_FOUND(missing(id))
      store.secrets.remove(id)
      reconfigured(rooms, row.endpointId)
      return {}
    }),
    reveal: os.secrets.reveal.handler(({ input: { id }, errors }) => {
      const row = store.secrets.get(id)
      if (!row) throw errors.NOT_FOUND(missing(id))
      const opened = vault.unseal(row.sealed, secretContext(row))
      if ('problem' in opened) {
        throw errors.LOCKED({
          message: 'This secret cannot be unsealed with the key at hand. Enter it again.',
        })
      }
      return { text: opened.text }
    }),
  }
}
