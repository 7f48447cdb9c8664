import { join } from 'node:path'
import { Notification, app, clipboard } from 'electron'
import { channels } from './channels.ts'
import type { DesktopArguments } from './arguments.ts'
import { AppSettings } from './app-settings.ts'
import { Attention } from './attention.ts'
import { answerPage } from './bridge.ts'
import { LINK_SCHEME } from './deep-link.ts'
import { type DesktopLog, openDesktopLog } from './desktop-log.ts'
import { Diagnostics } from './diagnostics.ts'
import { openDocs } from './docs.ts'
import { EngineLink } from './engine-link.ts'
import { EngineProcess } from './engine-process.ts'
import { documentationHosts } from './external-links.ts'
import { FileOpener } from './file-opener.ts'
import { setMenu } from './menu.ts'
import { hasOsKeyStorage } from './os-key-storage.ts'
import { PageErrands } from './page-errands.ts'
import type { MenuKeys, ZoomChange } from './page-messages.ts'
import { Preferences } from './preferences.ts'
import { Recovery } from './recovery.ts'
import { startAtLogin } from './start-at-login.ts'
import type { TrayAction } from './tray-menu.ts'
import { downloadHost, openUpdates } from './updates/open-updates.ts'
import type { Updates } from './updates/updates.ts'
import { type OpenWindow, focusWindow, openWindow } from './window.ts'

/** The desktop shell: one window, one engine, the tray, and what lies between them. */
export class Desktop {
  readonly #asked: DesktopArguments
  /** Everything that is built lies in one folder. */
  readonly #dist: string
  readonly #log: DesktopLog
  readonly #errands = new PageErrands(() => this.#open?.window ?? null)
  readonly #preferences: Preferences
  readonly #attention: Attention
  readonly #link: EngineLink
  readonly #engine: EngineProcess
  readonly #updates: Updates
  readonly #settings: AppSettings
  readonly #diagnostics: Diagnostics
  readonly #recovery: Recovery
  readonly #files: FileOpener
  #open: OpenWindow | null = null
  #quitting = false

  /** After `ready`. */
  constructor(asked: DesktopArguments, dist: string) {
    this.#asked = asked
    this.#dist = dist
    const { dataDir } = asked
    this.#log = openDesktopLog(dataDir, asked.logging)
    const preferences = join(app.getPath('userData'), 'preferences.json')
    this.#preferences = new Preferences(preferences, process.platform)
    this.#attention = new Attention({
      pictures: join(dist, 'renderer'),
      window: () => this.#open?.window ?? null,
      onOpen: (deliveryId) => this.openDelivery(deliveryId),
      onAction: (action) => this.#act(action),
    })
    this.#link = new EngineLink({
      dataDir,
      onStatus: () => this.#statusChanged(),
      log: (sentence) => this.#log.warn('engine-link', { sentence }),
    })
    this.#diagnostics = new Diagnostics({ dataDir, client: () => this.#link.client })
    this.#recovery = new Recovery(this.#diagnostics)
    this.#files = new FileOpener({
      client: () => this.#link.client,
      onImported: (outcome) => this.#errands.send(channels.imported, outcome),
    })
    this.#engine = this.#createEngine()
    this.#updates = openUpdates({
      isQuiet: () => this.#link.isQuiet(),
      beforeInstall: () => this.#giveWay(),
      onInstallFailed: () => this.#goOn(),
      onChange: () => this.#settings.tell(),
      log: (level, sentence) => this.#log[level]('update', { sentence }),
    })
    this.#settings = this.#createSettings()
  }

  /** @param hidden without showing the window: the person asked for the background */
  run(hidden: boolean): void {
    const drawMenu = (keys: MenuKeys): void =>
      setMenu({
        dataDir: this.#asked.dataDir,
        keys,
        running: this.#diagnostics.running,
        onCommand: (id) => this.#command(id),
        onZoom: (change) => this.#open?.zoom.change(change),
        onCopyDiagnostics: () => void this.#diagnostics.copy(),
      })
    drawMenu({})
    this.#answerPage(drawMenu)
    this.#engine.start()
    this.#updates.allow(this.#preferences.get().updates)
    // Unpackaged, the program is Electron itself, which is no handler of our links.
    if (app.isPackaged) app.setAsDefaultProtocolClient(LINK_SCHEME, process.execPath, ['--'])
    this.show(hidden)
    app.on('activate', () => this.show())
    app.on('window-all-closed', () => {
      if (process.platform !== 'darwin') app.quit()
    })
    this.#drainBeforeQuit()
  }

  show(hidden = false): void {
    if (this.#open !== null) {
      if (!hidden) focusWindow(this.#open.window)
      return
    }
    const open = openWindow({
      preload: join(this.#dist, 'preload.cjs'),
      state: join(app.getPath('userData'), 'window.json'),
      hidden,
      onClose: (event) => this.#closes(event),
      onPageGone: (reason, comesBack) =>
        void this.#recovery.pageStopped(reason, comesBack, () =>
          this.#open?.window.webContents.reload(),
        ),
    })
    this.#open = open
    this.#errands.pageLoads()
    open.window.webContents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
      if (isMainFrame && !isSameDocument) this.#errands.pageLoads()
    })
    open.window.once('closed', () => {
      this.#open = null
    })
  }

  /** Opens a delivery in the window, as soon as the page listens; `null`: nothing was asked for. */
  openDelivery(deliveryId: number | null): void {
    if (deliveryId === null) return
    this.show()
    this.#errands.send(channels.openDelivery, { deliveryId })
  }

  /** Imports files that the OS hands over, as soon as the engine answers. */
  openFiles(files: readonly string[]): void {
    if (files.length === 0) return
    this.show()
    this.#files.open(files)
  }

  #createEngine(): EngineProcess {
    const { dataDir, listen, logging } = this.#asked
    return new EngineProcess({
      entryFile: join(this.#dist, 'engine.cjs'),
      start: {
        ...{ dataDir, listen, logging },
        version: app.getVersion(),
        osKeyStorage: hasOsKeyStorage(),
      },
      log: this.#log,
      onReady: ({ url, attached }) => {
        const whose = attached ? ' (an engine that was already running)' : ''
        console.log(
          url === null ? 'Not listening; the window says why.' : `Listening on ${url}${whose}`,
        )
        void this.#link.connect()
      },
      onCrash: (code) => this.#recovery.engineStopped(code),
      onFailed: (sentence) =>
        void this.#recovery.engineFailed(sentence, () => this.#engine.retry()),
    })
  }

  #createSettings(): AppSettings {
    return new AppSettings({
      preferences: this.#preferences,
      login: startAtLogin({
        platform: process.platform,
        isPackaged: app.isPackaged,
        app,
        program: process.env['APPIMAGE'] ?? process.execPath,
        environment: process.env,
      }),
      updates: this.#updates,
      onChange: (state) => this.#open?.window.webContents.send(channels.appChanged, { state }),
      onProblem: (sentence) => console.error(sentence),
    })
  }

  #answerPage(drawMenu: (keys: MenuKeys) => void): void {
    const host = downloadHost()
    answerPage({
      window: () => this.#open?.window ?? null,
      engine: this.#engine,
      linkHosts: new Set([...documentationHosts(), ...(host === null ? [] : [host])]),
      onPageReady: () => this.#errands.pageReady(),
      onBadge: (badge) => this.#attention.setBadge(badge),
      onNotice: (notice) => this.#attention.notify(notice),
      onZoom: (change: ZoomChange) => this.#open?.zoom.change(change),
      onMenuKeys: drawMenu,
      appState: () => this.#settings.state(),
      onAppChange: (change) => this.#settings.change(change),
      onUpdateStep: (step) => this.#settings.step(step),
      onOpenDocs: () => void openDocs(this.#dist),
    })
  }

  #command(id: string): void {
    this.show()
    this.#errands.send(channels.command, { id })
  }

  #act(action: TrayAction): void {
    const { client, status } = this.#link
    if (action === 'show') this.show()
    else if (action === 'copy-url') void clipboard.writeText(status?.listening?.url ?? '')
    else if (client !== null) void this.#turnListener(action === 'pause')
  }

  async #turnListener(pause: boolean): Promise<void> {
    try {
      const listener = this.#link.client?.listener
      await (pause ? listener?.pause({}) : listener?.resume({}))
    } catch (error) {
      // Such as a port that somebody else has by now: only told where somebody can see it.
      const body = error instanceof Error ? error.message : String(error)
      this.#attention.notify({ title: 'Countersign', body, deliveryId: null })
    }
  }

  #statusChanged(): void {
    const { status } = this.#link
    this.#attention.setListener({
      url: status?.listening?.url ?? null,
      paused: status?.paused ?? false,
      reachable: status !== null,
    })
    if (status !== null) this.#files.engineIsThere()
  }

  /** Closing the window ends Countersign, unless the person chose that it goes on recording. */
  #closes(event: { preventDefault(): void }): void {
    const { keepRunning, saidKeepsRunning } = this.#preferences.get()
    if (this.#quitting || !keepRunning) return
    event.preventDefault()
    this.#open?.window.hide()
    if (saidKeepsRunning || process.platform === 'darwin' || !Notification.isSupported()) return
    this.#preferences.set({ saidKeepsRunning: true })
    this.#attention.notify({
      title: 'Countersign goes on recording',
      body: 'Open it again, or quit it, from its icon in the tray. Settings, App has the switch.',
      deliveryId: null,
    })
  }

  /** The new version must find nobody on this data directory. */
  async #giveWay(): Promise<void> {
    this.#quitting = true
    await this.#engine.close()
    app.releaseSingleInstanceLock()
  }

  #goOn(): void {
    this.#quitting = false
    app.requestSingleInstanceLock()
    this.#engine.reopen()
  }

  /** Quitting waits until what is under way is stored, and only then goes on. */
  #drainBeforeQuit(): void {
    let drained = false
    let draining = false
    const drain = async (): Promise<void> => {
      this.#open?.window.hide()
      this.#updates.stop()
      await this.#engine.close()
      drained = true
      app.quit()
    }
    app.on('before-quit', (event) => {
      this.#quitting = true
      if (drained) return
      event.preventDefault()
      if (draining) return
      draining = true
      void drain()
    })
  }
}
