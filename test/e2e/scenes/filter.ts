/**
 * The filter field and the saved filters on the deliveries of the demo, for people to look at:
 *
 *   node test/e2e/scenes/filter.ts   (into test-results/screens)
 */
import { mkdirSync } from 'node:fs'
import { seedDemo } from '#cli/demo/seed.ts'
import { type App, startApp } from '#test/e2e/app.ts'
import { openBrowserShell } from '#test/e2e/browser-shell.ts'
import { launchChromium } from '#test/e2e/launch-chromium.ts'
import { folder, shoot } from './shoot.ts'

async function filter({ page, engine }: App): Promise<void> {
  await engine.savedFilters.create({ name: 'Large and late', query: 'size:>1kb skew:>60' })
  await engine.savedFilters.create({ name: 'Paid invoices', query: 'type:invoice.paid' })
  const field = page.getByRole('combobox', { name: 'Filter deliveries' })
  const words = page.getByRole('search').getByText(/^Finds/)
  await field.click()
  await shoot(page, 'filter-empty')
  await field.fill('endpoint:Stripe -(verdict:valid OR is:duplicate) "invoice" ty')
  await words.waitFor()
  await page.keyboard.press('ArrowDown')
  await shoot(page, 'filter-suggestions')
  await field.fill('endpoint:Stripe size:>5kp refund')
  await page.getByText('There is no unit kp. Write kb.').first().waitFor()
  await shoot(page, 'filter-problem')
  await field.fill('endpoint:Stripe verdict:malformed path:/nowhere is:pinned')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Nothing matches' }).waitFor()
  await page
    .getByText(/^finds/)
    .last()
    .waitFor()
  await shoot(page, 'filter-nothing')
  await field.fill('type:invoice.paid')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Actions of Paid invoices' }).press('Enter')
  await page.getByRole('menu').waitFor()
  await shoot(page, 'filter-saved-menu')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Save this filter' }).click()
  await page.getByRole('dialog').waitFor()
  await shoot(page, 'filter-save')
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
    await filter(app)
    const problems = app.watch.problems()
    if (problems.length > 0) throw new Error(problems.join('\n'))
  } finally {
    await stop()
    await browser.close()
    remove()
  }
}

await main()
