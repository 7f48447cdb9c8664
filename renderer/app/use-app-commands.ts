import { useCallback } from 'react'
import { useCommand } from '#renderer/commands/use-command.ts'
import { nextTheme } from '#renderer/theme/theme.ts'
import { useSendTest } from '#renderer/tools/use-send-test.ts'
import { openDialog, showDialog } from './dialogs.ts'
import { go, type Place, type View } from './location.ts'

function focusList(): boolean {
  const list = document.getElementById('delivery-grid')
  list?.focus()
  return list !== null
}

/** From the detail to the list, and from there on to a list alone. */
function leaveDelivery(): void {
  const inDetail = document.activeElement?.closest('[data-pane="detail"]')
  if (inDetail && focusList()) return
  go({ deliveryId: null }, { replace: true })
}

function togglePalette(): void {
  const open = openDialog()
  if (open === null) showDialog({ kind: 'palette' })
  else if (open.kind === 'palette') showDialog(null)
}

function useGoCommand(id: Parameters<typeof useCommand>[0], view: View): void {
  useCommand(id, () => go({ view, query: '', deliveryId: null }))
}

interface Options {
  place: Place
  toggleSidebar: () => void
}

/** What can be done wherever one is. */
export function useAppCommands({ place, toggleSidebar }: Options): void {
  const { deliveryId } = place
  const sendTest = useSendTest()
  const endpointId = place.view.kind === 'endpoint' ? place.view.id : null
  useGoCommand('go.all', { kind: 'all' })
  useGoCommand('go.failures', { kind: 'failures' })
  useGoCommand('go.verify', { kind: 'verify' })
  useGoCommand('go.schemes', { kind: 'schemes', schemeId: null })
  useGoCommand('go.subscriberHash', { kind: 'subscriber-hash' })
  useCommand('go.endpoint', () => showDialog({ kind: 'palette', find: 'endpoints' }))
  useCommand('go.back', () => window.history.back())
  useCommand('go.forward', () => window.history.forward())
  useCommand('app.palette', togglePalette)
  useCommand('app.shortcuts', () => showDialog({ kind: 'shortcuts' }))
  useCommand('app.settings', () => showDialog({ kind: 'settings' }))
  useCommand('app.addEndpoint', () => showDialog({ kind: 'new-endpoint' }))
  useCommand('app.sendTest', () => sendTest.mutate({ endpointId }), !sendTest.isPending)
  useCommand('app.sidebar', toggleSidebar)
  useCommand('app.theme', nextTheme)
  const replay = useCallback(
    () => deliveryId !== null && showDialog({ kind: 'replay', deliveryId }),
    [deliveryId],
  )
  useCommand('delivery.replay', replay, deliveryId !== null)
  useCommand('delivery.close', leaveDelivery, deliveryId !== null)
  useCommand('filter.focus', () =>
    document.querySelector<HTMLElement>('#verdict-filter button')?.focus(),
  )
}
