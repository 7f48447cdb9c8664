import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Page } from '@playwright/test'
import type { ApiClient } from '#contract/client.ts'
import { connectControlSocket, type ControlConnection } from '#engine/rpc/control-client.ts'
import { type PageWatch, watchPages } from './page-watch.ts'
import type { Shell } from './shell.ts'

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

/** The engine of a data directory, once it answers. */
export async function controlOf(dataDir: string): Promise<ControlConnection> {
  for (let attempt = 0; attempt < 150; attempt += 1) {
    const connection = await connectControlSocket(dataDir)
    if (connection !== null) return connection
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('No engine answered on the control socket within 15 s.')
}

export interface StartedApp {
  app: App
  stop: () => Promise<void>
  /** Deletes the data directory. */
  remove: () => void
}

/** Starts the program on a data directory of its own. */
export async function startApp(
  open: (dataDir: string, watch: PageWatch) => Promise<Shell>,
): Promise<StartedApp> {
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
