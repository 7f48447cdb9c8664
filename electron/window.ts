import { BrowserWindow, app, nativeTheme, screen } from 'electron'
import { APP_URL } from './origin.ts'
import { isReachable, readWindowState, writeWindowState } from './window-state.ts'

/** The window's colour until the page has painted, as in renderer/theme. */
const BACKGROUND = { dark: '#16181d', light: '#fbfbfd' } as const

export interface WindowFiles {
  /** dist/preload.cjs, absolute. */
  preload: string
  /** Where bounds are kept, absolute. */
  state: string
}

/** Opens the window where it was last, and shows it once the page has painted. */
export function openWindow(files: WindowFiles): BrowserWindow {
  const last = readWindowState(files.state)
  const displays = screen.getAllDisplays().map((display) => display.workArea)
  const bounds = last !== null && isReachable(last.bounds, displays) ? last.bounds : null
  const window = new BrowserWindow({
    ...(bounds ?? { width: 1280, height: 820 }),
    minWidth: 480,
    minHeight: 360,
    show: false,
    title: 'Countersign',
    backgroundColor: nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light,
    webPreferences: {
      preload: files.preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      navigateOnDragDrop: false,
      // The checker would fetch its dictionaries from the network unasked.
      spellcheck: false,
      devTools: !app.isPackaged,
    },
  })
  if (last?.maximised === true) window.maximize()
  window.once('ready-to-show', () => window.show())
  window.on('close', () => {
    writeWindowState(files.state, {
      bounds: window.getNormalBounds(),
      maximised: window.isMaximized(),
    })
  })
  void load(window)
  return window
}

async function load(window: BrowserWindow): Promise<void> {
  try {
    await window.loadURL(APP_URL)
  } catch (error) {
    // Closed while it loaded; anything else must not leave an invisible window behind.
    if (window.isDestroyed()) return
    console.error('The window could not load its page:', error)
    window.show()
  }
}

/** Brings the window to the front, from the dock or the taskbar too. */
export function focusWindow(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}
