/**
 * The pictures of README and docs: the demo, at a moment that never changes, in both themes.
 *
 *   npm run pictures        makes them anew (docs/pictures)
 *
 * As a test they are compared, but only on the browser that they were made with: another one draws
 * letters otherwise.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { seedDemo } from '#cli/demo/seed.ts'
import { end, spawnListen } from './browser-shell.ts'
import { expect, test } from './fixtures.ts'
import { detail, open, rows, turnTo } from './screen.ts'

const folder = path.join(import.meta.dirname, '../../docs/pictures')
const recordFile = path.join(folder, 'made-with.json')
const MOMENT = Date.parse('2026-01-15T14:02:11Z')
const CAPTURE_PORT = 4100

/** What decides how letters are drawn. */
const drawnWith = (version: string) => ({ chromium: version, system: process.platform })

async function shoot(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await expect(page).toHaveScreenshot(`${name}-${colorScheme}.png`, {
      animations: 'disabled',
      maxDiffPixelRatio: 0.005,
    })
  }
}

const scenes: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  list: async (page) => {
    await expect(rows(page)).not.toHaveCount(0)
  },
  invalid: async (page) => {
    await open(page, 'Stripe', 'invalid')
    await expect(detail(page).getByText('proved by a matching signature')).toBeVisible()
  },
  body: async (page) => {
    await open(page, 'Shopify', 'valid')
    const body = await turnTo(page, 'Body')
    await expect(body.getByText('total_price').first()).toBeVisible()
  },
  filter: async (page) => {
    await page.getByRole('combobox', { name: /filter/i }).fill('type:invoice.* verdict:invalid')
    await page.keyboard.press('Enter')
    await expect(rows(page).filter({ hasNotText: 'invalid' })).toHaveCount(0)
    await expect(rows(page)).not.toHaveCount(0)
  },
  overview: async (page) => {
    await page.getByRole('navigation').getByRole('button', { name: 'Overview' }).click()
    await expect(page.getByRole('heading', { name: 'Arrivals' })).toBeVisible()
    await expect(page.locator('canvas').first()).toBeVisible()
  },
  settings: async (page) => {
    await page.getByRole('button', { name: 'Settings' }).click()
    await expect(page.getByRole('heading', { name: 'Listener' })).toBeVisible()
  },
}

test('the pictures of README and docs are what the app looks like', async ({
  chrome,
}, testInfo) => {
  test.setTimeout(180_000)
  const browser = await chrome()
  const made = drawnWith(browser.version())
  if (testInfo.config.updateSnapshots === 'all') {
    writeFileSync(recordFile, `${JSON.stringify(made, null, 2)}\n`)
  }
  const recorded = JSON.parse(readFileSync(recordFile, 'utf8'))
  test.skip(
    JSON.stringify(recorded) !== JSON.stringify(made),
    `They were made with ${JSON.stringify(recorded)}; this is ${JSON.stringify(made)}.`,
  )
  const dataDir = mkdtempSync(path.join(tmpdir(), 'countersign-pictures-'))
  const span = { nowMs: MOMENT, spanMs: 26 * 3_600_000, count: 420, seed: 868 }
  await seedDemo({ dataDir, version: '0.0.0', ...span })
  const { child, listening } = await spawnListen(dataDir, { capture: CAPTURE_PORT, ui: 0 })
  try {
    expect(listening.url, 'the capture URL is in the pictures').toContain(`:${CAPTURE_PORT}`)
    const context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      timezoneId: 'UTC',
      locale: 'en-GB',
    })
    const page = await context.newPage()
    await page.clock.setFixedTime(MOMENT)
    await page.goto(listening.ui)
    for (const [name, turn] of Object.entries(scenes)) {
      await turn(page)
      await shoot(page, name)
    }
    await context.close()
  } finally {
    await end(child)
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 })
  }
})
