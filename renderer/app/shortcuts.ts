import { useEffect } from 'react'
import { openDialog, showDialog } from './dialogs.ts'
import { go } from './location.ts'
import { isTyping } from './typing.ts'

/** What the keyboard does, for the help dialog. */
export const shortcuts = [
  { keys: ['↑', '↓'], does: 'Move in the list' },
  { keys: ['J', 'K'], does: 'Move in the list' },
  { keys: ['Home', 'End'], does: 'First and last row that are loaded' },
  { keys: ['Enter'], does: 'Go into the delivery' },
  { keys: ['Esc'], does: 'Back to the list, then close the delivery' },
  { keys: ['1', '–', '5'], does: 'Tabs of the delivery' },
  { keys: ['R'], does: 'Replay the delivery' },
  { keys: ['N'], does: 'Add an endpoint' },
  { keys: ['S'], does: 'Schemes' },
  { keys: ['/'], does: 'Filter by verdict' },
  { keys: ['['], does: 'Show or hide the sidebar' },
  { keys: ['?'], does: 'This list' },
]

interface Actions {
  deliveryId: number | null
  closeDetail: () => void
  toggleSidebar: () => void
}

function focusList(): void {
  document.getElementById('delivery-grid')?.focus()
}

/** The keys that work everywhere; none of them while typing or while a dialog is open. */
export function useShortcuts({ deliveryId, closeDetail, toggleSidebar }: Actions): void {
  useEffect(() => {
    const escape = () => {
      const inDetail = document.activeElement?.closest('[data-pane="detail"]')
      if (inDetail && document.getElementById('delivery-grid')) focusList()
      else if (deliveryId !== null) closeDetail()
    }
    const actions: Record<string, () => void> = {
      r: () => deliveryId !== null && showDialog({ kind: 'replay', deliveryId }),
      n: () => showDialog({ kind: 'new-endpoint' }),
      s: () => go({ view: { kind: 'schemes', schemeId: null }, verdict: null }),
      '?': () => showDialog({ kind: 'shortcuts' }),
      '/': () => document.querySelector<HTMLElement>('#verdict-filter button')?.focus(),
      '[': toggleSidebar,
      j: focusList,
      k: focusList,
      ArrowDown: focusList,
      Escape: escape,
    }
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
      if (isTyping(event) || openDialog()) return
      const inList = document.activeElement?.id === 'delivery-grid'
      const nowhere = document.activeElement === document.body
      if (['j', 'k', 'ArrowDown'].includes(event.key) && (inList || !nowhere)) return
      const action = actions[event.key]
      if (!action) return
      event.preventDefault()
      action()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [deliveryId, closeDetail, toggleSidebar])
}
