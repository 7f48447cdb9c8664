import { setImmediate, setTimeout } from 'node:timers/promises'
import { implement } from '@orpc/server'
import { api } from '#contract/api.ts'
import type { Endpoint } from '#contract/endpoint.ts'
import { isDatabaseFailure } from '#engine/store/describe-write-failure.ts'
import type { EndpointPatch, EndpointRow } from '#engine/store/types.ts'
import { assertCanAct } from './endpoint-acting.ts'
import { lockedSettings, sealSettings, settingsShape, wantedSettings } from './endpoint-settings.ts'
import { reconfigured } from './reconfigured.ts'
import type { Rooms } from './rooms.ts'
import { LOCKED_MESSAGE, sealNew, secretInfo, secretName } from './secret-calls.ts'

function endpointShape(rooms: Rooms, row: EndpointRow): Endpoint {
  const secrets = rooms.store.secrets.list(row.id)
  const settings = rooms.store.endpointSettings.list(row.id)
  return {
    ...row,
    ...settingsShape(settings),
    lockedSettings: lockedSettings(settings, rooms.vault),
    secrets: secrets.map((secret) => secretInfo(rooms, secret, row.schemeId)),
  }
}

const conflictMessage = {
  name: 'Another endpoint has that name. Choose a different one.',
  path: 'Another endpoint has that path. Choose a different one.',
}

/** Another program may hold the database for a moment; the endpoint stands already by then. */
const ADOPTING_TRIES = 5
const TRY_AGAIN_MS = 500

/** Takes over the catch-all's deliveries in short transactions, with capture between them. */
async function adopt(rooms: Rooms, endpointId: number, path: string): Promise<void> {
  for (let left = ADOPTING_TRIES; ; left--) {
    try {
      const steps = rooms.store.endpoints.adopt(endpointId, path)
      while (!steps.next().done) await setImmediate()
      return
    } catch (error) {
      if (left <= 1 || !isDatabaseFailure(error)) throw error
      await setTimeout(TRY_AGAIN_MS)
    }
  }
}

const noScheme = (id: string | null | undefined) =>
  `There is no scheme “${id}”. Choose one of the list.`

const USAGE_MS = 7 * 86_400_000

export function endpointCalls(rooms: Rooms) {
  const os = implement(api)
  const urlIsKnown = () => rooms.outside.status().publicAddress !== null
  const { store, vault, schemes } = rooms
  const schemeIsKnown = (id: string | null | undefined) => id == null || schemes.find(id) !== null
  const find = (id: number) => store.endpoints.get(id)
  return {
    list: os.endpoints.list.handler(() =>
      store.endpoints.list().map((row) => endpointShape(rooms, row)),
    ),
    secretUsage: os.endpoints.secretUsage.handler(async ({ input: { id }, errors }) => {
      if (!find(id)) throw errors.NOT_FOUND({ message: `There is no endpoint ${id}.` })
      const secretIds = store.secrets.list(id).map((secret) => secret.id)
      return rooms.reads.run('secretUsage', { secretIds, sinceMs: Date.now() - USAGE_MS })
    }),
    create: os.endpoints.create.handler(async ({ input, errors }) => {
      if (!schemeIsKnown(input.schemeId)) {
        throw errors.BAD_REQUEST({ message: noScheme(input.schemeId) })
      }
      assertCanAct(rooms, input, errors)
      const scheme = input.schemeId === null ? null : schemes.find(input.schemeId)
      const wanted = wantedSettings(scheme, [], input.settings, urlIsKnown())
      if ('problem' in wanted) throw errors.BAD_REQUEST({ message: wanted.problem })
      const seals = input.secrets.length > 0 || sealSettings(vault, scheme, 0, wanted) === null
      if (seals && vault.state === 'locked') throw errors.LOCKED({ message: LOCKED_MESSAGE })
      const { name, path, schemeId, tolerance, answerChallenges, answering, forwarding } = input
      const addSecrets = ({ id }: EndpointRow) => {
        store.endpoints.update(id, { settings: sealSettings(vault, scheme, id, wanted) ?? [] })
        const names: string[] = []
        for (const secret of input.secrets) {
          const title = secret.name || secretName(names)
          names.push(title)
          const sealed = sealNew(vault, id, secret.text)
          if (sealed) store.secrets.add(id, title, ...sealed)
        }
      }
      const made = store.endpoints.create(
        { name, path, schemeId, tolerance, answerChallenges, answering, forwarding },
        addSecrets,
      )
      if ('conflict' in made) throw errors.CONFLICT({ message: conflictMessage[made.conflict] })
      // What arrives while earlier deliveries are adopted is the new endpoint's already.
      rooms.roster.reload()
      try {
        if (input.adopt) await adopt(rooms, made.id, path)
      } finally {
        reconfigured(rooms, made.id)
      }
      return endpointShape(rooms, find(made.id) ?? made)
    }),
    update: os.endpoints.update.handler(({ input: { id, settings, ...patch }, errors }) => {
      if (!schemeIsKnown(patch.schemeId)) {
        throw errors.BAD_REQUEST({ message: noScheme(patch.schemeId) })
      }
      assertCanAct(rooms, patch, errors)
      const change: EndpointPatch = patch
      if (settings !== undefined || patch.schemeId !== undefined) {
        const schemeId = patch.schemeId === undefined ? find(id)?.schemeId : patch.schemeId
        const scheme = schemeId == null ? null : schemes.find(schemeId)
        const wanted = wantedSettings(
          scheme,
          store.endpointSettings.list(id),
          settings ?? {},
          urlIsKnown(),
        )
        if ('problem' in wanted) throw errors.BAD_REQUEST({ message: wanted.problem })
        const changes = sealSettings(vault, scheme, id, wanted)
        if (changes === null) throw errors.LOCKED({ message: LOCKED_MESSAGE })
        change.settings = changes
      }
      const updated = store.endpoints.update(id, change)
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
}
