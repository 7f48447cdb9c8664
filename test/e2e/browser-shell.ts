import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { createInterface } from 'node:readline'
import type { Browser } from '@playwright/test'
import { z } from 'zod'
import { compiledFolder } from '#test/built/folder.ts'
import type { PageWatch } from './page-watch.ts'
import type { Shell } from './shell.ts'

const launcher = path.join(import.meta.dirname, '../../cli/launcher.cjs')

const Listening = z.object({
  event: z.literal('listening'),
  url: z.string(),
  dataDir: z.string(),
  ui: z.string(),
  api: z.object({ url: z.string(), token: z.string() }),
})
type Listening = z.infer<typeof Listening>

/** `countersign listen` as a process of its own, once it listens. */
export async function spawnListen(
  dataDir: string,
  ports: { capture: number; ui: number } = { capture: 0, ui: 0 },
): Promise<{ child: ChildProcess; pid: number; listening: Listening }> {
  const options = ['--port', String(ports.capture), '--ui-port', String(ports.ui), '--json']
  const child = spawn(process.execPath, [launcher, 'listen', ...options, '--data-dir', dataDir], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // Hundreds of starts compile the same program.
    env: { ...process.env, NODE_COMPILE_CACHE: compiledFolder },
  })
  let complaints = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints += text
    if (process.env['COUNTERSIGN_E2E_LOG']) process.stderr.write(text)
  })
  const lines = createInterface({ input: child.stdout })
  const first = await new Promise<string>((resolve, reject) => {
    lines.once('line', resolve)
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`listen ended with ${code}: ${complaints}`)))
  })
  // Read on, so that it never waits for a full pipe.
  lines.on('line', () => undefined)
  return { child, pid: child.pid ?? 0, listening: Listening.parse(JSON.parse(first)) }
}

/** Ends a process and waits for it; `SIGTERM` drains. */
export async function end(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill(signal)
  await ended
}

/** The browser shell with its page open in Chromium, through the link that it printed. */
export async function openBrowserShell(
  browser: Browser,
  dataDir: string,
  watch: PageWatch,
): Promise<Shell> {
  const { child, pid, listening } = await spawnListen(dataDir)
  const origin = new URL(listening.ui).origin
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    // What moves keeps presses waiting until it stands still; the desktop’s journeys see it move.
    reducedMotion: 'reduce',
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  await watch.follow(context, origin)
  const page = await context.newPage()
  await page.goto(listening.ui)
  return {
    context,
    page,
    electron: null,
    web: { origin, usedLink: listening.ui, pid, api: listening.api },
    close: async () => {
      await context.close()
      await end(child)
    },
  }
}
