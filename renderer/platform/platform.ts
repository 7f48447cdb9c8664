import { type AppBridge, type AppHost, appHost } from './app-host.ts'
import { commandNews, deliveryNews, followHost } from './host-news.ts'
import type { Failure, Notice, NoticePermission } from './notice.ts'
import { setPageBadge } from './page-badge.ts'

/** What the desktop preload puts on the page. */
export interface DesktopBridge extends AppBridge {
  readonly shell: 'desktop'
  readonly platform: string
  /** Asks for a port to the engine; it comes back as a `countersign:port` message. */
  requestPort(): void
  openExternal(url: string): unknown
  openDocs?(): void
  copyText?(text: string): Promise<void>
  saveFile?(name: string, contents: Blob): Promise<unknown> | undefined
  setBadge(count: number, newest: readonly Failure[]): void
  notify(notice: Notice): void
  zoom(change: ZoomChange): void
  setMenuKeys(keys: Readonly<Record<string, string>>): void
}

export type ZoomChange = 'in' | 'out' | 'reset'

declare global {
  interface Window {
    countersign?: DesktopBridge
  }
}

/** What the host can do; features ask this and never which shell they run in. */
export interface Platform {
  /** The engine belongs to this window and is restarted with it in view. */
  readonly ownsEngine: boolean
  readonly isMac: boolean
  /** Opens a documentation link outside the app. */
  openLink(url: string): void
  /** Opens the documentation that came with the app, outside of the page. */
  openDocs(): void
  /** Lets the person keep some bytes as a file. */
  saveFile(name: string, contents: Blob): Promise<void>
  copyText(text: string): Promise<void>
  /** Shows how many failures nobody has looked at; the newest few for a list in the tray. */
  setBadge(count: number, newest?: readonly Failure[]): void
  noticePermission(): NoticePermission
  /** Asks the person where that is needed; only in answer to a press. */
  askForNotices(): Promise<NoticePermission>
  /** Shows a notice outside the window, if that is permitted; a click on it opens the delivery. */
  notify(notice: Notice): void
  /** Calls back with deliveries that the host wants opened; returns how to stop that. */
  onOpenDelivery(listener: (deliveryId: number) => void): () => void
  /** Calls back with ids of commands from the host's menu; returns how to stop that. */
  onCommand(listener: (id: string) => void): () => void
  /** A link that opens a delivery in this shell, to be kept in an issue or a chat. */
  deliveryLink(deliveryId: number): string
  /** `null` where the host zooms by itself. */
  readonly zoom: ((change: ZoomChange) => void) | null
  /** The keys that the host's menu shows beside its commands, normalised, by command id. */
  setMenuKeys(keys: Readonly<Record<string, string>>): void
  /** The app around this page, where it can be set; `null` in the browser. */
  readonly app: AppHost | null
}

async function saveByDownload(name: string, contents: Blob): Promise<void> {
  const url = URL.createObjectURL(contents)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  await new Promise((resolve) => setTimeout(resolve, 10_000))
  URL.revokeObjectURL(url)
}

function browserNoticePermission(): NoticePermission {
  if (!('Notification' in window)) return 'denied'
  return Notification.permission === 'default' ? 'ask' : Notification.permission
}

function notifyInBrowser({ title, body, deliveryId }: Notice): void {
  if (browserNoticePermission() !== 'granted') return
  const notice = new Notification(title, { body, icon: './icon.svg' })
  notice.addEventListener('click', () => {
    window.focus()
    notice.close()
    if (deliveryId !== null) deliveryNews.tell(deliveryId)
  })
}

function browserPlatform(): Platform {
  return {
    ownsEngine: false,
    isMac: navigator.userAgent.includes('Mac OS'),
    openLink: (url) => {
      window.open(url, '_blank', 'noopener,noreferrer')
    },
    openDocs: () => {
      window.open('./docs/index.html', '_blank', 'noopener,noreferrer')
    },
    saveFile: saveByDownload,
    copyText: (text) => navigator.clipboard.writeText(text),
    setBadge: setPageBadge,
    noticePermission: browserNoticePermission,
    askForNotices: async () => {
      if (browserNoticePermission() === 'ask') await Notification.requestPermission()
      return browserNoticePermission()
    },
    notify: notifyInBrowser,
    onOpenDelivery: deliveryNews.listen,
    onCommand: commandNews.listen,
    deliveryLink: (deliveryId) => `${location.origin}/delivery/${deliveryId}`,
    zoom: null,
    setMenuKeys: () => undefined,
    app: null,
  }
}

function desktopPlatform(bridge: DesktopBridge): Platform {
  const browser = browserPlatform()
  followHost()
  return {
    ...browser,
    ownsEngine: true,
    isMac: bridge.platform === 'darwin',
    // The desktop page has no clipboard permission of its own.
    copyText: (text) => bridge.copyText?.(text) ?? browser.copyText(text),
    openLink: (url) => {
      bridge.openExternal(url)
    },
    openDocs: () => bridge.openDocs?.(),
    saveFile: async (name, contents) => {
      if (bridge.saveFile) await bridge.saveFile(name, contents)
      else await saveByDownload(name, contents)
    },
    setBadge: (count, newest = []) => bridge.setBadge(count, newest),
    noticePermission: () => 'granted',
    askForNotices: () => Promise.resolve('granted'),
    notify: (notice) => bridge.notify(notice),
    deliveryLink: (deliveryId) => `countersign://delivery/${deliveryId}`,
    zoom: (change) => bridge.zoom(change),
    setMenuKeys: (keys) => bridge.setMenuKeys(keys),
    app: appHost(bridge),
  }
}

export const platform: Platform = window.countersign
  ? desktopPlatform(window.countersign)
  : browserPlatform()
