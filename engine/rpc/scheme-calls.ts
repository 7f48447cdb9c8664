import { implement } from '@orpc/server'
import { api } from '#contract/api.ts'
import type { SchemeDetail, TryScheme } from '#contract/own-scheme.ts'
import type { Scheme } from '#contract/scheme.ts'
import { schemeModel } from '#contract/scheme-model.ts'
import { schemeInfo, schemes as catalogue } from '#engine/signatures/catalogue.ts'
import { checkScheme } from '#engine/signatures/check-scheme.ts'
import type { Secret, Settings } from '#engine/signatures/types.ts'
import type { Rooms } from './rooms.ts'

/** All of them cross to the workers with every question about a delivery. */
const MOST_OWN_SCHEMES = 100

const takenIds = new Set(catalogue.map(({ id }) => id))

function detail(rooms: Rooms, scheme: Scheme): SchemeDetail {
  const endpoints = rooms.roster
    .endpoints()
    .flatMap(({ name, schemeId }) => (schemeId === scheme.id ? [name] : []))
  return { scheme, own: rooms.schemes.isOwn(scheme.id), endpoints }
}

/** What is saved counts from now on; what it judges, or betrays, is judged anew. */
function schemesChanged(rooms: Rooms, endpointIds: readonly number[]): void {
  rooms.schemes.reload()
  rooms.roster.reload()
  rooms.feed.publish({ endpoints: true })
  for (const id of endpointIds) rooms.rejudger.start(id)
}

/** The given secrets; for a delivery without given ones those of its endpoint, and its settings. */
function triedWith(
  rooms: Rooms,
  input: TryScheme,
  endpointId: number | null,
): { secrets: readonly Secret[]; settings: Settings } {
  const stored = rooms.roster.profileOf(endpointId)
  const given = input.secrets.map((text, index): Secret => {
    const name = input.secrets.length === 1 ? 'the given secret' : `secret ${index + 1}`
    return { id: null, name, text }
  })
  return {
    secrets: given.length === 0 ? stored.secrets : given,
    settings: { ...stored.settings, ...input.settings },
  }
}

const missing = (id: string) => ({ message: `There is no scheme “${id}”.` })

export function schemeCalls(rooms: Rooms) {
  const os = implement(api).schemes
  const { store, schemes, reads } = rooms
  return {
    list: os.list.handler(() =>
      schemes.all().map((scheme) => schemeInfo(scheme, schemes.isOwn(scheme.id))),
    ),
    get: os.get.handler(({ input: { id }, errors }) => {
      const scheme = schemes.find(id)
      if (!scheme) throw errors.NOT_FOUND(missing(id))
      return detail(rooms, scheme)
    }),
    save: os.save.handler(({ input, errors }) => {
      const checked = checkScheme(input.scheme, { takenIds })
      if ('problems' in checked) {
        const [first] = checked.problems
        const where = first?.path ? `${first.path}: ` : ''
        throw errors.BAD_REQUEST({ message: `${where}${first?.sentence ?? ''}` })
      }
      const { scheme } = checked
      if (!schemes.isOwn(scheme.id) && schemes.own().length >= MOST_OWN_SCHEMES) {
        const message = `There are ${MOST_OWN_SCHEMES} own schemes, which is the most. Remove one first.`
        throw errors.BAD_REQUEST({ message })
      }
      schemesChanged(rooms, store.ownSchemes.save(scheme.id, JSON.stringify(scheme)))
      return detail(rooms, scheme)
    }),
    remove: os.remove.handler(({ input: { id }, errors }) => {
      const removed = store.ownSchemes.remove(id)
      if (removed && 'raised' in removed) {
        schemesChanged(rooms, removed.raised)
        return {}
      }
      if (removed) {
        const names = removed.usedBy.map((name) => `“${name}”`).join(', ')
        const message = `The scheme is used by ${names}. Choose another scheme there first.`
        throw errors.CONFLICT({ message })
      }
      if (!takenIds.has(id)) throw errors.NOT_FOUND(missing(id))
      throw errors.BAD_REQUEST({ message: 'Schemes of the catalogue stay.' })
    }),
    check: os.check.handler(({ input }) => {
      const checked = checkScheme(input.scheme, { takenIds })
      return 'problems' in checked ? checked.problems : []
    }),
    try: os.try.handler(async ({ input, errors }) => {
      const { request, atUnixSeconds } = input
      // Not every value that a door lets through can go on to the thread.
      const checked = checkScheme(input.scheme)
      if ('problems' in checked) return checked
      const deliveryId = 'deliveryId' in request ? request.deliveryId : null
      const delivery = deliveryId === null ? null : await reads.run('get', { id: deliveryId })
      const tried = await reads.run('tryScheme', {
        request,
        scheme: checked.scheme,
        ...triedWith(rooms, input, delivery?.endpointId ?? null),
        atMs: atUnixSeconds === null ? null : atUnixSeconds * 1000,
        nowMs: Date.now(),
      })
      if (!tried) throw errors.NOT_FOUND({ message: `There is no delivery ${deliveryId}.` })
      return tried
    }),
    jsonSchema: os.jsonSchema.handler(() => schemeModel()),
  }
}
