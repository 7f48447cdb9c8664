import { useEffect } from 'react'
import { commands, isCommandId } from '#renderer/commands/command-list.ts'
import { useOwnKeys } from '#renderer/commands/keymap-store.ts'
import { keysOf } from '#renderer/commands/keymap.ts'
import { isChord } from '#renderer/commands/keys.ts'
import { runCommand } from '#renderer/commands/registry.ts'
import { platform } from '#renderer/platform/platform.ts'
import { openDialog, showDialog } from './dialogs.ts'
import { openDelivery } from './location.ts'
import { keep } from './use-kept.ts'

/** A command from the host's menu; while a dialog is open, only what its keys would do there. */
function runFromMenu(id: string): void {
  if (!isCommandId(id)) return
  const inDialogs = commands.find((command) => command.id === id)?.inDialogs ?? false
  if (openDialog() === null || inDialogs) runCommand(id)
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
  useEffect(() => {
    const shown = commands.flatMap((command) => {
      const key = keysOf(command, own, platform.isMac).find(isChord)
      return key === undefined ? [] : [[command.id, key] as const]
    })
    platform.setMenuKeys(Object.fromEntries(shown))
  }, [own])
}
