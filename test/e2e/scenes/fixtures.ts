/**
 * Fixtures: the dialog that saves one, the place before and after a run:
 *
 *   node test/e2e/scenes/fixtures.ts   (into test-results/screens)
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type App, startApp } from '#test/e2e/app.ts'
import { openBrowserShell } from '#test/e2e/browser-shell.ts'
import { launchChromium } from '#test/e2e/launch-chromium.ts'
import { detail, open } from '#test/e2e/screen.ts'
import { stripeReceiver } from '#test/e2e/stripe-receiver.ts'
import { folder, shoot } from './shoot.ts'

async function fixtures({ page, engine }: App, project: string): Promise<void> {
  const secret = 'whsec_demo_of_fixtures'
  const handler = await stripeReceiver(secret)
  const dir = path.join(project, 'webhooks')
  const endpoint = await engine.endpoints.create({
    ...{ name: 'Shop', path: '/stripe', schemeId: 'stripe' },
    secrets: [{ text: secret }],
  })
  await page.getByRole('navigation').getByRole('button', { name: 'Fixtures' }).click()
  await page.getByRole('heading', { name: /^Deliveries as tests/ }).waitFor()
  await shoot(page, 'fixtures-empty')
  const ids = [1, 2, 3].map(() => engine.tools.sendTest({ endpointId: endpoint.id }))
  const sent = await Promise.all(ids)
  await page.getByRole('navigation').getByRole('button', { name: /^All/ }).click()
  await open(page, '/stripe')
  await detail(page).getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: 'Save as fixture…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Folder' }).fill(dir)
  await dialog.getByText('Redact it').click()
  await dialog.getByRole('textbox', { name: 'JSON paths' }).fill('$.data.customer.email\n$.no')
  await shoot(page, 'fixtures-save')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.getByRole('button', { name: 'Done' }).waitFor()
  await shoot(page, 'fixtures-saved')
  await dialog.getByRole('button', { name: 'Done' }).click()
  await engine.fixtures.save({ deliveryIds: sent.map(({ deliveryId }) => deliveryId), dir })
  writeFileSync(path.join(dir, 'broken.webhook.json'), '{')
  await page.getByRole('navigation').getByRole('button', { name: 'Fixtures' }).click()
  const place = page.getByRole('main')
  await place.getByRole('textbox', { name: 'Handler' }).fill(handler.url)
  await place.getByRole('button', { name: 'Run and accept' }).click()
  await place.getByRole('status').filter({ hasText: 'accepted' }).waitFor()
  await place.getByRole('textbox', { name: 'Handler' }).fill(`${handler.url}x`)
  await handler.close()
  await place.getByRole('button', { name: 'Run', exact: true }).click()
  await place.getByRole('status').filter({ hasText: 'failed' }).waitFor()
  await shoot(page, 'fixtures-run')
}

async function main(): Promise<void> {
  mkdirSync(folder, { recursive: true })
  const project = mkdtempSync(path.join(tmpdir(), 'countersign-scene-'))
  const browser = await launchChromium()
  const { app, stop, remove } = await startApp((dataDir, watch) =>
    openBrowserShell(browser, dataDir, watch),
  )
  try {
    await fixtures(app, project)
    console.log(app.watch.problems())
  } finally {
    await stop()
    await browser.close()
    remove()
    rmSync(project, { recursive: true, force: true })
  }
}

await main()
