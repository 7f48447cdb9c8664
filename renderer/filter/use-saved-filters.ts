import { useMutation, useQuery } from '@tanstack/react-query'
import type { SavedFilter } from '#contract/saved-filter.ts'
import { api, queryClient } from '#renderer/app/api.ts'

const none: SavedFilter[] = []
const listKey = api.savedFilters.list.queryKey()

/** Filters of the sidebar, in their order. */
export function useSavedFilters(): SavedFilter[] {
  return useQuery(api.savedFilters.list.queryOptions()).data ?? none
}

/** The same with one of them at another place. */
export function moved<T>(all: readonly T[], from: number, to: number): T[] {
  const rest = all.filter((_, index) => index !== from)
  return [...rest.slice(0, to), ...all.slice(from, from + 1), ...rest.slice(to)]
}

/** Puts them in another order: on the screen at once, in the engine right after. */
export function useArrangeFilters(): (ordered: SavedFilter[]) => void {
  const { mutate } = useMutation(
    api.savedFilters.arrange.mutationOptions({
      onError: () => queryClient.invalidateQueries({ queryKey: listKey }),
    }),
  )
  return (ordered) => {
    queryClient.setQueryData(listKey, ordered)
    mutate({ ids: ordered.map(({ id }) => id) })
  }
}
