import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

/** Begins without a window: recording, with the tray to open it. */
export const BACKGROUND_SWITCH = '--background'

/** The parts of Electron's app that macOS and Windows keep login items with. */
interface LoginItems {
  getLoginItemSettings(options?: { args?: string[] }): { openAtLogin: boolean }
  setLoginItemSettings(settings: { openAtLogin: boolean; args?: string[] }): void
}

export interface StartAtLogin {
  /** `null`: this copy cannot be started at login. */
  get(): boolean | null
  /** Why it cannot; `null`: it can. */
  readonly sentence: string | null
  set(on: boolean): void
}

export interface LoginOptions {
  platform: NodeJS.Platform
  isPackaged: boolean
  app: LoginItems
  /** The program: the AppImage where it runs from one. */
  program: string
  environment: Readonly<Record<string, string | undefined>>
}

/** Off until the person asks for it. */
export function startAtLogin(options: LoginOptions): StartAtLogin {
  const { platform, isPackaged, app, program, environment } = options
  if (!isPackaged) {
    const sentence = 'This copy runs from its sources and is not started at login.'
    return { get: () => null, sentence, set: () => undefined }
  }
  if (platform === 'linux') return autostart(autostartFile(environment), program)
  // macOS takes no arguments: there the start itself says that it came from the login.
  const args = platform === 'win32' ? { args: [BACKGROUND_SWITCH] } : {}
  return {
    sentence: null,
    get: () => app.getLoginItemSettings(args).openAtLogin,
    set: (on) => app.setLoginItemSettings({ openAtLogin: on, ...args }),
  }
}

/** https://specifications.freedesktop.org/autostart-spec/latest/ */
function autostartFile(environment: LoginOptions['environment']): string {
  const given = environment['XDG_CONFIG_HOME']
  const folder = given?.startsWith('/') ? given : join(environment['HOME'] ?? homedir(), '.config')
  return join(folder, 'autostart', 'countersign.desktop')
}

function autostart(file: string, program: string): StartAtLogin {
  return {
    sentence: null,
    get: () => existsSync(file),
    set: (on) => {
      if (!on) {
        rmSync(file, { force: true })
        return
      }
      mkdirSync(join(file, '..'), { recursive: true, mode: 0o700 })
      writeFileSync(file, desktopEntry(program))
    },
  }
}

function desktopEntry(program: string): string {
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Countersign',
    'Comment=Records webhooks and judges their signatures',
    `Exec=${execArgument(program)} ${BACKGROUND_SWITCH}`,
    'Icon=countersign',
    'Terminal=false',
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n')
}

/**
 * Quoted for `Exec`, whatever is in a path
 * (https://specifications.freedesktop.org/desktop-entry-spec/latest/exec-variables.html): in quotes
 * `"`, backtick, `$` and backslash are escaped; the value is then a string, in which a backslash is
 * two; `%` begins a field code.
 */
export function execArgument(path: string): string {
  const quoted = path.replace(/["`$\\]/g, '\\$&')
  return `"${quoted.replaceAll('\\', '\\\\').replaceAll('%', '%%')}"`
}

export function beginsInBackground(argv: readonly string[]): boolean {
  return argv.includes(BACKGROUND_SWITCH)
}
