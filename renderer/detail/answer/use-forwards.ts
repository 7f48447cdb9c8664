import { useQuery } from '@tanstack/react-query'
import type { Forward } from '#contract/forwarding.ts'
import type { Replay } from '#contract/replay.ts'
import { api } from '#renderer/app/api.ts'

const noForwards: Forward[] = []
const noReplays: Replay[] = []

/** Where a delivery is sent on to: one for each target. */
export function useForwards(deliveryId: number): Forward[] {
  const { data } = useQuery(api.forwards.list.queryOptions({ input: { deliveryId } }))
  return data ?? noForwards
}

/** What was sent on of a delivery, to all its targets, newest first. */
export function useForwardAttempts(deliveryId: number, wanted = true): Replay[] {
  const input = { deliveryId, origin: 'forward' as const }
  const { data } = useQuery(api.replays.list.queryOptions({ input, enabled: wanted }))
  return data ?? noReplays
}
