import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'

export type DesktopOutcome = { exitCode: number } | { reason: string }

/** An end within this time with a failure means that Electron could not start here at all. */
const AT_ONCE_MS = 10_000

export interface DesktopOptions {
  file: string
  root: string
  /** Passed on to Electron before and to the app after the project folder. */
  switches: readonly string[]
  args: readonly string[]
  env: Readonly<Record<string, string | undefined>>
  stop: AbortSignal
}

/** Runs the desktop app and waits for its end; `reason` when it failed at once. */
export function runDesktop(options: DesktopOptions): Promise<DesktopOutcome> {
  const startedAt = performance.now()
  const { ELECTRON_RUN_AS_NODE: _, ...env } = options.env
  return new Promise((resolve) => {
    const child = spawn(options.file, [...options.switches, options.root, ...options.args], {
      stdio: 'inherit',
      env,
    })
    const stop = () => child.kill('SIGTERM')
    options.stop.addEventListener('abort', stop)
    const finish = (outcome: DesktopOutcome) => {
      options.stop.removeEventListener('abort', stop)
      resolve(outcome)
    }
    child.once('error', (error) => finish({ reason: `Electron does not start (${error.message})` }))
    child.once('exit', (code, signal) => {
      const failed = code !== 0 && !options.stop.aborted
      if (failed && performance.now() - startedAt < AT_ONCE_MS) {
        finish({ reason: `Electron ended at once (${code === null ? signal : `code ${code}`})` })
      } else finish({ exitCode: options.stop.aborted ? 0 : (code ?? 1) })
    })
  })
}

/** Whether there is a screen to open a window on. */
export function hasDisplay(
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
): boolean {
  if (platform === 'win32' || platform === 'darwin') return true
  return Boolean(env['DISPLAY'] ?? '') || Boolean(env['WAYLAND_DISPLAY'] ?? '')
}

/**
 * Why there cannot be a desktop window, as far as that can be told without Electron; `null`: there
 * may be one. Chromium refuses to run as root with its sandbox.
 */
export function noDesktopReason(
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
  isRoot: boolean,
  sandbox: boolean,
): string | null {
  if (!hasDisplay(env, platform)) return 'there is no display'
  if (platform === 'linux' && isRoot && sandbox) {
    return 'Electron does not run as root (--no-sandbox would allow it)'
  }
  return null
}

/**
 * Why what lies in this folder has no desktop window; `null`: it is a checkout, which has one. The
 * npm package brings the command and the UI alone.
 */
export function noShellReason(root: string): string | null {
  if (existsSync(path.join(root, 'electron'))) return null
  return 'the npm package brings none; the installers do'
}

/** Opens a link in the person's browser, without a shell. Whether that worked is not known. */
export function openLink(link: string, platform: NodeJS.Platform = process.platform): void {
  const [command, ...args] =
    platform === 'darwin'
      ? ['open']
      : platform === 'win32'
        ? ['rundll32', 'url.dll,FileProtocolHandler']
        : ['xdg-open']
  if (command === undefined) return
  const child = spawn(command, [...args, link], { stdio: 'ignore', detached: true })
  // Nothing is lost without it: the link is printed as well.
  child.once('error', () => undefined)
  child.unref()
}
