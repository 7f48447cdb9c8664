import { useEffect } from 'react'
import { commands, isCommandId } from '#renderer/commands/command-list.ts'
import { useOwnKeys } from '#renderer/commands/keymap-store.ts'
import { keysOf } from '#renderer/commands/keymap.ts'
import { isChord } from '#renderer/commands/keys.ts'
import { runCommand } from '#renderer/commands/registry.ts'
import { type OpenedFile, openedFileNews } from '#renderer/platform/app-host.ts'
import { platform } from '#renderer/platform/platform.ts'
import { showToast } from '#renderer/status/toast-store.ts'
import { formatCount } from '#renderer/words/format.ts'
import { visibleStart } from '#renderer/words/visible-text.ts'
import { openDialog, showDialog } from './dialogs.ts'
import { go, openDelivery } from './location.ts'
import { keep } from './use-kept.ts'

/** A command from the host's menu; while a dialog is open, only what its keys would do there. */
function runFromMenu(id: string): void {
  if (!isCommandId(id)) return
  const inDialogs = commands.find((command) => command.id === id)?.inDialogs ?? false
  if (openDialog() === null || inDialogs) runCommand(id)
}

function tellOpened({ name, added, alreadyHere, problem }: OpenedFile): void {
  const counts = `${formatCount(added)} added, ${formatCount(alreadyHere)} already here`
  const said = problem === null ? counts : visibleStart(problem, 300)
  showToast({
    sentence: `${visibleStart(name, 80)}: ${said}`,
    tone: problem === null ? 'good' : 'bad',
    ...(added + alreadyHere > 0 && { action: { name: 'Show imports', run: showImports } }),
  })
}

function showImports(): void {
  go({ view: { kind: 'all' }, query: 'is:imported', deliveryId: null })
}

function openFromHost(deliveryId: number): void {
  showDialog(null)
  keep('detail-shown', '1')
  openDelivery(deliveryId)
}

/** Does what the host asks for, and tells its menu which keys the commands have. */
export function useHost(): void {
  const own = useOwnKeys()
  useEffect(() => platform.onOpenDelivery(openFromHost), [])
  useEffect(() => platform.onCommand(runFromMenu), [])
  useEffect(() => openedFileNews.listen(tellOpened), [])
  useEffect(() => {
    const shown = commands.flatMap((command) => {
      const key = keysOf(command, own, platform.isMac).find(isChord)
      return key === undefined ? [] : [[command.id, key] as const]
    })
    platform.setMenuKeys(Object.fromEntries(shown))
  }, [own])
}
