/**
 * Every view of a body, headers taken apart, and a narrow window, for people to look at:
 *
 *   node test/e2e/scenes/bodies.ts   (into test-results/screens)
 */
import { mkdirSync } from 'node:fs'
import { type App, startApp } from '#test/e2e/app.ts'
import { openBrowserShell } from '#test/e2e/browser-shell.ts'
import { fillBodies } from '#test/e2e/ground.ts'
import { launchChromium } from '#test/e2e/launch-chromium.ts'
import { choose, open, turnTo } from '#test/e2e/screen.ts'
import { folder, shoot } from './shoot.ts'

async function bodies({ page }: App): Promise<void> {
  for (const [path, view, within] of [
    ['/json', 'Tree', '$'],
    ['/form', 'Form', 'payload'],
    ['/soap', 'XML', 'soap:Envelope'],
    ['/logo', 'Image', '160 × 90 pixels'],
    ['/upload', 'Parts', 'order.json'],
  ] as const) {
    await open(page, path)
    const body = await turnTo(page, 'Body')
    await choose(body, 'Show the body as', view)
    await body.getByText(within).first().waitFor()
    if (view === 'Parts') {
      await body.getByRole('button', { name: /order\.json/ }).click()
      await body.getByText('evt_4711').first().waitFor()
    }
    await shoot(page, `body-${view.toLowerCase()}`)
  }
  await open(page, '/json')
  const body = await turnTo(page, 'Body')
  await choose(body, 'Show the body as', 'JSON')
  await body.getByRole('button', { name: 'Find in the body' }).click()
  await body.getByRole('textbox', { name: 'Find in the body' }).fill('a')
  await body.locator('.cm-searchMatch').first().waitFor()
  await shoot(page, 'body-json-found')
  await choose(body, 'Show the body as', 'Hex')
  await body.getByRole('group', { name: 'Body as hex' }).focus()
  await page.keyboard.press('ArrowRight')
  for (let step = 0; step < 20; step += 1) await page.keyboard.press('Shift+ArrowRight')
  await shoot(page, 'body-hex-selected')
  const headers = await turnTo(page, 'Headers')
  await choose(headers, 'Order of the headers', 'Sorted and parsed')
  await shoot(page, 'headers-parsed')
  await page.setViewportSize({ width: 400, height: 700 })
  await page.screenshot({ path: `${folder}/detail-400.png` })
}

mkdirSync(folder, { recursive: true })
const browser = await launchChromium()
const { app, stop, remove } = await startApp((dataDir, watch) =>
  openBrowserShell(browser, dataDir, watch),
)
try {
  await fillBodies(app)
  await bodies(app)
} finally {
  await stop()
  await browser.close()
  remove()
}
