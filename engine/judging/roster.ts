import type { Store } from '#engine/store/open-store.ts'
import type { EndpointRow } from '#engine/store/types.ts'
import type { Vault } from '#engine/secrets/vault.ts'
import { createEndpointRouter, type EndpointRouter } from './endpoint-router.ts'
import {
  buildProfile,
  catchAllProfile,
  type JudgingProfile,
  type PreparedProfile,
  prepareProfile,
} from './profile.ts'
import type { SchemeBook } from './scheme-book.ts'

/** The endpoints with their schemes and unsealed secrets, in memory; made anew on every change. */
export interface Roster {
  find(target: string): { endpoint: EndpointRow | null; prepared: PreparedProfile }
  profileOf(endpointId: number | null): JudgingProfile
  preparedOf(endpointId: number | null): PreparedProfile
  endpoints(): readonly EndpointRow[]
  reload(): void
}

export function createRoster(store: Store, vault: Vault, book: SchemeBook): Roster {
  let catchAll = prepareProfile(catchAllProfile)
  let router: EndpointRouter = createEndpointRouter([])
  let endpoints: readonly EndpointRow[] = []
  let prepared = new Map<number, PreparedProfile>()

  const reload = () => {
    endpoints = store.endpoints.list()
    const secrets = store.secrets.list()
    const settings = store.endpointSettings.list()
    const ownSchemes = book.own()
    catchAll = prepareProfile({ ...catchAllProfile, ownSchemes })
    prepared = new Map(
      endpoints.map((endpoint) => {
        const isOwn = (row: { endpointId: number }) => row.endpointId === endpoint.id
        const own = [secrets.filter(isOwn), settings.filter(isOwn)] as const
        return [endpoint.id, prepareProfile(buildProfile(endpoint, ...own, vault, ownSchemes))]
      }),
    )
    router = createEndpointRouter(endpoints)
  }
  const preparedOf = (endpointId: number | null) =>
    (endpointId === null ? null : prepared.get(endpointId)) ?? catchAll
  reload()

  return {
    find(target) {
      const endpoint = router.find(target)
      return { endpoint, prepared: preparedOf(endpoint?.id ?? null) }
    },
    profileOf: (endpointId) => preparedOf(endpointId).profile,
    preparedOf,
    endpoints: () => endpoints,
    reload,
  }
}
