import { app, session, type Session, type WebContents } from 'electron'
import { takeNetworkFromChromium, takeNetworkFromPage } from './no-network.ts'
import { isAppDocument, parseUrl } from './origin.ts'

/** What the page itself may load; everything else is the network, which it never needs. */
const LOCAL_PROTOCOLS = new Set(['app:', 'blob:', 'data:', 'devtools:', 'chrome-extension:'])

/** Holds for every page that ever comes to be, ours or not. Call before `ready`. */
export function guardEveryPage(): void {
  takeNetworkFromChromium(app)
  app.on('web-contents-created', (_event, contents) => guardPage(contents))
}

/** Denies every permission and device, and every request that leaves the program. After `ready`. */
export function guardSession(target: Session = session.defaultSession): void {
  target.setPermissionRequestHandler((_contents, _permission, callback) => callback(false))
  target.setPermissionCheckHandler(() => false)
  target.setDevicePermissionHandler(() => false)
  target.webRequest.onBeforeRequest((details, callback) => {
    const url = parseUrl(details.url)
    callback({ cancel: url === null || !LOCAL_PROTOCOLS.has(url.protocol) })
  })
}

function guardPage(contents: WebContents): void {
  takeNetworkFromPage(contents)
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.on('will-navigate', (event) => {
    if (!isAppDocument(event.url)) event.preventDefault()
  })
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame || !isAppDocument(event.url)) event.preventDefault()
  })
  contents.on('will-redirect', (event) => event.preventDefault())
}
