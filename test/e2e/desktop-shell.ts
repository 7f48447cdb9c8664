import path from 'node:path'
import { _electron, errors, type ElectronApplication } from '@playwright/test'
import { findElectron } from './find-electron.ts'
import type { PageWatch } from './page-watch.ts'
import type { Shell } from './shell.ts'

const root = path.join(import.meta.dirname, '../..')
const ORIGIN = 'app://countersign'

/** Electron is there in about a second; about one start in five hundred never tells Playwright so. */
const STARTS_WITHIN_MS = 20_000

/** The desktop shell with its window open. */
export async function openDesktopShell(dataDir: string, watch: PageWatch): Promise<Shell> {
  const electron = (await launch(dataDir)) ?? (await launch(dataDir))
  if (electron === null) throw new Error('Electron did not start, twice.')
  if (process.env['COUNTERSIGN_E2E_LOG']) {
    electron.process().stdout?.pipe(process.stdout)
    electron.process().stderr?.pipe(process.stderr)
  }
  const context = electron.context()
  await watch.follow(context, ORIGIN)
  const page = await electron.firstWindow()
  await page.waitForURL((url) => url.href.startsWith(ORIGIN), { waitUntil: 'domcontentloaded' })
  // The first load may have begun before the watch did; the second one is watched from its start.
  if (!(await watch.sawFromTheStart(page))) await page.reload()
  return { context, page, electron, web: null, close: () => quit(electron) }
}

/** `null`: it did not start in time, which is said, and is ended. */
async function launch(dataDir: string): Promise<ElectronApplication | null> {
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  try {
    return await _electron.launch({
      executablePath: findElectron(),
      args: [...asRoot, root, '--data-dir', dataDir, '--port', '0'],
      cwd: root,
      timeout: STARTS_WITHIN_MS,
    })
  } catch (error) {
    if (!(error instanceof errors.TimeoutError)) throw error
    console.warn(`Electron did not start within ${STARTS_WITHIN_MS / 1000} s on ${dataDir}.`)
    return null
  }
}

async function quit(electron: ElectronApplication): Promise<void> {
  const child = electron.process()
  const tooLong = setTimeout(() => child.kill('SIGKILL'), 20_000)
  await electron.close()
  clearTimeout(tooLong)
}
