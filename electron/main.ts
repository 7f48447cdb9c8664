import { join } from 'node:path'
import { app, dialog } from 'electron'
import { prepareDataDir } from '#engine/rpc/data-dir.ts'
import { readArguments, type DesktopArguments } from './arguments.ts'
import { warnOfNoSandbox } from './boxes.ts'
import { deliveryOfArguments, deliveryOfLink } from './deep-link.ts'
import { Desktop } from './desktop.ts'
import { guardEveryPage, guardSession } from './guards.ts'
import { filesOfArguments, isOpenedFile } from './opened-files.ts'
import { registerAppScheme, serveRenderer } from './protocol.ts'
import { sandboxNotice } from './sandbox-notice.ts'
import { beginsInBackground } from './start-at-login.ts'

/** The bundle is CommonJS: everything that is built lies beside it. */
const dist = __dirname

let desktop: Desktop | null = null
/** What the OS hands over; before there is a desktop it waits. */
const handed: { deliveryId: number | null; files: string[] } = { deliveryId: null, files: [] }

registerAppScheme()
guardEveryPage()
app.setName('Countersign')
begin()

/** Claims the data directory for this window, or leaves it to the one that has it. */
function begin(): void {
  const asked = askedFor()
  if (asked === null) return
  // Chromium's own files go inside the data directory: one window per data directory, and
  // whoever removes the folder removes everything.
  app.setPath('userData', join(asked.dataDir, 'desktop'))
  if (!app.requestSingleInstanceLock()) {
    console.error('Countersign is already open on this data directory; its window comes forward.')
    app.exit(0)
    return
  }
  take(process.argv.slice(1), process.cwd())
  app.on('second-instance', (_event, argv, folder) => {
    if (!beginsInBackground(argv)) desktop?.show()
    // The first is the program itself.
    take(argv.slice(1), folder)
  })
  // macOS; they come before `ready` where the link or the file started the program.
  app.on('open-url', (event, link) => {
    event.preventDefault()
    handed.deliveryId = deliveryOfLink(link)
    handOver()
  })
  app.on('open-file', (event, file) => {
    event.preventDefault()
    if (isOpenedFile(file)) handed.files.push(file)
    handOver()
  })
  void runWhenReady(asked)
}

/** `null`: they cannot be used, which has been said. */
function askedFor(): DesktopArguments | null {
  try {
    const asked = readArguments(process.argv.slice(1), process.env)
    return { ...asked, dataDir: prepareDataDir(asked.dataDir) }
  } catch (error) {
    giveUp(error)
    return null
  }
}

function take(argv: readonly string[], folder: string): void {
  handed.deliveryId = deliveryOfArguments(argv) ?? handed.deliveryId
  handed.files.push(...filesOfArguments(argv, folder))
  handOver()
}

function handOver(): void {
  if (desktop === null) return
  desktop.openDelivery(handed.deliveryId)
  handed.deliveryId = null
  desktop.openFiles(handed.files.splice(0))
}

async function runWhenReady(asked: DesktopArguments): Promise<void> {
  try {
    await app.whenReady()
    if (await goesOnWithoutSandbox()) run(asked)
    else app.exit(1)
  } catch (error) {
    giveUp(error)
  }
}

/** Whether there is a sandbox, or the person knows that there is none and goes on. */
async function goesOnWithoutSandbox(): Promise<boolean> {
  const notice = sandboxNotice({
    hasNoSandbox: app.commandLine.hasSwitch('no-sandbox'),
    isRoot: process.getuid?.() === 0,
    appImage: process.env['APPIMAGE'] ?? null,
    proc: '/proc',
  })
  return notice === null || warnOfNoSandbox(notice)
}

/** Says why in the terminal and, where somebody can see it, in a box. */
function giveUp(error: unknown): void {
  const sentence = error instanceof Error ? error.message : String(error)
  if (app.isReady()) console.error(sentence)
  dialog.showErrorBox('Countersign cannot start', sentence)
  app.exit(1)
}

function run(asked: DesktopArguments): void {
  guardSession()
  serveRenderer(join(dist, 'renderer'))
  desktop = new Desktop(asked, dist)
  desktop.run(beginsInBackground(process.argv) || wasOpenedAtLogin())
  handOver()
}

/** macOS alone says so; what it starts at login opens no window. */
function wasOpenedAtLogin(): boolean {
  return process.platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin
}
