import { contextBridge, ipcRenderer } from 'electron'
import { channels } from './channels.ts'

/** The few things of the page's world that this file touches; it is checked without DOM types. */
declare const window: {
  postMessage(message: unknown, targetOrigin: string, transfer?: readonly unknown[]): void
}
declare const location: { readonly origin: string }

/**
 * What the page finds as `window.countersign`. Ports and news of the engine come to it as window
 * messages from its own origin, since a port cannot cross the bridge:
 * `{ type: 'countersign:port' }` with the port, `{ type: 'countersign:port-lost' }`, and
 * `{ type: 'countersign:engine-state', state, sentence }`; what the menu, a notification or a link
 * asks for as `{ type: 'countersign:open-delivery', deliveryId }` and
 * `{ type: 'countersign:command', id }`; what the app is set to as
 * `{ type: 'countersign:app-changed', state }`; and how the import of an opened file ended as
 * `{ type: 'countersign:imported', name, added, alreadyHere, problem }`.
 */
const bridge = {
  shell: 'desktop',
  platform: process.platform,
  /** Asks for a port to the engine. */
  requestPort: (): void => ipcRenderer.send(channels.requestPort),
  /** Opens a documentation page in the browser; `false`: that link is not on the list. */
  openExternal: (url: string): Promise<boolean> => ipcRenderer.invoke(channels.openExternal, url),
  /** Opens the documentation that came with the app, in the browser. */
  openDocs: (): void => ipcRenderer.send(channels.openDocs),
  /** Puts text on the clipboard; the page itself has no permission for that. */
  copyText: (text: string): Promise<void> => ipcRenderer.invoke(channels.copyText, text),
  /** Shows how many failures nobody has looked at: a `Badge`. */
  setBadge: (count: number, newest: readonly unknown[]): void =>
    ipcRenderer.send(channels.setBadge, { count, newest }),
  /** Shows a `Notice` outside the window. */
  notify: (notice: object): void => ipcRenderer.send(channels.notify, notice),
  /** Zooms the page `in`, `out`, or back by `reset`. */
  zoom: (change: string): void => ipcRenderer.send(channels.zoom, change),
  /** Tells the menu which keys to show: `MenuKeys`. */
  setMenuKeys: (keys: object): void => ipcRenderer.send(channels.menuKeys, keys),
  /** What the app is set to: an `AppState`. */
  appState: (): Promise<unknown> => ipcRenderer.invoke(channels.appState),
  /** Sets it otherwise: an `AppChange`. */
  changeApp: (change: object): void => ipcRenderer.send(channels.changeApp, change),
  /** Goes on with an update: `check`, `download`, `install` or `later`. */
  updateStep: (step: string): void => ipcRenderer.send(channels.updateStep, step),
} as const

ipcRenderer.on(channels.port, (event) => {
  window.postMessage({ type: channels.port }, location.origin, event.ports)
})
ipcRenderer.on(channels.portLost, () => {
  window.postMessage({ type: channels.portLost }, location.origin)
})
ipcRenderer.on(channels.engineState, (_event, news: object) => {
  window.postMessage({ type: channels.engineState, ...news }, location.origin)
})
const news = [channels.openDelivery, channels.command, channels.appChanged, channels.imported]
for (const channel of news) {
  ipcRenderer.on(channel, (_event, told: object) => {
    window.postMessage({ type: channel, ...told }, location.origin)
  })
}

contextBridge.exposeInMainWorld('countersign', bridge)
