import { clipboard, ipcMain, shell, type BrowserWindow } from 'electron'
import type { z } from 'zod'
import type { AppState, UpdateStep as Step } from '#contract/app-state.ts'
import { channels } from './channels.ts'
import type { EngineProcess } from './engine-process.ts'
import { allowedLink } from './external-links.ts'
import { AppChange, Badge, MenuKeys, Notice, UpdateStep, ZoomChange } from './page-messages.ts'
import { isTrustedSender } from './trusted-sender.ts'

/** More than any body that the page shows whole. */
const MAX_CLIPBOARD_CHARACTERS = 64 * 1024 * 1024

export interface BridgeOptions {
  window: () => BrowserWindow | null
  engine: EngineProcess
  /** Hosts that links may lead to. */
  linkHosts: ReadonlySet<string>
  /** The page listens from now on. */
  onPageReady: () => void
  onBadge: (badge: Badge) => void
  onNotice: (notice: Notice) => void
  onZoom: (change: ZoomChange) => void
  onMenuKeys: (keys: MenuKeys) => void
  appState: () => AppState
  onAppChange: (change: AppChange) => void
  onUpdateStep: (step: Step) => void
  onOpenDocs: () => void
}

/** Answers the page's few requests; whoever else sends is not answered. */
export function answerPage(options: BridgeOptions): void {
  const { window, engine, linkHosts } = options
  ipcMain.on(channels.requestPort, (event) => {
    if (!isTrustedSender(event, window())) return
    engine.connectPage(event.sender)
    options.onPageReady()
  })
  hear(window, channels.setBadge, Badge, options.onBadge)
  hear(window, channels.notify, Notice, options.onNotice)
  hear(window, channels.zoom, ZoomChange, options.onZoom)
  hear(window, channels.menuKeys, MenuKeys, options.onMenuKeys)
  hear(window, channels.changeApp, AppChange, options.onAppChange)
  hear(window, channels.updateStep, UpdateStep, options.onUpdateStep)
  ipcMain.on(channels.openDocs, (event) => {
    if (!isTrustedSender(event, window())) return
    options.onOpenDocs()
  })
  ipcMain.handle(channels.appState, (event) => {
    if (!isTrustedSender(event, window())) return null
    return options.appState()
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

/** Hears one kind of message from our own page; what is not of its shape is dropped, and said. */
function hear<Message>(
  window: () => BrowserWindow | null,
  channel: string,
  shape: z.ZodType<Message>,
  heard: (message: Message) => void,
): void {
  ipcMain.on(channel, (event, raw: unknown) => {
    if (!isTrustedSender(event, window())) return
    const message = shape.safeParse(raw)
    if (message.success) heard(message.data)
    else console.error(`A message on ${channel} was not understood: ${message.error.message}`)
  })
}
