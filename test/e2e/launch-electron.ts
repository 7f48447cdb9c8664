import path from 'node:path'
import { _electron, errors, type ElectronApplication } from '@playwright/test'
import { findElectron } from './find-electron.ts'

const root = path.join(import.meta.dirname, '../..')
const holdReady = path.join(import.meta.dirname, 'hold-ready.cjs')

/** Electron is there in about a second, also where much else goes on. */
const STARTS_WITHIN_MS = 20_000

export interface ElectronStart {
  dataDir: string
  /** Chromium's own, such as `--password-store=basic`. */
  switches?: readonly string[]
  /** Besides those of the test itself. */
  env?: Readonly<Record<string, string>>
}

/**
 * Electron with the program loaded and connected to Playwright, but without a window until
 * `beginApp` is called. A start that Playwright does not hear of in time is ended, told with all
 * that was seen of it, and made once more.
 */
export async function launchElectron(start: ElectronStart): Promise<ElectronApplication> {
  const electron = (await launch(start)) ?? (await launch(start))
  if (electron === null) throw new Error('Electron did not start, twice.')
  return electron
}

/** Lets the program go on: it opens its window. */
export async function beginApp(electron: ElectronApplication): Promise<void> {
  await electron.evaluate(async () => {
    const begin: unknown = Reflect.get(globalThis, 'beginApp')
    if (typeof begin !== 'function') throw new Error('hold-ready.cjs was not loaded.')
    await begin()
  })
}

/** `null`: it did not start in time. */
async function launch({ dataDir, switches = [], env }: ElectronStart) {
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const own = ['-r', holdReady, ...asRoot, ...switches]
  try {
    return await _electron.launch({
      executablePath: findElectron(),
      args: [...own, root, '--data-dir', dataDir, '--port', '0'],
      cwd: root,
      timeout: STARTS_WITHIN_MS,
      ...(env && { env: { ...inherited(), ...env } }),
    })
  } catch (error) {
    if (!(error instanceof errors.TimeoutError)) throw error
    console.warn(`Electron did not start within ${STARTS_WITHIN_MS / 1000} s on ${dataDir}.`)
    console.warn(error.message)
    return null
  }
}

function inherited(): Record<string, string> {
  const all = Object.entries(process.env)
  return Object.fromEntries(
    all.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
  )
}

/** Ends it as a person would; after a while without asking. */
export async function quit(electron: ElectronApplication): Promise<void> {
  const child = electron.process()
  const tooLong = setTimeout(() => child.kill('SIGKILL'), 20_000)
  await electron.close()
  clearTimeout(tooLong)
}
