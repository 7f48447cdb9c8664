import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'

export type BinaryOutcome = { file: string } | { reason: string }

const FETCH_MS = 20_000

/** Where Electron's own package expects its program (`getPlatformPath` of its install.js). */
function programName(platform: NodeJS.Platform): string {
  if (platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron'
  return platform === 'win32' ? 'electron.exe' : 'electron'
}

/**
 * The Electron program: of `ELECTRON_OVERRIDE_DIST_PATH`, else of the `electron` package, which
 * fetches it on first use: that is given 20 s and then ended. `reason` completes the sentence
 * "The desktop window is not possible: …".
 */
export async function findElectron(
  root: string,
  env: Readonly<Record<string, string | undefined>>,
  onFetch: () => void,
  limitMs = FETCH_MS,
): Promise<BinaryOutcome> {
  const override = env['ELECTRON_OVERRIDE_DIST_PATH']
  if (override) {
    const file = path.join(override, programName(process.platform))
    return existsSync(file) ? { file } : { reason: `there is no Electron in ${override}` }
  }
  const folder = path.join(root, 'node_modules', 'electron')
  if (!existsSync(path.join(folder, 'install.js'))) return { reason: 'Electron is not installed' }
  const ready = fetched(folder)
  if (ready !== null) return { file: ready }
  onFetch()
  const problem = await fetchElectron(folder, limitMs)
  if (problem !== null) return { reason: problem }
  const file = fetched(folder)
  return file === null ? { reason: 'Electron could not be unpacked' } : { file }
}

function fetched(folder: string): string | null {
  const pathFile = path.join(folder, 'path.txt')
  if (!existsSync(pathFile)) return null
  const file = path.join(folder, 'dist', readFileSync(pathFile, 'utf8'))
  return existsSync(file) ? file : null
}

/** Runs the package's own installer; `null` when it worked. */
function fetchElectron(folder: string, limitMs: number): Promise<string | null> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [path.join(folder, 'install.js')], {
      stdio: 'ignore',
      windowsHide: true,
    })
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
      resolve(`Electron could not be fetched within ${limitMs / 1000} s`)
    }, limitMs)
    const finish = (problem: string | null) => {
      clearTimeout(timer)
      resolve(problem)
    }
    child.once('error', (error) => finish(`Electron could not be fetched (${error.message})`))
    child.once('exit', (code) => finish(code === 0 ? null : 'Electron could not be fetched'))
  })
}
