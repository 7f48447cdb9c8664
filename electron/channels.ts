/**
 * Every channel between page and main, by name; there is no way to send on any other. The page
 * hears of ports and of the engine's state through `window.postMessage` (see preload.ts).
 */
export const channels = {
  /** Page → main: give me a port to the engine. */
  requestPort: 'countersign:request-port',
  /** Main → page: here it is, as the message's only port. */
  port: 'countersign:port',
  /** Main → page: the engine behind the last port is gone; another port follows if it restarts. */
  portLost: 'countersign:port-lost',
  /** Main → page: an `EngineState`. */
  engineState: 'countersign:engine-state',
  /** Page → main, answered with a boolean: whether the link was opened. */
  openExternal: 'countersign:open-external',
  /** Page → main: open the documentation that came along. */
  openDocs: 'countersign:open-docs',
  /** Page → main, answered when it is on the clipboard. */
  copyText: 'countersign:copy-text',
  /** Page → main: a `Badge`. */
  setBadge: 'countersign:set-badge',
  /** Page → main: a `Notice`. */
  notify: 'countersign:notify',
  /** Page → main: a `ZoomChange`. */
  zoom: 'countersign:zoom',
  /** Page → main: `MenuKeys`. */
  menuKeys: 'countersign:menu-keys',
  /** Page → main, answered with an `AppState`. */
  appState: 'countersign:app-state',
  /** Page → main: an `AppChange`. */
  changeApp: 'countersign:change-app',
  /** Page → main: an `UpdateStep`. */
  updateStep: 'countersign:update-step',
  /** Main → page: `{state}`, the `AppState` that it is now. */
  appChanged: 'countersign:app-changed',
  /** Main → page: `{name, added, alreadyHere, problem}` of a file that was opened. */
  imported: 'countersign:imported',
  /** Main → page: `{deliveryId}`, to be opened. */
  openDelivery: 'countersign:open-delivery',
  /** Main → page: `{id}` of a command that was chosen in the menu. */
  command: 'countersign:command',
} as const

/** What the page is told of the engine; `sentence` says what happened and what is done about it. */
export interface EngineState {
  state: 'starting' | 'running' | 'restarting' | 'failed'
  sentence: string | null
}
