import type { DeliveryFilter } from '#contract/delivery.ts'
import { showDialog } from '#renderer/app/dialogs.ts'
import { deliveriesOf } from '#renderer/list/count-words.ts'
import type { LongList } from '#renderer/list/model/long-list.ts'
import { countOf, selectionOf, type Picked } from './picked.ts'

/** The endpoint of all that were picked one by one, as far as their rows are here; else `null`. */
function endpointOf(list: LongList, ids: readonly number[]): number | null {
  let common: number | null | undefined
  for (const id of ids) {
    const at = list.find(id)
    const row = at === null ? undefined : list.rowAt(at)
    if (!row) return null
    if (common !== undefined && common !== row.endpointId) return null
    common = row.endpointId
  }
  return common ?? null
}

/** Opens the dialog for what is selected: one delivery, or many. */
export function replaySelected(of: {
  list: LongList
  picked: Picked
  filter: DeliveryFilter
  total: number
  /** The total is known to the end, and each row is one delivery. */
  counted: boolean
}): void {
  const { list, picked, filter, total, counted } = of
  const selection = selectionOf(picked, filter)
  if (selection === null) return
  if ('ids' in selection) {
    const { ids } = selection
    const [only] = ids
    if (ids.length === 1 && only !== undefined) showDialog({ kind: 'replay', deliveryId: only })
    else {
      const what = deliveriesOf(ids.length)
      const endpointId = endpointOf(list, ids)
      showDialog({ kind: 'replay-many', selection, what, count: ids.length, endpointId })
    }
    return
  }
  const count = counted ? countOf(picked, total) : null
  showDialog({
    kind: 'replay-many',
    selection,
    what: count === null ? 'all that the filter finds' : deliveriesOf(count),
    count,
    endpointId: typeof filter.endpoint === 'number' ? filter.endpoint : null,
  })
}
