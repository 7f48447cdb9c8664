import { useQuery } from '@tanstack/react-query'
import type { PublicAddress } from '#contract/tunnel.ts'
import { api } from '#renderer/app/api.ts'

/** Where senders reach the listener: on this machine or network, and from the internet. */
export interface Reach {
  /** `null`: nothing listens. */
  local: string | null
  /** `null`: nobody has said. */
  outside: PublicAddress | null
}

export function useReach(): Reach {
  const status = useQuery(api.status.get.queryOptions()).data
  return { local: status?.listening?.url ?? null, outside: status?.publicAddress ?? null }
}
