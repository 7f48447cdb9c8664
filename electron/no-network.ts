import type { App, WebContents } from 'electron'

/**
 * Takes the network from Chromium: the page needs none, and the engine does not use Chromium's. No
 * name and no address is ever found, whatever asks (a page, a prefetch, Chromium itself), and no
 * proxy is looked for. Call before `ready`.
 */
export function takeNetworkFromChromium(app: Pick<App, 'commandLine' | 'isPackaged'>): void {
  app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND')
  app.commandLine.appendSwitch('no-proxy-server')
  app.commandLine.appendSwitch('dns-prefetch-disable')
  app.commandLine.appendSwitch('disable-background-networking')
  app.commandLine.appendSwitch('disable-component-update')
  app.commandLine.appendSwitch('disable-domain-reliability')
  if (!app.isPackaged) return
  // The fuses take Node's debugger from the shipped program, and this Chromium's.
  app.commandLine.removeSwitch('remote-debugging-port')
  app.commandLine.removeSwitch('remote-debugging-pipe')
}

/** WebRTC goes round requests and the policy of the page: it gets no packet out by itself. */
export function takeNetworkFromPage(
  contents: Pick<WebContents, 'setWebRTCIPHandlingPolicy'>,
): void {
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')
}
