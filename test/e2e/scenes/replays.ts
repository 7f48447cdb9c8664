/**
 * Replaying, one and many, for people to look at:
 *
 *   node test/e2e/scenes/replays.ts   (into test-results/screens)
 */
import { mkdirSync } from 'node:fs'
import { type App, startApp } from '#test/e2e/app.ts'
import { openBrowserShell } from '#test/e2e/browser-shell.ts'
import { fill } from '#test/e2e/ground.ts'
import { launchChromium } from '#test/e2e/launch-chromium.ts'
import { choose, open } from '#test/e2e/screen.ts'
import { folder, shoot } from './shoot.ts'

/** The dialog: fresh, edited, with changes shown, and answered. */
async function dialog({ page }: App): Promise<void> {
  await open(page, '/stripe', 'valid')
  await page.keyboard.press('r')
  const replay = page.getByRole('dialog', { name: /^Replay / })
  await replay.getByTestId('goes-out').waitFor()
  await shoot(page, 'replay')
  await choose(replay, 'Timestamp', 'Shifted')
  await replay.getByRole('textbox', { name: 'Value of Stripe-Signature' }).fill('t=1,v1=abc')
  await replay.getByRole('button', { name: /^Remove Connection/ }).click()
  await replay.getByRole('button', { name: 'Add header' }).click()
  await page.keyboard.type('X-Mine')
  await replay.getByRole('tab', { name: 'Body' }).click()
  const body = replay.getByRole('textbox', { name: 'Body to send' })
  await body.click()
  await page.keyboard.press('Control+End')
  await page.keyboard.type(',')
  await replay.getByText(/No JSON from line/).waitFor()
  await shoot(page, 'replay-body')
  await choose(replay, 'Edit the body as', 'Changes')
  await replay.locator('.cm-mergeView').waitFor()
  await shoot(page, 'replay-changes')
  await replay.getByRole('tab', { name: /^Request/ }).click()
  await shoot(page, 'replay-edited')
  await page.keyboard.press('Control+Enter')
  await replay.getByRole('heading', { name: 'Answered now' }).waitFor()
  await shoot(page, 'replay-answered')
  await page.keyboard.press('Escape')
}

mkdirSync(folder, { recursive: true })
const browser = await launchChromium()
const { app, stop, remove } = await startApp((dataDir, watch) =>
  openBrowserShell(browser, dataDir, watch),
)
try {
  await fill(app)
  await dialog(app)
} finally {
  await stop()
  await browser.close()
  remove()
}
