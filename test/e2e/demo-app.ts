import type { Browser } from '@playwright/test'
import { seedDemo } from '#cli/demo/seed.ts'
import { type App, startApp } from './app.ts'
import { openBrowserShell } from './browser-shell.ts'
import { openDesktopShell } from './desktop-shell.ts'
import type { ShellOption } from './fixtures.ts'

/** Runs a test on a program that holds the deliveries of the demo, as of now. */
export async function withDemo(
  shell: ShellOption['shell'],
  chrome: () => Promise<Browser>,
  use: (app: App) => Promise<void>,
  count = 420,
): Promise<void> {
  const { app, stop, remove } = await startApp(async (dataDir, watch) => {
    const at = { nowMs: Date.now(), spanMs: 26 * 3_600_000 }
    await seedDemo({ dataDir, version: '0', count, seed: 7, ...at })
    return shell === 'desktop'
      ? openDesktopShell(dataDir, watch)
      : openBrowserShell(await chrome(), dataDir, watch)
  })
  try {
    await use(app)
  } finally {
    await stop()
    remove()
  }
}
