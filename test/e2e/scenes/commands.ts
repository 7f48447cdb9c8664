/**
 * The palette, the shortcut sheet and the compact density on the deliveries of the demo, for
 * people to look at:
 *
 *   node test/e2e/scenes/commands.ts   (into test-results/screens)
 */
import { mkdirSync } from 'node:fs'
import { seedDemo } from '#cli/demo/seed.ts'
import { type App, startApp } from '#test/e2e/app.ts'
import { openBrowserShell } from '#test/e2e/browser-shell.ts'
import { launchChromium } from '#test/e2e/launch-chromium.ts'
import { rows } from '#test/e2e/screen.ts'
import { folder, shoot } from './shoot.ts'

async function commands({ page }: App): Promise<void> {
  await rows(page).nth(2).click()
  await page.getByRole('article').waitFor()
  const dialog = page.getByRole('dialog')
  const close = async () => {
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'hidden' })
  }
  await page.keyboard.press('Control+k')
  await dialog.getByRole('option').first().waitFor()
  await shoot(page, 'palette')
  await page.keyboard.type('str')
  await shoot(page, 'palette-found')
  await close()
  await page.keyboard.press('?')
  await dialog.getByText('Replay the delivery').waitFor()
  await shoot(page, 'shortcuts')
  await close()
  await page.keyboard.press('Shift+D')
  await shoot(page, 'compact')
  await page.keyboard.press('Control+,')
  const sections = page.getByRole('navigation', { name: 'Sections of the settings' })
  await sections.getByRole('button', { name: 'Shortcuts' }).click()
  await page.getByText('Reset all').waitFor()
  await page.getByRole('button', { name: 'Add a key for “Go to Verify”' }).click()
  await page.keyboard.press('r')
  await page
    .getByText(/is also the key of/)
    .first()
    .waitFor()
  await shoot(page, 'keymap-editor')
}

async function main(): Promise<void> {
  mkdirSync(folder, { recursive: true })
  const browser = await launchChromium()
  const { app, stop, remove } = await startApp(async (dataDir, watch) => {
    const at = { nowMs: Date.now(), spanMs: 26 * 3_600_000 }
    await seedDemo({ dataDir, version: '0', count: 420, seed: 7, ...at })
    return openBrowserShell(browser, dataDir, watch)
  })
  try {
    await commands(app)
  } finally {
    await stop()
    await browser.close()
    remove()
  }
}

await main()
