import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test as base, chromium, expect, type Browser, type Page } from '@playwright/test'
import type { ApiClient } from '#contract/client.ts'
import { connectControlSocket, type ControlConnection } from '#engine/rpc/control-client.ts'
import { openBrowserShell } from './browser-shell.ts'
import { openDesktopShell } from './desktop-shell.ts'
import { findChromium } from './find-chromium.ts'
import { type PageWatch, watchPages } from './page-watch.ts'
import type { Shell } from './shell.ts'

export interface ShellOption {
  shell: 'browser' | 'desktop'
}

/** The program under test: its own data directory, its own ports, its page. */
export interface App {
  readonly dataDir: string
  /** Where senders post to. */
  readonly captureUrl: string
  readonly page: Page
  readonly shell: Shell
  readonly watch: PageWatch
  /** The contract, over the control socket: to lay ground that a test is not about. */
  readonly engine: ApiClient
  /** Ends the program and starts it on the same data directory; the page and the URL are new. */
  restart(): Promise<void>
}

/** Nothing of Chromium's own may look for the network, and no name but loopback's resolves. */
const CHROMIUM_SWITCHES = [
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
]

function launchChromium(): Promise<Browser> {
  const executablePath = process.env['COUNTERSIGN_E2E_CHROMIUM'] ?? findChromium()
  if (executablePath === null) throw new Error('Run the suite with node test/e2e/run.ts browser.')
  return chromium.launch({
    executablePath,
    args: CHROMIUM_SWITCHES,
    chromiumSandbox: process.platform === 'linux' && process.getuid?.() !== 0,
  })
}

/** The engine of a data directory, once it answers. */
async function controlOf(dataDir: string): Promise<ControlConnection> {
  for (let attempt = 0; attempt < 150; attempt += 1) {
    const connection = await connectControlSocket(dataDir)
    if (connection !== null) return connection
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('No engine answered on the control socket within 15 s.')
}

async function startApp(open: (dataDir: string, watch: PageWatch) => Promise<Shell>) {
  const dataDir = realpathSync(mkdtempSync(path.join(tmpdir(), 'countersign-e2e-')))
  const watch = watchPages()
  const start = async () => {
    const shell = await open(dataDir, watch)
    const control = await controlOf(dataDir)
    const { listening } = await control.client.status.get()
    if (listening === null) throw new Error('The engine does not listen.')
    return { shell, control, captureUrl: listening.url }
  }
  let running = await start()
  const stop = async () => {
    running.control.close()
    await running.shell.close()
  }
  const app: App = {
    dataDir,
    watch,
    get captureUrl() {
      return running.captureUrl
    },
    get page() {
      return running.shell.page
    },
    get shell() {
      return running.shell
    },
    get engine() {
      return running.control.client
    },
    restart: async () => {
      await stop()
      running = await start()
    },
  }
  const remove = () => rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 })
  return { app, stop, remove }
}

export const test = base.extend<ShellOption & { app: App }, { chrome: () => Promise<Browser> }>({
  shell: ['browser', { option: true }],
  chrome: [
    async ({ browserName: _ }, use) => {
      let browser: Browser | null = null
      await use(async () => (browser ??= await launchChromium()))
      await closeIfOpen(browser)
    },
    { scope: 'worker' },
  ],
  app: async ({ shell, chrome }, use, testInfo) => {
    const { app, stop, remove } = await startApp(async (dataDir, watch) =>
      shell === 'desktop'
        ? openDesktopShell(dataDir, watch)
        : openBrowserShell(await chrome(), dataDir, watch),
    )
    try {
      await use(app)
      if (testInfo.status !== testInfo.expectedStatus && !app.page.isClosed()) {
        const body = await app.page.screenshot()
        await testInfo.attach('page', { body, contentType: 'image/png' })
      }
    } finally {
      await stop()
      remove()
    }
    expect(app.watch.problems(), 'errors, violations and requests of the page').toEqual([])
  },
})

async function closeIfOpen(browser: Browser | null): Promise<void> {
  await browser?.close()
}

export { expect }
