import { join } from 'node:path'
import { type BrowserWindow, app, dialog } from 'electron'
import { prepareDataDir } from '#engine/rpc/data-dir.ts'
import { readArguments, type DesktopArguments } from './arguments.ts'
import { answerPage } from './bridge.ts'
import { EngineLog } from './engine-log.ts'
import { EngineProcess } from './engine-process.ts'
import { guardEveryPage, guardSession } from './guards.ts'
import { documentationHosts } from './external-links.ts'
import { setAbout, setMenu } from './menu.ts'
import { hasOsKeyStorage } from './os-key-storage.ts'
import { registerAppScheme, serveRenderer } from './protocol.ts'
import { focusWindow, openWindow } from './window.ts'

/** The bundle is CommonJS: everything that is built lies beside it. */
const dist = __dirname

let window: BrowserWindow | null = null

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
  app.on('second-instance', () => {
    if (window !== null) focusWindow(window)
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
  setMenu(asked.dataDir)
  const engine = createEngineProcess(asked)
  answerPage({ window: () => window, engine, linkHosts: documentationHosts() })
  engine.start()
  showWindow()
  app.on('activate', showWindow)
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  drainBeforeQuit(engine)
}

function createEngineProcess(asked: DesktopArguments): EngineProcess {
  const engine = new EngineProcess({
    entryFile: join(dist, 'engine.cjs'),
    start: { ...asked, version: app.getVersion(), osKeyStorage: hasOsKeyStorage() },
    log: new EngineLog(join(app.getPath('userData'), 'logs', 'engine.log')),
    onReady: ({ url, attached }) => {
      const whose = attached ? ' (an engine that was already running)' : ''
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
  if (window !== null) {
    focusWindow(window)
    return
  }
  window = openWindow({
    preload: join(dist, 'preload.cjs'),
    state: join(app.getPath('userData'), 'window.json'),
  })
  window.once('closed', () => {
    window = null
  })
}

/** Quitting waits until what is under way is stored, and only then goes on. */
function drainBeforeQuit(engine: EngineProcess): void {
  let drained = false
  let draining = false
  const drain = async (): Promise<void> => {
    window?.hide()
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
