import type { CommonOptions, Context } from '#cli/context.ts'
import { hasDisplay, noDesktopReason, noShellReason, openLink, runDesktop } from '#cli/desktop.ts'
import { findElectron } from '#cli/electron-binary.ts'
import { projectRoot } from '#cli/project.ts'
import { listen } from './listen.ts'

export interface AppOptions extends CommonOptions {
  port?: number
  host?: string
  uiPort?: number
  /** Commander's form of --no-sandbox. */
  sandbox: boolean
  /** Whether --data-dir was given; without it the app finds its own. */
  dataDirGiven: boolean
}

/**
 * `countersign app`, and `npm start`: the desktop window where one is possible; else says why in a
 * line and serves the same UI to a browser.
 *
 * @returns the exit code
 */
export async function app(context: Context, options: AppOptions): Promise<number> {
  const outcome = await tryDesktop(context, options)
  if ('exitCode' in outcome) return outcome.exitCode
  context.output.note(
    `The desktop window is not possible: ${outcome.reason}. Serving the UI to a browser instead.`,
  )
  const display = hasDisplay(context.env, process.platform)
  await listen(context, { ...options, ui: true, ...(display ? { onUi: openLink } : {}) })
  return 0
}

async function tryDesktop(
  context: Context,
  options: AppOptions,
): Promise<{ exitCode: number } | { reason: string }> {
  const isRoot = process.getuid?.() === 0
  const root = projectRoot()
  const reason =
    noShellReason(root) ?? noDesktopReason(context.env, process.platform, isRoot, options.sandbox)
  if (reason !== null) return { reason }
  const electron = await findElectron(root, context.env, () =>
    context.output.note('Fetching Electron, 20 s at most …'),
  )
  if ('reason' in electron) return electron
  return runDesktop({
    file: electron.file,
    root,
    switches: options.sandbox ? [] : ['--no-sandbox'],
    args: desktopArguments(options),
    env: context.env,
    stop: context.stopSignal(),
  })
}

function desktopArguments(options: AppOptions): string[] {
  return [
    ...(options.dataDirGiven ? ['--data-dir', options.dataDir] : []),
    ...(options.host === undefined ? [] : ['--host', options.host]),
    ...(options.port === undefined ? [] : ['--port', String(options.port)]),
  ]
}
