import { useMutation } from '@tanstack/react-query'
import type { Delivery } from '#contract/delivery.ts'
import { api, queryClient } from '#renderer/app/api.ts'

/** What to change of the marks; absent: stays. */
export interface MarksChange {
  pinned?: boolean | undefined
  addTags?: string[] | undefined
  removeTags?: string[] | undefined
}

/** What a delivery looks like once a change of its marks is made. */
export function changed(delivery: Delivery, change: MarksChange): Delivery {
  const { pinned = delivery.pinned, addTags = [], removeTags = [] } = change
  const kept = delivery.tags.filter((tag) => !removeTags.includes(tag))
  const added = addTags.filter((tag) => !kept.includes(tag))
  return { ...delivery, pinned, tags: [...kept, ...added] }
}

/** Changes the marks of one delivery; the page shows it at once, and takes it back if it fails. */
export function useMarks(delivery: Delivery) {
  const { id } = delivery
  const { queryKey } = api.deliveries.get.queryOptions({ input: { id } })
  const mutation = useMutation(
    api.deliveries.mark.mutationOptions({
      onMutate: ({ change }) => {
        const before = queryClient.getQueryData(queryKey)
        if (before) queryClient.setQueryData(queryKey, changed(before, change))
        return { before }
      },
      onError: (_error, _input, context) => {
        if (context?.before) queryClient.setQueryData(queryKey, context.before)
      },
    }),
  )
  return {
    error: mutation.error,
    mark: (change: MarksChange) =>
      mutation.mutate({
        selection: { ids: [id] },
        change: { addTags: [], removeTags: [], ...change },
      }),
  }
}
