import { clipboard, ipcMain, shell, type BrowserWindow } from 'electron'
import { channels } from './channels.ts'
import type { EngineProcess } from './engine-process.ts'
import { allowedLink } from './external-links.ts'
import { isTrustedSender } from './trusted-sender.ts'

/** More than any body that the page shows whole. */
const MAX_CLIPBOARD_CHARACTERS = 64 * 1024 * 1024

export interface BridgeOptions {
  window: () => BrowserWindow | null
  engine: EngineProcess
  /** Hosts that links may lead to. */
  linkHosts: ReadonlySet<string>
}

/** Answers the page's few requests; whoever else sends is not answered. */
export function answerPage({ window, engine, linkHosts }: BridgeOptions): void {
  ipcMain.on(channels.requestPort, (event) => {
    if (isTrustedSender(event, window())) engine.connectPage(event.sender)
  })
  ipcMain.handle(channels.openExternal, async (event, text: unknown) => {
    if (!isTrustedSender(event, window()) || typeof text !== 'string') return false
    const link = allowedLink(text, linkHosts)
    if (link === null) return false
    await shell.openExternal(link)
    return true
  })
  ipcMain.handle(channels.copyText, async (event, text: unknown) => {
    if (!isTrustedSender(event, window()) || typeof text !== 'string') return
    if (text.length <= MAX_CLIPBOARD_CHARACTERS) await clipboard.writeText(text)
  })
}
