import { implement } from '@orpc/server'
import { api } from '#contract/api.ts'
import type { Delivery } from '#contract/delivery.ts'
import { pathOf } from '#contract/http.ts'
import type { EndpointSuggestion } from '#contract/suggestion.ts'
import type { ReadThread } from '#engine/judging/read-pool.ts'
import { credentialPaths } from '#engine/interchange/redact/credential-ranges.ts'
import type { Wanted } from '#engine/store/search/types.ts'
import { otherSecrets } from './other-secrets.ts'
import { readFilter } from './read-filter.ts'
import type { Rooms } from './rooms.ts'

const missing = (id: number) => `There is no delivery ${id}.`

export function deliveryCalls(rooms: Rooms) {
  const os = implement(api)
  const { reads, roster, shown } = rooms
  return {
    list: os.deliveries.list.handler(async ({ input: { filter, ...view }, errors }) => {
      const wanted = readFilter(filter, errors)
      const page = await threadFor(rooms, wanted).run('list', { ...view, ...wanted })
      shown.note(page.rows.map(({ id }) => id))
      return page
    }),
    // However long it takes in all, it never stands in the way of opening a delivery.
    tally: os.deliveries.tally.handler(({ input: { filter, ...view }, errors }) =>
      rooms.searches.run('tally', { ...view, ...readFilter(filter, errors) }),
    ),
    count: os.deliveries.count.handler(({ input, errors }) => {
      const wanted = readFilter(input.filter, errors)
      return threadFor(rooms, wanted).run('count', wanted)
    }),
    get: os.deliveries.get.handler(async ({ input, errors }) => {
      const delivery = await reads.run('get', input)
      if (!delivery) throw errors.NOT_FOUND({ message: missing(input.id) })
      if (await reads.run('isRemoved', input)) {
        throw errors.NOT_FOUND({ message: `Delivery ${input.id} was deleted.` })
      }
      shown.note([input.id])
      return delivery
    }),
    body: os.deliveries.body.handler(async ({ input: { decoded, ...range }, errors }) => {
      const found = await reads.run(decoded ? 'decodedBody' : 'body', range)
      if (!found) throw errors.NOT_FOUND({ message: missing(range.id) })
      if ('problem' in found) throw errors.BAD_REQUEST({ message: found.problem })
      const bytes = 'bytes' in found ? found.bytes : found
      return new Blob([new Uint8Array(bytes)], { type: 'application/octet-stream' })
    }),
    decodedLength: os.deliveries.decodedLength.handler(async ({ input, errors }) => {
      const length = await reads.run('decodedLength', input)
      if (!length) throw errors.NOT_FOUND({ message: missing(input.id) })
      return length
    }),
    explain: os.deliveries.explain.handler(async ({ input: { id, as }, errors }) => {
      const delivery = await reads.run('get', { id })
      if (!delivery) throw errors.NOT_FOUND({ message: missing(id) })
      const profile = roster.profileOf(delivery.endpointId)
      const explanation = await reads.run('explain', { id, as, profile, nowMs: Date.now() })
      if (!explanation) throw errors.NOT_FOUND({ message: missing(id) })
      return explanation
    }),
    diagnose: os.deliveries.diagnose.handler(async ({ input: { id }, errors }) => {
      const delivery = await reads.run('get', { id })
      if (!delivery) throw errors.NOT_FOUND({ message: missing(id) })
      const { endpointId } = delivery
      const given = {
        profile: roster.profileOf(endpointId),
        otherSecrets: otherSecrets(rooms, endpointId),
      }
      const diagnosis = await reads.run('diagnose', { id, ...given })
      if (!diagnosis) throw errors.NOT_FOUND({ message: missing(id) })
      return diagnosis
    }),
    credentialRanges: os.deliveries.credentialRanges.handler(async ({ input, errors }) => {
      const delivery = await reads.run('get', { id: input.id })
      if (!delivery) throw errors.NOT_FOUND({ message: missing(input.id) })
      const { schemeId } = delivery.verification
      const scheme = schemeId === null ? null : rooms.schemes.find(schemeId)
      if (!scheme || credentialPaths(scheme).length === 0) return []
      const { id, decoded } = input
      return (await reads.run('credentialRanges', { id, decoded, scheme })) ?? []
    }),
    hygiene: os.deliveries.hygiene.handler(async ({ input, errors }) => {
      const hygiene = await reads.run('hygiene', { id: input.id, nowMs: Date.now() })
      if (!hygiene) throw errors.NOT_FOUND({ message: missing(input.id) })
      return hygiene
    }),
    attempts: os.deliveries.attempts.handler(({ input }) => reads.run('attempts', input)),
    suggestEndpoint: os.deliveries.suggestEndpoint.handler(async ({ input, errors }) => {
      const delivery = await reads.run('get', input)
      if (!delivery) throw errors.NOT_FOUND({ message: missing(input.id) })
      return suggestFor(rooms, delivery)
    }),
  }
}

/** What words of the filter language ask may be found slowly: that has a thread of its own. */
function threadFor({ reads, searches }: Rooms, wanted: Wanted): ReadThread {
  return wanted.where ? searches : reads
}

/** `null`: its endpoint has a scheme, or it has the marks of none. */
async function suggestFor(rooms: Rooms, delivery: Delivery): Promise<EndpointSuggestion | null> {
  const { roster, reads } = rooms
  const { id, endpointId } = delivery
  const path = pathOf(delivery.target)
  if (!path.startsWith('/') || roster.profileOf(endpointId).schemeId !== null) return null
  const profiles = roster.endpoints().map((endpoint) => roster.profileOf(endpoint.id))
  const suggestion = await reads.run('suggestScheme', {
    id,
    profiles,
    ownSchemes: rooms.schemes.own(),
  })
  if (!suggestion) return null
  const scheme = suggestion.schemeId === null ? null : rooms.schemes.find(suggestion.schemeId)
  const owner = roster.endpoints().find((each) => each.id === suggestion.secret?.endpointId)
  return {
    ...suggestion,
    name: freeName(rooms, scheme?.name ?? path),
    path,
    endpointId,
    secret:
      suggestion.secret && owner
        ? { ...suggestion.secret, endpointName: owner.name, endpointPath: owner.path }
        : null,
  }
}

function freeName(rooms: Rooms, wanted: string): string {
  const taken = new Set(rooms.roster.endpoints().map(({ name }) => name))
  if (!taken.has(wanted)) return wanted
  let number = 2
  while (taken.has(`${wanted} ${number}`)) number++
  return `${wanted} ${number}`
}
