import { useQuery } from '@tanstack/react-query'
import type { SchemeInfo } from '#contract/endpoint.ts'
import { api } from '#renderer/app/api.ts'
import { useSchemes } from '#renderer/endpoints/use-endpoints.ts'

/** The scheme that a delivery is judged with; `undefined`: none, not known yet, or no delivery. */
export function useSchemeOf(deliveryId: number | null): SchemeInfo | undefined {
  const delivery = useQuery({
    ...api.deliveries.get.queryOptions({ input: { id: deliveryId ?? 0 } }),
    enabled: deliveryId !== null,
  }).data
  const schemeId = delivery?.verification.schemeId
  return useSchemes().find(({ id }) => id === schemeId)
}
