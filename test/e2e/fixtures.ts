import { test as base, expect, type Browser } from '@playwright/test'
import { startApp, type App } from './app.ts'
import { openBrowserShell } from './browser-shell.ts'
import { openDesktopShell } from './desktop-shell.ts'
import { launchChromium } from './launch-chromium.ts'

export interface ShellOption {
  shell: 'browser' | 'desktop'
}

/** Each test has its own program; it fails when its page met an error, a violation or the network. */
export const test = base.extend<ShellOption & { app: App }, { chrome: () => Promise<Browser> }>({
  shell: ['browser', { option: true }],
  chrome: [
    async ({ playwright }, use) => {
      let browser: Browser | null = null
      await use(async () => (browser ??= await launchChromium(playwright.chromium)))
      await closeIfOpen(browser)
    },
    { scope: 'worker' },
  ],
  app: async ({ shell, chrome }, use, testInfo) => {
    const { app, stop, remove } = await startApp(async (dataDir, watch) =>
      shell === 'desktop'
        ? openDesktopShell(dataDir, watch)
        : openBrowserShell(await chrome(), dataDir, watch),
    )
    try {
      await use(app)
      if (testInfo.status !== testInfo.expectedStatus && !app.page.isClosed()) {
        const body = await app.page.screenshot()
        await testInfo.attach('page', { body, contentType: 'image/png' })
      }
    } finally {
      await stop()
      remove()
    }
    expect(app.watch.problems(), 'errors, violations and requests of the page').toEqual([])
  },
})

async function closeIfOpen(browser: Browser | null): Promise<void> {
  await browser?.close()
}

export { expect, type App }
