/**
 * The overview and the comparison on the deliveries of the demo, for people to look at:
 *
 *   node test/e2e/scenes/pictures.ts [overview] [compare]   (into test-results/screens)
 */
import { mkdirSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { seedDemo } from '#cli/demo/seed.ts'
import { type App, startApp } from '#test/e2e/app.ts'
import { openBrowserShell } from '#test/e2e/browser-shell.ts'
import { launchChromium } from '#test/e2e/launch-chromium.ts'
import { folder, shoot } from './shoot.ts'

async function overviewOf(page: Page, endpoint: string): Promise<void> {
  await page.getByRole('button', { name: /Endpoint$/ }).click()
  await page.getByRole('option', { name: endpoint, exact: true }).click()
  await page.getByRole('region', { name: 'Arrivals' }).waitFor()
}

/** Drags across a picture, from and to these shares of its width. */
async function brush(page: Page, name: string, from: number, to: number): Promise<void> {
  const box = await page.getByRole('region', { name }).locator('.u-over').boundingBox()
  if (!box) throw new Error(`There is no picture “${name}”.`)
  const y = box.y + box.height / 2
  await page.mouse.move(box.x + box.width * from, y)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width * to, y, { steps: 8 })
  await page.mouse.up()
}

async function overview({ page }: App): Promise<void> {
  await page.getByRole('navigation').getByRole('button', { name: 'Overview' }).click()
  await page.getByRole('region', { name: 'Arrivals' }).waitFor()
  await shoot(page, 'overview-all')
  await overviewOf(page, 'Nomod')
  await shoot(page, 'overview-nomod')
  await overviewOf(page, 'Stripe')
  await page.setViewportSize({ width: 1280, height: 800 })
  await brush(page, 'Arrivals', 0.5, 0.7)
  await shoot(page, 'overview-stripe-brushed')
  await page.getByRole('radiogroup', { name: 'Show as' }).getByText('Table').click()
  await page.getByRole('table').first().waitFor()
  await shoot(page, 'overview-table')
}

/** A message that came twice, two bodies of Stripe, and a replay beside what it repeats. */
async function compare({ page, engine, captureUrl }: App): Promise<void> {
  const { rows } = await engine.deliveries.list({ limit: 500 })
  const repeated = rows.find(({ duplicate }) => duplicate?.kind === 'id-reuse')
  const stripe = rows.filter(
    ({ endpointName, eventType }) => endpointName === 'Stripe' && eventType,
  )
  const [newer, older] = stripe
  if (!newer || !older) throw new Error('The demo has too few deliveries.')
  const at = async (a: string, b: string, name: string) => {
    await page.evaluate((hash) => {
      window.location.hash = hash
    }, `#/compare~${a}~${b}/`)
    await page
      .getByRole('region', { name: 'Body', exact: true })
      .getByRole('status')
      .first()
      .waitFor()
    await shoot(page, name)
  }
  if (repeated) {
    await at(String(repeated.duplicate?.originalId), String(repeated.id), 'compare-id-reuse')
  }
  await at(String(older.id), String(newer.id), 'compare-json')
  for (const mode of ['Text', 'Bytes']) {
    await page.getByRole('radiogroup', { name: 'Compare the bodies as' }).getByText(mode).click()
    await page.getByRole('region', { name: 'Body', exact: true }).scrollIntoViewIfNeeded()
    if (mode === 'Text') await page.locator('.cm-mergeView').waitFor()
    else await page.getByText(/first difference/).waitFor()
    await shoot(page, `compare-${mode.toLowerCase()}`)
  }
  const replay = await engine.replays.create({
    deliveryId: newer.id,
    url: `${captureUrl}/stripe`,
    resign: true,
  })
  await at(String(newer.id), `r${replay.id}`, 'compare-replay')
  await page.getByRole('button', { name: 'Compare with another' }).click()
  await page.getByRole('dialog').waitFor()
  await shoot(page, 'compare-dialog')
  await page.keyboard.press('Escape')
}

const scenes = { overview, compare }
const all = ['overview', 'compare'] as const

async function main(names: readonly string[]): Promise<void> {
  const wanted = all.filter((scene) => names.includes(scene))
  mkdirSync(folder, { recursive: true })
  const browser = await launchChromium()
  const { app, stop, remove } = await startApp(async (dataDir, watch) => {
    const at = { nowMs: Date.now(), spanMs: 26 * 3_600_000 }
    await seedDemo({ dataDir, version: '0', count: 420, seed: 7, ...at })
    return openBrowserShell(browser, dataDir, watch)
  })
  try {
    for (const scene of wanted.length > 0 ? wanted : all) await scenes[scene](app)
    const problems = app.watch.problems()
    if (problems.length > 0) throw new Error(problems.join('\n'))
  } finally {
    await stop()
    await browser.close()
    remove()
  }
}

await main(process.argv.slice(2))
