/** Pictures of what arrived: drawn, told apart, followed live, and the way to the list. */
import type { Locator, Page } from '@playwright/test'
import { expect, test, type App } from './fixtures.ts'
import { svixHeaders, whsec } from './providers.ts'
import { detail, rows } from './screen.ts'
import { call } from './wire.ts'

const secret = whsec('for the overview')
const body = JSON.stringify({ type: 'user.created' })

async function addSvix({ engine }: App): Promise<void> {
  const secrets = [{ name: 'live key', text: secret }]
  await engine.endpoints.create({ name: 'Nomod', path: '/nomod', schemeId: 'svix', secrets })
}

function send({ captureUrl }: App, id: string, at = new Date()) {
  const headers = svixHeaders(secret, body, { id, at })
  return call(`${captureUrl}/nomod`, { method: 'POST', headers, body })
}

async function openOverview(page: Page): Promise<void> {
  await page.getByRole('navigation').getByRole('button', { name: 'Overview' }).click()
  await expect(page.getByRole('heading', { name: 'Overview', level: 1 })).toBeVisible()
}

const picture = (page: Page, name: string): Locator => page.getByRole('region', { name })

async function choose(page: Page, group: string, name: string): Promise<void> {
  await page.getByRole('radiogroup', { name: group }).getByText(name, { exact: true }).click()
}

/** Whether anything of this colour is drawn on the canvas. */
async function hasDrawn(of: Locator, token: string): Promise<boolean> {
  return of
    .locator('canvas')
    .last()
    .evaluate((canvas, name) => {
      if (!(canvas instanceof HTMLCanvasElement)) return false
      const probe = document.createElement('canvas').getContext('2d')
      const drawn = canvas.getContext('2d')
      if (!probe || !drawn) return false
      probe.fillStyle = getComputedStyle(document.documentElement).getPropertyValue(`--${name}`)
      probe.fillRect(0, 0, 1, 1)
      const [red = 0, green = 0, blue = 0] = probe.getImageData(0, 0, 1, 1).data
      const { data } = drawn.getImageData(0, 0, canvas.width, canvas.height)
      for (let at = 0; at < data.length; at += 4) {
        const off = [red, green, blue].map((value, index) =>
          Math.abs(value - (data[at + index] ?? 0)),
        )
        if (data[at + 3] === 255 && Math.max(...off) < 6) return true
      }
      return false
    }, token)
}

test('an empty overview teaches, and fills by itself', async ({ app }) => {
  const { page } = app
  await addSvix(app)
  await openOverview(page)
  await expect(page.getByRole('heading', { name: /^Nothing arrived/ })).toBeVisible()
  await choose(page, 'Time range', 'All')
  await expect(page.getByRole('button', { name: 'Send a test webhook' }).last()).toBeVisible()
  await send(app, 'msg_1')
  await expect(picture(page, 'Arrivals')).toContainText('1 delivery, 0 failures')
  await send(app, 'msg_2')
  await expect(picture(page, 'Arrivals')).toContainText('2 deliveries')
})

test('pictures of an endpoint, in both themes and as tables', async ({ app }) => {
  const { page } = app
  await addSvix(app)
  await send(app, 'msg_1')
  await send(app, 'msg_1')
  await send(app, 'msg_old', new Date(Date.now() - 724_000))
  await openOverview(page)
  await choose(page, 'Time range', '15 min')
  await page.getByRole('button', { name: /Endpoint$/ }).click()
  await page.getByRole('option', { name: 'Nomod' }).click()
  await expect(picture(page, 'Arrivals')).toContainText('3 deliveries, 1 failure')
  await expect(picture(page, 'Retries')).toContainText('1 duplicate of 3')
  await expect(picture(page, 'Retries')).toContainText('when Svix sends again')
  await expect(picture(page, 'Latency')).toContainText('Svix waits 15 s')
  await expect(picture(page, 'Skew')).toContainText('tolerance')
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme)
    await expect.poll(() => hasDrawn(picture(page, 'Arrivals'), 'green')).toBe(true)
    await expect.poll(() => hasDrawn(picture(page, 'Skew'), 'amber')).toBe(true)
  }
  await choose(page, 'Show as', 'Table')
  const farthest = page.getByRole('table', { name: 'Farthest off' })
  await expect(farthest.getByRole('row').nth(1)).toContainText('−12 min')
  await expect(page.getByRole('table', { name: 'Time since the attempt before' })).toContainText(
    '5 min',
  )
  await farthest.getByRole('button').first().press('Enter')
  await expect(detail(page)).toBeVisible()
})

test('a brush leads to the list, a point to its delivery, back to the pictures', async ({
  app,
}) => {
  const { page } = app
  await addSvix(app)
  await send(app, 'msg_1')
  await openOverview(page)
  await choose(page, 'Time range', '15 min')
  const arrivals = picture(page, 'Arrivals').locator('.u-over')
  await expect(arrivals).toBeVisible()
  const box = await arrivals.boundingBox()
  if (!box) throw new Error('The picture has no size.')
  await page.mouse.move(box.x + box.width * 0.6, box.y + 40)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width - 1, box.y + 40, { steps: 5 })
  await page.mouse.up()
  const chosen = page.getByRole('group', { name: 'Chosen span' })
  await expect(chosen).toContainText('about 1 delivery')
  await chosen.getByRole('button', { name: 'Zoom in' }).click()
  await expect(page.getByRole('radio', { name: 'Chosen' })).toBeChecked()
  await page.goBack()
  await expect(page.getByRole('radio', { name: '15 min' })).toBeChecked()
  await choose(page, 'Show as', 'Table')
  await page
    .getByRole('button', { name: /^Show those from/ })
    .first()
    .click()
  await expect(rows(page)).toHaveCount(1)
  expect(await page.evaluate(() => window.location.hash)).toContain('after')
})
