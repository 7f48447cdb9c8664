import { randomUUID } from 'node:crypto'
import { implement } from '@orpc/server'
import { api } from '#contract/api.ts'
import type { Endpoint, SecretInfo } from '#contract/endpoint.ts'
import { findScheme } from '#engine/signatures/catalogue.ts'
import { prepareSecret, secretWarning } from '#engine/signatures/secret.ts'
import type { Scheme } from '#engine/signatures/types.ts'
import type { EndpointRow, SecretRow } from '#engine/store/types.ts'
import type { Rooms } from './rooms.ts'

function secretInfo(rooms: Rooms, row: SecretRow, schemeId: string | null): SecretInfo {
  const opened = rooms.vault.unseal(row.sealed, row.sealContext)
  const shape = { id: row.id, name: row.name, createdAtMs: row.createdAtMs }
  if ('problem' in opened) {
    return { ...shape, state: opened.problem, problem: null }
  }
  const scheme = schemeId === null ? null : findScheme(schemeId)
  return { ...shape, state: 'usable', problem: scheme && secretProblem(scheme, opened.text) }
}

/** Why the scheme cannot use a secret, or what looks wrong about it; `null`: nothing does. */
function secretProblem(scheme: Scheme, text: string): string | null {
  const made = prepareSecret(scheme, { id: null, name: '', text })
  return 'problem' in made ? made.problem : secretWarning(scheme, text)
}

export function endpointShape(rooms: Rooms, row: EndpointRow): Endpoint {
  const secrets = rooms.store.secrets.list(row.id)
  return { ...row, secrets: secrets.map((secret) => secretInfo(rooms, secret, row.schemeId)) }
}

/** Configuration changed: the roster is made anew, and the endpoint's rows are judged again. */
function reconfigured(rooms: Rooms, endpointId: number): void {
  rooms.roster.reload()
  rooms.feed.publish({ endpoints: true })
  rooms.rejudger.start(endpointId)
}

const conflictMessage = {
  name: 'Another endpoint has that name. Choose a different one.',
  path: 'Another endpoint has that path. Choose a different one.',
}

export function endpointCalls(rooms: Rooms) {
  const os = implement(api)
  const { store, vault } = rooms
  const find = (id: number) => store.endpoints.get(id)
  const schemeIsKnown = (id: string | null | undefined) => id == null || findScheme(id) !== null
  const noScheme = (id: string | null | undefined) =>
    `There is no scheme “${id}”. Choose one of the list.`
  const lockedMessage =
    'Secrets are sealed with a key that is not available here, so none can be added. ' +
    'Open the data directory with the program that sealed them.'

  const endpoints = {
    list: os.endpoints.list.handler(() =>
      store.endpoints.list().map((row) => endpointShape(rooms, row)),
    ),
    create: os.endpoints.create.handler(({ input, errors }) => {
      if (!schemeIsKnown(input.schemeId)) {
        throw errors.BAD_REQUEST({ message: noScheme(input.schemeId) })
      }
      if (input.secrets.length > 0 && vault.state === 'locked') {
        throw errors.LOCKED({ message: lockedMessage })
      }
      const { name, path, schemeId, tolerance } = input
      const made = store.endpoints.create({ name, path, schemeId, tolerance })
      if ('conflict' in made) throw errors.CONFLICT({ message: conflictMessage[made.conflict] })
      input.secrets.forEach(({ name: title, text }, index) => {
        const sealed = sealNew(vault, text)
        if (sealed) store.secrets.add(made.id, title || secretName(index), ...sealed)
      })
      if (input.adopt) for (const _ of store.endpoints.adopt(made.id, path));
      reconfigured(rooms, made.id)
      return endpointShape(rooms, find(made.id) ?? made)
    }),
    update: os.endpoints.update.handler(({ input: { id, ...patch }, errors }) => {
      if (!schemeIsKnown(patch.schemeId)) {
        throw errors.BAD_REQUEST({ message: noScheme(patch.schemeId) })
      }
      const updated = store.endpoints.update(id, patch)
      if (!updated) throw errors.NOT_FOUND({ message: `There is no endpoint ${id}.` })
      if ('conflict' in updated) {
        throw errors.CONFLICT({ message: conflictMessage[updated.conflict] })
      }
      reconfigured(rooms, id)
      return endpointShape(rooms, updated)
    }),
    remove: os.endpoints.remove.handler(({ input: { id }, errors }) => {
      if (!find(id)) throw errors.NOT_FOUND({ message: `There is no endpoint ${id}.` })
      store.endpoints.remove(id)
      rooms.roster.reload()
      rooms.feed.publish({ endpoints: true })
      return {}
    }),
  }

  const ownerOf = (row: SecretRow) => find(row.endpointId)?.schemeId ?? null
  const findSecret = (id: number) => store.secrets.get(id)
  const secrets = {
    add: os.secrets.add.handler(({ input, errors }) => {
      const endpoint = find(input.endpointId)
      if (!endpoint) {
        throw errors.NOT_FOUND({ message: `There is no endpoint ${input.endpointId}.` })
      }
      const sealed = sealNew(vault, input.text)
      if (!sealed) throw errors.LOCKED({ message: lockedMessage })
      const name = input.name || secretName(store.secrets.list(endpoint.id).length)
      const row = store.secrets.add(endpoint.id, name, ...sealed)
      reconfigured(rooms, endpoint.id)
      return secretInfo(rooms, row, endpoint.schemeId)
    }),
    replace: os.secrets.replace.handler(({ input, errors }) => {
      const row = findSecret(input.id)
      if (!row) throw errors.NOT_FOUND({ message: `There is no secret ${input.id}.` })
      const sealed = vault.seal(input.text, row.sealContext)
      if (!sealed) throw errors.LOCKED({ message: lockedMessage })
      const replaced = { ...row, name: input.name || row.name, sealed }
      store.secrets.replace(row.id, { name: replaced.name, sealed })
      reconfigured(rooms, row.endpointId)
      return secretInfo(rooms, replaced, ownerOf(row))
    }),
    remove: os.secrets.remove.handler(({ input: { id }, errors }) => {
      const row = findSecret(id)
      if (!row) throw errors.NOT_FOUND({ message: `There is no secret ${id}.` })
      store.secrets.remove(id)
      reconfigured(rooms, row.endpointId)
      return {}
    }),
    reveal: os.secrets.reveal.handler(({ input: { id }, errors }) => {
      const row = findSecret(id)
      if (!row) throw errors.NOT_FOUND({ message: `There is no secret ${id}.` })
      const opened = vault.unseal(row.sealed, row.sealContext)
      if ('problem' in opened) {
        throw errors.LOCKED({ message: 'This secret cannot be unsealed with the key at hand.' })
      }
      return { text: opened.text }
    }),
  }
  return { endpoints, secrets }
}

function secretName(index: number): string {
  return index === 0 ? 'signing secret' : `signing secret ${index + 1}`
}

/** Sealed text and the random context that it opens with; `null` while the vault is locked. */
function sealNew(vault: Rooms['vault'], text: string): [Uint8Array, string] | null {
  const context = randomUUID()
  const sealed = vault.seal(text, context)
  return sealed && [sealed, context]
}
