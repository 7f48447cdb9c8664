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

/** Notifications whose clicks are still waited for; without a hold they are collected. */
const MOST_NOTICES = 20

export interface AttentionOptions {
  /** dist/renderer, absolute; the pictures lie there. */
  pictures: string
  window: () => BrowserWindow | null
  /** Brings the window forward. */
  onShow: () => void
  onOpen: (deliveryId: number) => void
}

/**
 * What can be seen of failures while the window is not: a number on the dock or the launcher, a
 * mark on the taskbar, the tray with the newest of them, and notifications.
 */
export class Attention {
  readonly #options: AttentionOptions
  readonly #calm: NativeImage
  readonly #failures: NativeImage
  readonly #notices = new Set<Notification>()
  /** macOS has the dock instead. */
  readonly #tray: Tray | null
  #listening = 'Starting'
  #badge: Badge = { count: 0, newest: [] }

  /** After `ready`. */
  constructor(options: AttentionOptions) {
    this.#options = options
    this.#calm = nativeImage.createFromPath(join(options.pictures, 'tray.png'))
    this.#failures = nativeImage.createFromPath(join(options.pictures, 'tray-failures.png'))
    this.#tray = process.platform === 'darwin' ? null : new Tray(this.#calm)
    this.#tray?.on('click', options.onShow)
    this.#draw()
  }

  /** What the tray says of the listener, such as `Listening on http://127.0.0.1:4100`. */
  setListening(sentence: string): void {
    this.#listening = sentence
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
      if (deliveryId === null) this.#options.onShow()
      else this.#options.onOpen(deliveryId)
    })
    notice.show()
  }

  #draw(): void {
    if (this.#tray === null) return
    const { count } = this.#badge
    this.#tray.setImage(count > 0 ? this.#failures : this.#calm)
    this.#tray.setToolTip(
      count > 0 ? `Countersign: ${failuresText(count)}` : `Countersign: ${this.#listening}`,
    )
    this.#tray.setContextMenu(Menu.buildFromTemplate(this.#menu()))
  }

  #menu(): MenuItemConstructorOptions[] {
    const { count, newest } = this.#badge
    const failures: MenuItemConstructorOptions[] = newest.map(({ deliveryId, text }) => ({
      // In a label `&` marks the key of the entry.
      label: text.replaceAll('&', '&&'),
      click: () => this.#options.onOpen(deliveryId),
    }))
    return [
      { label: this.#listening, enabled: false },
      { label: failuresText(count), enabled: false },
      ...failures,
      { type: 'separator' },
      { label: 'Show Countersign', click: this.#options.onShow },
      { role: 'quit' },
    ]
  }
}

/** `No new failures`, `1 new failure`, `12 new failures`. */
export function failuresText(count: number): string {
  if (count === 0) return 'No new failures'
  return count === 1 ? '1 new failure' : `${count} new failures`
}
