import { existsSync } from 'node:fs'
import path from 'node:path'

const folder = path.join(import.meta.dirname, '../../node_modules/electron/dist')

/** The program inside an Electron distribution, by platform. */
function programIn(dist: string): string {
  if (process.platform === 'win32') return path.join(dist, 'electron.exe')
  if (process.platform === 'darwin') return path.join(dist, 'Electron.app/Contents/MacOS/Electron')
  return path.join(dist, 'electron')
}

/**
 * The Electron to test: that of `ELECTRON_OVERRIDE_DIST_PATH`, else the `electron` package's own.
 * Nothing is downloaded.
 *
 * @throws Error whose message names the fix
 */
export function findElectron(): string {
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH']
  const program = programIn(override ?? folder)
  if (existsSync(program)) return program
  throw new Error(
    override === undefined
      ? 'There is no Electron binary. Run “npx install-electron”, or set ELECTRON_OVERRIDE_DIST_PATH to the folder of one.'
      : `There is no ${program}. Set ELECTRON_OVERRIDE_DIST_PATH to the folder of an Electron.`,
  )
}
