import { BrowserWindow, app, nativeTheme, screen } from 'electron'
import { APP_URL } from './origin.ts'
import { RestartPolicy } from './restart-policy.ts'
import { WindowZoom } from './window-zoom.ts'
import { type WindowState, isReachable, readWindowState, writeWindowState } from './window-state.ts'

/** The window's colour until the page has painted, as --canvas in renderer/theme. */
const BACKGROUND = { dark: '#111317', light: '#f4f6f8' } as const

export interface WindowFiles {
  /** dist/preload.cjs, absolute. */
  preload: string
  /** Where bounds are kept, absolute. */
  state: string
}

export interface WindowOptions extends WindowFiles {
  /** Loads the page and shows nothing until it is asked to. */
  hidden: boolean
  /** Before it closes; preventing it keeps the window. */
  onClose: (event: { preventDefault(): void }) => void
  /** The page's process ended by itself; `comesBack`: it is loaded again. */
  onPageGone: (reason: string, comesBack: boolean) => void
}

export interface OpenWindow {
  window: BrowserWindow
  zoom: WindowZoom
}

/** Opens the window where and as large as it was last; shows it once the page has painted. */
export function openWindow(options: WindowOptions): OpenWindow {
  const last = readWindowState(options.state)
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
      preload: options.preload,
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
  if (!options.hidden) {
    // Maximising shows it.
    if (last?.maximised === true) window.maximize()
    window.once('ready-to-show', () => window.show())
  }
  window.on('close', options.onClose)
  const zoom = new WindowZoom(window, last?.zoomLevel ?? 0)
  keepState(window, zoom, options.state)
  reloadAfterCrash(window, options.onPageGone)
  void load(window)
  return { window, zoom }
}

/** Bounds are noted while the window lives: a page that closes itself gives no time to ask. */
function keepState(window: BrowserWindow, zoom: WindowZoom, file: string): void {
  const current = (): WindowState => ({
    bounds: window.getNormalBounds(),
    maximised: window.isMaximized(),
    zoomLevel: zoom.level,
  })
  let latest = current()
  const note = (): void => {
    latest = current()
  }
  window.on('resize', note)
  window.on('move', note)
  window.on('maximize', note)
  window.on('unmaximize', note)
  window.once('closed', () => writeWindowState(file, { ...latest, zoomLevel: zoom.level }))
}

/** A page whose process died is loaded again, as seldom as the engine is started again. */
function reloadAfterCrash(window: BrowserWindow, onGone: WindowOptions['onPageGone']): void {
  const restarts = new RestartPolicy()
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    console.error(`The window's page stopped (${reason}).`)
    if (reason === 'clean-exit') return
    const waitMs = restarts.crashed(performance.now())
    onGone(reason, waitMs !== null)
    if (waitMs === null) return
    setTimeout(() => {
      if (!window.isDestroyed()) window.webContents.reload()
    }, waitMs)
  })
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
