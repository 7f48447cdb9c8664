import { beginApp, launchElectron, quit } from './launch-electron.ts'
import type { PageWatch } from './page-watch.ts'
import type { Shell } from './shell.ts'

const ORIGIN = 'app://countersign'

/** The desktop shell with its window open. */
export async function openDesktopShell(dataDir: string, watch: PageWatch): Promise<Shell> {
  const electron = await launchElectron({ dataDir })
  if (process.env['COUNTERSIGN_E2E_LOG']) {
    electron.process().stdout?.pipe(process.stdout)
    electron.process().stderr?.pipe(process.stderr)
  }
  const context = electron.context()
  await watch.follow(context, ORIGIN)
  const opened = electron.firstWindow()
  await beginApp(electron)
  const page = await opened
  await page.waitForURL((url) => url.href.startsWith(ORIGIN), { waitUntil: 'domcontentloaded' })
  if (!(await watch.sawFromTheStart(page))) throw new Error('The page began before its watch did.')
  return { context, page, electron, web: null, close: () => quit(electron) }
}
