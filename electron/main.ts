import { join } from 'node:path'
import { app, dialog } from 'electron'
import { prepareDataDir } from '#engine/rpc/data-dir.ts'
import { readArguments, type DesktopArguments } from './arguments.ts'
import { Attention } from './attention.ts'
import { answerPage } from './bridge.ts'
import { channels } from './channels.ts'
import { LINK_SCHEME, deliveryOfArguments, deliveryOfLink } from './deep-link.ts'
import { openDesktopLog } from './desktop-log.ts'
import { EngineProcess } from './engine-process.ts'
import { guardEveryPage, guardSession } from './guards.ts'
import { documentationHosts } from './external-links.ts'
import { setAbout, setMenu } from './menu.ts'
import { hasOsKeyStorage } from './os-key-storage.ts'
import type { MenuKeys, ZoomChange } from './page-messages.ts'
import { registerAppScheme, serveRenderer } from './protocol.ts'
import { PageErrands } from './page-errands.ts'
import { type OpenWindow, focusWindow, openWindow } from './window.ts'

/** The bundle is CommonJS: everything that is built lies beside it. */
const dist = __dirname

let open: OpenWindow | null = null
const currentWindow = () => open?.window ?? null
const errands = new PageErrands(currentWindow)

registerAppScheme()
guardEveryPage()
app.setName('Countersign')
begin()

/** Claims the data directory for this window, or leaves it to the one that has it. */
function begin(): void {
  const asked = askedFor()
  if (asked === null) return
  // Chromium's own files go inside the data directory: one window per data directory, and
  // whoever removes the folder removes everything.
  app.setPath('userData', join(asked.dataDir, 'desktop'))
  if (!app.requestSingleInstanceLock()) {
    console.error('Countersign is already open on this data directory; its window comes forward.')
    app.exit(0)
    return
  }
  app.on('second-instance', (_event, argv) => {
    if (app.isReady()) showWindow()
    openDelivery(deliveryOfArguments(argv))
  })
  // macOS; it comes before `ready` where the link started the program.
  app.on('open-url', (event, link) => {
    event.preventDefault()
    openDelivery(deliveryOfLink(link))
  })
  void runWhenReady(asked)
}

/** `null`: they cannot be used, which has been said. */
function askedFor(): DesktopArguments | null {
  try {
    const asked = readArguments(process.argv.slice(1), process.env)
    return { ...asked, dataDir: prepareDataDir(asked.dataDir) }
  } catch (error) {
    giveUp(error)
    return null
  }
}

async function runWhenReady(asked: DesktopArguments): Promise<void> {
  try {
    await app.whenReady()
    run(asked)
  } catch (error) {
    giveUp(error)
  }
}

/** Says why in the terminal and, where somebody can see it, in a box. */
function giveUp(error: unknown): void {
  const sentence = error instanceof Error ? error.message : String(error)
  if (app.isReady()) console.error(sentence)
  dialog.showErrorBox('Countersign cannot start', sentence)
  app.exit(1)
}

function run(asked: DesktopArguments): void {
  guardSession()
  serveRenderer(join(dist, 'renderer'))
  setAbout(app.getVersion())
  const attention = new Attention({
    pictures: join(dist, 'renderer'),
    window: currentWindow,
    onShow: showWindow,
    onOpen: openDelivery,
  })
  const engine = createEngineProcess(asked, attention)
  const drawMenu = (keys: MenuKeys): void =>
    setMenu({ dataDir: asked.dataDir, keys, ...menuActions })
  drawMenu({})
  answerPage({
    window: currentWindow,
    engine,
    linkHosts: documentationHosts(),
    onPageReady: () => errands.pageReady(),
    onBadge: (badge) => attention.setBadge(badge),
    onNotice: (notice) => attention.notify(notice),
    onZoom: menuActions.onZoom,
    onMenuKeys: drawMenu,
  })
  engine.start()
  // Unpackaged, the program is Electron itself, which is no handler of our links.
  if (app.isPackaged) app.setAsDefaultProtocolClient(LINK_SCHEME, process.execPath, ['--'])
  openDelivery(deliveryOfArguments(process.argv.slice(1)))
  showWindow()
  app.on('activate', showWindow)
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  drainBeforeQuit(engine)
}

const menuActions = {
  onCommand: (id: string): void => {
    showWindow()
    errands.send(channels.command, { id })
  },
  onZoom: (change: ZoomChange): void => open?.zoom.change(change),
}

/** Opens a delivery in the window, as soon as the page listens; `null`: nothing was asked for. */
function openDelivery(deliveryId: number | null): void {
  if (deliveryId === null) return
  if (app.isReady()) showWindow()
  errands.send(channels.openDelivery, { deliveryId })
}

function createEngineProcess(asked: DesktopArguments, attention: Attention): EngineProcess {
  const engine = new EngineProcess({
    entryFile: join(dist, 'engine.cjs'),
    start: { ...asked, version: app.getVersion(), osKeyStorage: hasOsKeyStorage() },
    log: openDesktopLog(asked.dataDir, asked.logging),
    onReady: ({ url, attached }) => {
      const whose = attached ? ' (an engine that was already running)' : ''
      attention.setListening(url === null ? 'Not listening' : `Listening on ${url}`)
      console.log(
        url === null ? 'Not listening; the window says why.' : `Listening on ${url}${whose}`,
      )
    },
    onFailed: (sentence) => void offerRetry(engine, sentence),
  })
  return engine
}

async function offerRetry(engine: EngineProcess, sentence: string): Promise<void> {
  console.error(sentence)
  const { response } = await dialog.showMessageBox({
    type: 'error',
    title: 'Countersign',
    message: 'The engine is not running',
    detail: sentence,
    buttons: ['Try Again', 'Quit'],
    defaultId: 0,
    cancelId: 0,
  })
  if (response === 1) app.quit()
  else engine.retry()
}

function showWindow(): void {
  if (open !== null) {
    focusWindow(open.window)
    return
  }
  open = openWindow({
    preload: join(dist, 'preload.cjs'),
    state: join(app.getPath('userData'), 'window.json'),
  })
  errands.pageLoads()
  open.window.webContents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
    if (isMainFrame && !isSameDocument) errands.pageLoads()
  })
  open.window.once('closed', () => {
    open = null
  })
}

/** Quitting waits until what is under way is stored, and only then goes on. */
function drainBeforeQuit(engine: EngineProcess): void {
  let drained = false
  let draining = false
  const drain = async (): Promise<void> => {
    open?.window.hide()
    await engine.close()
    drained = true
    app.quit()
  }
  app.on('before-quit', (event) => {
    if (drained) return
    event.preventDefault()
    if (draining) return
    draining = true
    void drain()
  })
}
