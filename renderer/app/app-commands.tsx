import type { CommandId } from '#renderer/commands/command-list.ts'
import { useCommand } from '#renderer/commands/use-command.ts'
import { platform } from '#renderer/platform/platform.ts'
import { nextDensity } from '#renderer/theme/density.ts'
import { nextTheme } from '#renderer/theme/theme.ts'
import { useSendTest } from '#renderer/tools/use-send-test.ts'
import { openSettings } from '#renderer/settings/open-settings.ts'
import { showToast } from '#renderer/status/toast-store.ts'
import { errorSentence } from '#renderer/words/errors.ts'
import { openDialog, showDialog } from './dialogs.ts'
import { go, type Place, type View } from './location.ts'
import { useKeptSwitch } from './use-kept.ts'
import { usePause } from './use-pause.ts'
import { useSidebar } from './use-sidebar.ts'

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

function useGoCommand(id: CommandId, view: View): void {
  useCommand(id, () => go({ view, query: '', deliveryId: null }))
}

function useGoCommands(): void {
  useGoCommand('go.all', { kind: 'all' })
  useGoCommand('go.failures', { kind: 'failures' })
  useGoCommand('go.overview', { kind: 'overview' })
  useGoCommand('go.replays', { kind: 'replays', batchId: null })
  useGoCommand('go.compose', { kind: 'compose' })
  useGoCommand('go.checks', { kind: 'checks', checkId: null })
  useGoCommand('go.fixtures', { kind: 'fixtures' })
  useGoCommand('go.verify', { kind: 'verify' })
  useGoCommand('go.schemes', { kind: 'schemes', schemeId: null })
  useGoCommand('go.subscriberHash', { kind: 'subscriber-hash' })
  useCommand('go.endpoint', () => showDialog({ kind: 'palette', find: 'endpoints' }))
  useCommand('go.back', () => window.history.back())
  useCommand('go.forward', () => window.history.forward())
}

function useWindowCommands(view: View): void {
  const sidebar = useSidebar(view)
  const detail = useKeptSwitch('detail-shown', true)
  const { zoom } = platform
  useCommand('app.palette', togglePalette)
  useCommand('app.docs', () => platform.openDocs())
  useCommand('app.shortcuts', () => showDialog({ kind: 'shortcuts' }))
  useCommand('app.settings', () => openSettings())
  useCommand('app.import', () => showDialog({ kind: 'import' }))
  useCommand('app.addEndpoint', () => showDialog({ kind: 'new-endpoint' }))
  useCommand('app.sidebar', sidebar.toggle)
  useCommand('app.detail', detail.toggle)
  useCommand('app.theme', nextTheme)
  useCommand('app.density', nextDensity)
  useCommand('app.zoomIn', () => zoom?.('in'), zoom !== null)
  useCommand('app.zoomOut', () => zoom?.('out'), zoom !== null)
  useCommand('app.zoomReset', () => zoom?.('reset'), zoom !== null)
  useCommand('app.updates', () => openSettings('desktop'), platform.app !== null)
}

function copyLink(deliveryId: number): void {
  void platform.copyText(platform.deliveryLink(deliveryId))
}

function replayOnceMore(deliveryId: number): void {
  import('#renderer/replay/replay-again.ts')
    .then(({ replayAgain }) => replayAgain(deliveryId))
    .catch((error: unknown) => showToast({ sentence: errorSentence(error), tone: 'bad' }))
}

/** What the open delivery can do as long as nothing nearer answers. */
function useDeliveryCommands(deliveryId: number | null): void {
  const open = deliveryId !== null
  useCommand('delivery.close', leaveDelivery, open)
  useCommand(
    'delivery.replay',
    () => deliveryId !== null && showDialog({ kind: 'replay', deliveryId }),
    open,
  )
  useCommand('delivery.replayAgain', () => deliveryId !== null && replayOnceMore(deliveryId), open)
  useCommand(
    'delivery.saveFixture',
    () => deliveryId !== null && showDialog({ kind: 'save-fixture', ids: [deliveryId] }),
    open,
  )
  useCommand('delivery.copyLink', () => deliveryId !== null && copyLink(deliveryId), open)
}

/** The actions that are possible wherever one is; draws nothing. */
export function AppCommands({ place }: { place: Place }) {
  const sendTest = useSendTest()
  const pausing = usePause()
  const endpointId = place.view.kind === 'endpoint' ? place.view.id : null
  useGoCommands()
  useWindowCommands(place.view)
  useDeliveryCommands(place.deliveryId)
  useCommand('app.pause', pausing.turn, pausing.possible)
  useCommand('app.sendTest', () => sendTest.mutate({ endpointId }), !sendTest.isPending)
  return null
}
