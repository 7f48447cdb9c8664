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
import { rawReceiver } from '#test/e2e/raw-receiver.ts'
import { choose, list, open, turnTo } from '#test/e2e/screen.ts'
import { folder, shoot } from './shoot.ts'

/** The dialog: fresh, edited, with changes shown, and answered. */
async function editing({ page }: App): Promise<void> {
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
  await replay.getByLabel('Send to').fill('https://receiver.invalid/hook')
  await page.keyboard.press('Control+Enter')
  await page.getByRole('alertdialog').waitFor()
  await shoot(page, 'allow-host')
  await page.keyboard.press('Escape')
  await page.getByRole('alertdialog').waitFor({ state: 'hidden' })
  await page.keyboard.press('Escape')
  await replay.waitFor({ state: 'hidden' })
  const panel = await turnTo(page, 'Response')
  await panel
    .getByRole('button', { name: /200 OK/ })
    .first()
    .click()
  await shoot(page, 'replays-tab')
}

/** Many at once: the dialog, while they go out, and what came of them. */
async function bulk({ page }: App): Promise<void> {
  const receiver = await rawReceiver((at) => [200, 200, 500, 200, 404][at % 5] ?? 200, 150)
  await page.getByRole('navigation').getByRole('button', { name: /^All/ }).click()
  await list(page).focus()
  await page.keyboard.press('Control+a')
  await page.keyboard.press('r')
  const dialog = page.getByRole('dialog', { name: /^Replay \d+ deliveries/ })
  await dialog.getByLabel('Send to').fill(receiver.url)
  await choose(dialog, 'Pace', 'So many a second')
  await shoot(page, 'bulk')
  await dialog.getByLabel('A second', { exact: true }).fill('3')
  await dialog.getByRole('button', { name: /^Replay \d+ deliveries/ }).click()
  await page
    .getByRole('main')
    .getByText(/[3-9] of \d+ sent/)
    .waitFor()
  await shoot(page, 'batch-running')
  await page
    .getByRole('main')
    .getByText(/^done, /)
    .waitFor()
  await shoot(page, 'batch')
  await page
    .getByRole('button', { name: /404 Said/ })
    .first()
    .click()
  await shoot(page, 'batch-opened')
  await page.getByRole('button', { name: 'All replays' }).click()
  await page.getByRole('heading', { name: 'Bulk replays' }).waitFor()
  await shoot(page, 'replays')
  await receiver.close()
}

async function empty({ page }: App): Promise<void> {
  await page.getByRole('navigation').getByRole('button', { name: 'Replays' }).click()
  await page.getByRole('heading', { name: 'Nothing was sent yet' }).waitFor()
  await shoot(page, 'replays-empty')
  await page.getByRole('navigation').getByRole('button', { name: /^All/ }).click()
}

mkdirSync(folder, { recursive: true })
const browser = await launchChromium()
const { app, stop, remove } = await startApp((dataDir, watch) =>
  openBrowserShell(browser, dataDir, watch),
)
try {
  await empty(app)
  await fill(app)
  await editing(app)
  await bulk(app)
} finally {
  await stop()
  await browser.close()
  remove()
}
