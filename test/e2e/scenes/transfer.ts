/**
 * Exporting and importing, for people to look at:
 *
 *   node test/e2e/scenes/transfer.ts   (into test-results/screens)
 */
import { mkdirSync } from 'node:fs'
import { type App, startApp } from '#test/e2e/app.ts'
import { openBrowserShell } from '#test/e2e/browser-shell.ts'
import { fill } from '#test/e2e/ground.ts'
import { launchChromium } from '#test/e2e/launch-chromium.ts'
import { open } from '#test/e2e/screen.ts'
import { folder, shoot } from './shoot.ts'

async function exporting({ page }: App): Promise<void> {
  await open(page, '/stripe', 'valid')
  await page.keyboard.press('Shift+E')
  const dialog = page.getByRole('dialog', { name: 'Export 1 delivery' })
  await dialog.locator('pre').getByText('countersign-ndjson').waitFor()
  await shoot(page, 'export')
  await dialog.getByText('Redact before it leaves').click()
  await dialog.getByRole('button', { name: 'Mask $.id', exact: true }).click()
  await page.evaluate(() => Reflect.set(window, 'showSaveFilePicker', undefined))
  await dialog.getByRole('button', { name: 'Save', exact: true }).click()
  await dialog.getByText('1 delivery exported').waitFor()
  await shoot(page, 'export-redacted')
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'hidden' })
  await page.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: 'Copy as', exact: true }).hover()
  await page.getByRole('menuitem', { name: 'cURL for cmd' }).waitFor()
  await shoot(page, 'copy-as')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
}

async function importing({ page }: App): Promise<void> {
  await page.keyboard.press('Shift+I')
  const dialog = page.getByRole('dialog', { name: 'Import deliveries' })
  await dialog.waitFor()
  await shoot(page, 'import')
  const chooser = page.waitForEvent('filechooser')
  await dialog.getByRole('button', { name: 'Choose files' }).click()
  const message = 'POST /from-a-file HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}'
  await (
    await chooser
  ).setFiles([
    { name: 'one.http', mimeType: 'text/plain', buffer: Buffer.from(message) },
    { name: 'picture.png', mimeType: 'image/png', buffer: Buffer.from('\x89PNG') },
  ])
  await dialog.getByText('none of the formats').waitFor()
  await shoot(page, 'import-done')
  await page.keyboard.press('Escape')
}

mkdirSync(folder, { recursive: true })
const { chromium } = await import('@playwright/test')
const browser = await launchChromium(chromium)
const { app, stop, remove } = await startApp(async (dataDir, watch) =>
  openBrowserShell(browser, dataDir, watch),
)
try {
  await fill(app)
  await exporting(app)
  await importing(app)
} finally {
  await stop()
  remove()
  await browser.close()
}
