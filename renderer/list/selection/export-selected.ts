import type { DeliveryFilter } from '#contract/delivery.ts'
import type { Selection } from '#contract/selection.ts'
import { showDialog } from '#renderer/app/dialogs.ts'
import { deliveriesOf } from '#renderer/list/count-words.ts'
import { countOf, type Picked } from './picked.ts'

/** Opens the dialog for what is selected, picked one by one or all that the filter finds. */
export function exportSelected(of: {
  /** What is acted on. */
  selection: Selection | null
  picked: Picked
  total: number
  /** The total is known to the end, and each row is one delivery. */
  counted: boolean
}): void {
  const { selection, picked, total, counted } = of
  if (selection === null) return
  if ('ids' in selection) {
    showDialog({ kind: 'export', selection, what: deliveriesOf(selection.ids.length) })
    return
  }
  const what = counted ? deliveriesOf(countOf(picked, total)) : 'all that the filter finds'
  showDialog({ kind: 'export', selection, what })
}

/** The same for everything that the filter finds. */
export function exportAll(of: {
  filter: DeliveryFilter
  upToId: number
  total: number
  counted: boolean
}): void {
  const { filter, upToId, total, counted } = of
  showDialog({
    kind: 'export',
    selection: { filter, upToId, exceptIds: [] },
    what: counted ? deliveriesOf(total) : 'all that the filter finds',
  })
}
