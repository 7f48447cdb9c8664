import { join } from 'node:path'
import {
  Menu,
  Notification,
  Tray,
  app,
  nativeImage,
  type BrowserWindow,
  type MenuItemConstructorOptions,
  type NativeImage,
} from 'electron'
import { noticeText } from './notice-text.ts'
import type { Badge, Notice } from './page-messages.ts'
import {
  failuresText,
  type ListenerState,
  type TrayAction,
  type TrayItem,
  trayMenu,
  trayTip,
} from './tray-menu.ts'

const isMac = process.platform === 'darwin'

/** Notifications whose clicks are still waited for; without a hold they are collected. */
const MOST_NOTICES = 20

export interface AttentionOptions {
  /** dist/renderer, absolute; the pictures lie there. */
  pictures: string
  window: () => BrowserWindow | null
  onOpen: (deliveryId: number) => void
  onAction: (action: TrayAction) => void
}

/**
 * What can be seen while the window is not: a number on the dock or the launcher, a mark on the
 * taskbar, the tray (on macOS: the menu bar) with the listener and the newest failures, and
 * notifications.
 */
export class Attention {
  readonly #options: AttentionOptions
  readonly #calm: NativeImage
  readonly #failures: NativeImage
  readonly #notices = new Set<Notification>()
  readonly #tray: Tray
  #listener: ListenerState = { url: null, paused: false, reachable: false }
  #badge: Badge = { count: 0, newest: [] }

  /** After `ready`. */
  constructor(options: AttentionOptions) {
    this.#options = options
    const picture = (name: string) => nativeImage.createFromPath(join(options.pictures, name))
    // In macOS's menu bar the system colours the picture: it is made of one (its name says so).
    this.#calm = picture(isMac ? 'trayTemplate.png' : 'tray.png')
    this.#failures = picture('tray-failures.png')
    this.#tray = new Tray(this.#calm)
    // macOS opens the menu by itself.
    if (!isMac) this.#tray.on('click', () => options.onAction('show'))
    this.#draw()
  }

  setListener(listener: ListenerState): void {
    this.#listener = listener
    this.#draw()
  }

  setBadge(badge: Badge): void {
    this.#badge = badge
    app.setBadgeCount(badge.count)
    const window = this.#options.window()
    if (process.platform === 'win32' && window !== null) {
      window.setOverlayIcon(badge.count > 0 ? this.#failures : null, failuresText(badge.count))
    }
    this.#draw()
  }

  notify({ title, body, deliveryId }: Notice): void {
    if (!Notification.isSupported()) return
    const notice = new Notification({
      title: noticeText(title, process.platform),
      body: noticeText(body, process.platform),
    })
    const [oldest] = this.#notices
    if (this.#notices.size >= MOST_NOTICES && oldest) this.#notices.delete(oldest)
    this.#notices.add(notice)
    notice.on('close', () => this.#notices.delete(notice))
    notice.on('click', () => {
      this.#notices.delete(notice)
      if (deliveryId === null) this.#options.onAction('show')
      else this.#options.onOpen(deliveryId)
    })
    notice.show()
  }

  #draw(): void {
    const { count } = this.#badge
    if (!isMac) this.#tray.setImage(count > 0 ? this.#failures : this.#calm)
    this.#tray.setToolTip(trayTip(this.#listener, this.#badge))
    const items = trayMenu(this.#listener, this.#badge).map((item) => this.#entry(item))
    this.#tray.setContextMenu(Menu.buildFromTemplate(items))
  }

  #entry(item: TrayItem): MenuItemConstructorOptions {
    const { onOpen, onAction } = this.#options
    switch (item.kind) {
      case 'text':
        return { label: item.label, enabled: false }
      case 'line':
        return { type: 'separator' }
      case 'failure':
        return { label: item.label, click: () => onOpen(item.deliveryId) }
      case 'action':
        return { label: item.label, click: () => onAction(item.action) }
      case 'quit':
        return { label: item.label, role: 'quit' }
      default:
        return item satisfies never
    }
  }
}
