import { useMutation } from '@tanstack/react-query'
import { useCallback } from 'react'
import type { DeliveryFilter } from '#contract/delivery.ts'
import type { MarkChange, Selection } from '#contract/selection.ts'
import { api, client, queryClient } from '#renderer/app/api.ts'
import type { LongList } from '#renderer/list/model/long-list.ts'
import { selectionOf, type Picked } from './picked.ts'

export interface ListActions {
  /** What is acted on: what is selected, else the delivery that is open; `null`: nothing. */
  readonly selection: Selection | null
  /** All of it is pinned, as far as that is known. */
  readonly pinned: boolean
  /** Tags that some of it have, as far as that is known. */
  readonly tags: readonly string[]
  readonly error: unknown
  readonly togglePin: () => void
  readonly mark: (change: Partial<MarkChange>) => void
  readonly remove: () => void
  /** Deletes everything that the filter finds but what is pinned. */
  readonly clear: () => void
}

/** What is known of the marks of what was picked one by one. */
function knownMarks(list: LongList, selection: Selection | null) {
  if (selection === null || !('ids' in selection)) return []
  return selection.ids.map((id) => {
    const at = list.find(id)
    const row = at === null ? undefined : list.rowAt(at)
    return row ?? queryClient.getQueryData(api.deliveries.get.queryKey({ input: { id } }))
  })
}

/** Pins, tags and deletes what is selected. The engine tells of what changed. */
export function useListActions(
  list: LongList,
  filter: DeliveryFilter,
  picked: Picked,
  openId: number | null,
  done: () => void,
): ListActions {
  const chosen = selectionOf(picked, filter)
  const selection = chosen ?? (openId === null ? null : { ids: [openId] })
  const marking = useMutation({
    mutationFn: (change: Partial<MarkChange>) =>
      selection === null
        ? Promise.resolve(null)
        : client.deliveries.mark({ selection, change: { addTags: [], removeTags: [], ...change } }),
  })
  const removing = useMutation({
    mutationFn: (input: { selection: Selection; keepPinned: boolean }) =>
      client.deliveries.remove(input),
    onSuccess: async () => {
      done()
      await queryClient.invalidateQueries({ queryKey: api.status.get.key() })
    },
  })
  const { mutate: startRemoval } = removing
  const clear = useCallback(
    () =>
      startRemoval({
        selection: { filter, upToId: list.upToId, exceptIds: [] },
        keepPinned: true,
      }),
    [startRemoval, filter, list],
  )
  const marks = knownMarks(list, selection)
  const pinned = marks.length > 0 && marks.every((row) => row?.pinned === true)
  return {
    selection,
    pinned,
    tags: [...new Set(marks.flatMap((row) => row?.tags ?? []))],
    error: removing.error ?? marking.error,
    togglePin: () => marking.mutate({ pinned: !pinned }),
    mark: (change) => marking.mutate(change),
    // Rows that were picked one by one are meant, also where they are pinned.
    remove: () => selection && removing.mutate({ selection, keepPinned: !('ids' in selection) }),
    clear,
  }
}
