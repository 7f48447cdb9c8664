/**
 * Composing, empty, written, sent; and the endpoint check, before, while and after:
 *
 *   node test/e2e/scenes/compose.ts   (into test-results/screens)
 */
import { mkdirSync } from 'node:fs'
import { type App, startApp } from '#test/e2e/app.ts'
import { openBrowserShell } from '#test/e2e/browser-shell.ts'
import { launchChromium } from '#test/e2e/launch-chromium.ts'
import { whsec } from '#test/e2e/providers.ts'
import { folder, shoot } from './shoot.ts'

async function compose({ page, engine }: App): Promise<void> {
  const secrets = [{ text: 'whsec_demo_of_composing' }]
  await engine.endpoints.create({ name: 'Shop', path: '/stripe', schemeId: 'stripe', secrets })
  await page.getByRole('navigation').getByRole('button', { name: 'Compose' }).click()
  await page.getByRole('heading', { name: /^Send a webhook/ }).waitFor()
  await shoot(page, 'compose-empty')
  await page
    .getByRole('main')
    .getByRole('button', { name: /^Stripe/ })
    .click()
  await page.getByTestId('goes-out').waitFor()
  await shoot(page, 'compose')
  await page.getByRole('tab', { name: 'Headers' }).click()
  await shoot(page, 'compose-headers')
  await page.getByRole('tab', { name: 'Body' }).click()
  await page.getByRole('textbox', { name: 'Times' }).fill('3')
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await page.getByRole('button', { name: 'Open what arrived' }).waitFor()
  await shoot(page, 'compose-answer')
  const body = page.getByRole('textbox', { name: 'Body to send' })
  await body.click()
  await page.keyboard.press('Control+End')
  await page.keyboard.type('{{no')
  await page.locator('.cm-tooltip-autocomplete').waitFor()
  await shoot(page, 'compose-completions')
  await page.keyboard.press('Escape')
  await page.getByRole('tab', { name: 'History' }).click()
  await shoot(page, 'compose-history')
  await page.getByRole('button', { name: 'New' }).click()
  await page
    .getByRole('main')
    .getByRole('button', { name: /^Paste a request/ })
    .first()
    .click()
  await page.getByRole('dialog').waitFor()
  await shoot(page, 'compose-paste')
  await page.keyboard.press('Escape')
}

async function check({ page, engine, captureUrl }: App): Promise<void> {
  const secrets = [{ text: whsec('checked') }]
  const path = '/checked'
  await engine.endpoints.create({ name: 'Nomod', path, schemeId: 'svix', secrets })
  await page.getByRole('navigation').getByRole('button', { name: 'Endpoint check' }).click()
  await page.getByRole('heading', { name: 'Endpoint check' }).waitFor()
  await shoot(page, 'check-empty')
  await page.getByLabel('Handler').fill(captureUrl + path)
  await page.getByRole('button', { name: 'Run the check' }).click()
  await page.getByRole('button', { name: 'Run again' }).waitFor({ timeout: 60_000 })
  await shoot(page, 'check-report')
  const report = page.getByRole('region', { name: 'Report' })
  await report.getByRole('button', { expanded: false }).first().click()
  await report.getByRole('button', { name: /ms$/ }).filter({ visible: true }).first().click()
  await shoot(page, 'check-case')
}

async function main(): Promise<void> {
  mkdirSync(folder, { recursive: true })
  const browser = await launchChromium()
  const { app, stop, remove } = await startApp((dataDir, watch) =>
    openBrowserShell(browser, dataDir, watch),
  )
  try {
    await compose(app)
    await check(app)
    console.log(app.watch.problems())
  } finally {
    await stop()
    await browser.close()
    remove()
  }
}

await main()
