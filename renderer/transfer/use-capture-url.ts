import { useQuery } from '@tanstack/react-query'
import { api } from '#renderer/app/api.ts'

/** Where senders post to, also while nothing listens. */
export function useCaptureUrl(): string {
  const status = useQuery(api.status.get.queryOptions()).data
  return status?.listening?.url ?? 'http://127.0.0.1:4100'
}
