import { useMutation, useQuery } from '@tanstack/react-query'
import type { Endpoint } from '#contract/endpoint.ts'
import type { ForwardQueue } from '#contract/forwarding.ts'
import { api, client, queryClient } from '#renderer/app/api.ts'

const none: ForwardQueue[] = []

/** What waits to be sent on, or failed, of one endpoint; `null`: nothing. */
export function useQueue(endpointId: number): ForwardQueue | null {
  const queues = useQuery(api.forwards.queues.queryOptions()).data ?? none
  return queues.find((queue) => queue.endpointId === endpointId) ?? null
}

export async function refetchForwards(): Promise<void> {
  await Promise.all([
    queryClient.invalidateQueries({ queryKey: api.forwards.key() }),
    queryClient.invalidateQueries({ queryKey: api.replays.key() }),
  ])
}

/** What a person does about a queue. */
export function useQueueActions(endpoint: Pick<Endpoint, 'id' | 'forwarding'>) {
  const which = { endpointId: endpoint.id }
  const retry = useMutation({
    mutationFn: () => client.forwards.retryNow(which),
    onSettled: refetchForwards,
  })
  const drop = useMutation({
    mutationFn: () => client.forwards.drop(which),
    onSettled: refetchForwards,
  })
  const pause = useMutation({
    mutationFn: async (paused: boolean) => {
      const { forwarding } = endpoint
      if (forwarding) {
        await client.endpoints.update({ id: endpoint.id, forwarding: { ...forwarding, paused } })
      }
    },
    onSettled: async () => {
      await queryClient.invalidateQueries({ queryKey: api.endpoints.key() })
      await refetchForwards()
    },
  })
  return { retry, drop, pause, error: retry.error ?? drop.error ?? pause.error }
}
