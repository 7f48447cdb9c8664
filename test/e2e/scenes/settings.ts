/**
 * The first run and its steps for a provider, then every section of the settings:
 *
 *   node test/e2e/scenes/settings.ts   (into test-results/screens)
 */
import { mkdirSync } from 'node:fs'
import { type App, startApp } from '#test/e2e/app.ts'
import { openBrowserShell } from '#test/e2e/browser-shell.ts'
import { fill } from '#test/e2e/ground.ts'
import { launchChromium } from '#test/e2e/launch-chromium.ts'
import { folder, shoot } from './shoot.ts'

async function settings(app: App): Promise<void> {
  const { page, engine } = app
  await page.getByRole('heading', { name: 'Pick your provider' }).waitFor()
  await shoot(page, 'first-run')
  await page.getByRole('main').getByRole('button', { name: 'Stripe' }).click()
  await shoot(page, 'first-run-provider')
  await fill(app)
  const rules = [
    { name: 'Failures', query: 'is:failure', enabled: true },
    { name: 'Paid invoices', query: 'endpoint:Stripe type:invoice.*', enabled: false },
  ]
  await engine.settings.update({ notifications: { enabled: true, rules } })
  await page.getByRole('button', { name: 'Settings', exact: true }).click()
  const sections = page.getByRole('navigation', { name: 'Sections of the settings' })
  await page.getByRole('searchbox', { name: 'Search settings' }).waitFor()
  for (const button of await sections.getByRole('button').all()) {
    await button.click()
    const name = (await button.textContent()) ?? ''
    await page.getByRole('main').getByRole('heading', { name, level: 2 }).waitFor()
    await shoot(page, `settings-${name.toLowerCase().replaceAll(' ', '-')}`)
  }
  await sections.getByRole('button', { name: 'Listener' }).click()
  const address = page.getByRole('textbox', { name: 'Address' })
  await address.fill('0.0.0.0')
  await address.press('Enter')
  await page.getByText('HTTPS', { exact: true }).last().click()
  await shoot(page, 'settings-listener-warned')
  await page.getByRole('searchbox', { name: 'Search settings' }).fill('file')
  await shoot(page, 'settings-searched')
}

async function main(): Promise<void> {
  mkdirSync(folder, { recursive: true })
  const browser = await launchChromium()
  const { app, stop, remove } = await startApp((dataDir, watch) =>
    openBrowserShell(browser, dataDir, watch),
  )
  try {
    await settings(app)
  } finally {
    await stop()
    await browser.close()
    remove()
  }
}

await main()
