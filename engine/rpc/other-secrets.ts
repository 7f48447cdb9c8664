import type { OtherSecret } from '#engine/signatures/diagnosis/types.ts'
import type { Rooms } from './rooms.ts'

/** The secrets of every endpoint but one, unsealed as the roster has them. */
export function otherSecrets({ roster, store }: Rooms, endpointId: number | null): OtherSecret[] {
  const createdAtMs = new Map(store.secrets.list().map((row) => [row.id, row.createdAtMs]))
  return roster.endpoints().flatMap((endpoint) => {
    if (endpoint.id === endpointId) return []
    const { secrets, schemeId } = roster.profileOf(endpoint.id)
    return secrets.flatMap(({ id, name, text }, index) =>
      id === null
        ? []
        : [
            {
              ...{ id, name, text },
              endpointName: endpoint.name,
              endpointSchemeId: schemeId,
              createdAtMs: createdAtMs.get(id) ?? 0,
              superseded: index < secrets.length - 1,
            },
          ],
    )
  })
}
