/**
 * The list of the demo in each of its states, for people to look at:
 *
 *   node test/e2e/scenes/list.ts   (into test-results/screens)
 */
import { mkdirSync } from 'node:fs'
import { seedDemo } from '#cli/demo/seed.ts'
import { type App, startApp } from '#test/e2e/app.ts'
import { openBrowserShell } from '#test/e2e/browser-shell.ts'
import { launchChromium } from '#test/e2e/launch-chromium.ts'
import { rows } from '#test/e2e/screen.ts'
import { folder, shoot } from './shoot.ts'

async function scenes({ page, engine }: App): Promise<void> {
  await rows(page).first().waitFor()
  await shoot(page, 'list-filled')
  const { rows: known } = await engine.deliveries.list({ limit: 20 })
  const ids = known.map(({ id }) => id)
  await engine.deliveries.mark({
    selection: { ids: ids.slice(2, 4) },
    change: { pinned: true, addTags: ['ask-stripe'] },
  })
  await rows(page, 'ask-stripe').first().waitFor()
  await shoot(page, 'list-marked')
  await page.getByRole('button', { name: 'Group attempts of one message' }).click()
  const opener = page.getByRole('treegrid').getByRole('button', { name: /^Show \d+ attempts/ })
  await opener.first().click()
  await page.getByText('first', { exact: true }).waitFor()
  await shoot(page, 'list-grouped')
  await page.getByRole('button', { name: 'Group attempts of one message' }).click()

  await rows(page).nth(1).click()
  await rows(page)
    .nth(4)
    .click({ modifiers: ['Shift'] })
  await page.getByRole('toolbar', { name: 'Selected deliveries' }).waitFor()
  await shoot(page, 'list-selected')
  await page.keyboard.press('t')
  await page.getByRole('dialog').waitFor()
  await shoot(page, 'list-tag')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')

  await page.getByRole('button', { name: 'Columns' }).click()
  await page.getByRole('menu', { name: 'Columns' }).waitFor()
  await shoot(page, 'list-columns')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Pause', exact: true }).click()
  await page.getByText('Paused').waitFor()
  await shoot(page, 'list-paused')
  await page.getByRole('button', { name: 'Resume' }).click()

  await rows(page).nth(3).click()
  await page.keyboard.press('Delete')
  await page.getByText('1 delivery deleted').waitFor()
  await shoot(page, 'list-undo')
  await page.keyboard.press('ControlOrMeta+z')
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
    await scenes(app)
  } finally {
    await stop()
    await browser.close()
    remove()
  }
}

await main()
