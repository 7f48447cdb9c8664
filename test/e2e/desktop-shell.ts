import path from 'node:path'
import { _electron, type ElectronApplication } from '@playwright/test'
import { findElectron } from './find-electron.ts'
import type { PageWatch } from './page-watch.ts'
import type { Shell } from './shell.ts'

const root = path.join(import.meta.dirname, '../..')
const ORIGIN = 'app://countersign'

/** The desktop shell with its window open. */
export async function openDesktopShell(dataDir: string, watch: PageWatch): Promise<Shell> {
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const electron = await _electron.launch({
    executablePath: findElectron(),
    args: [...asRoot, root, '--data-dir', dataDir, '--port', '0'],
    cwd: root,
  })
  if (process.env['COUNTERSIGN_E2E_LOG']) {
    electron.process().stdout?.pipe(process.stdout)
    electron.process().stderr?.pipe(process.stderr)
  }
  const context = electron.context()
  await watch.follow(context, ORIGIN)
  const page = await electron.firstWindow()
  // The first load may have begun before the watch did; this one is watched from its start.
  await page.reload()
  return { context, page, electron, web: null, close: () => quit(electron) }
}

async function quit(electron: ElectronApplication): Promise<void> {
  const child = electron.process()
  const tooLong = setTimeout(() => child.kill('SIGKILL'), 20_000)
  await electron.close()
  clearTimeout(tooLong)
}
