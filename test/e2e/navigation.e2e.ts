/** Back, forward, and links that lead to one delivery. */
import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { detail, list, open, rows } from './screen.ts'
import { deliver } from './wire.ts'

function chosen(page: Page) {
  return page.getByRole('navigation', { name: 'Views' }).locator('[aria-current="page"]')
}

test('back and forward go over views, not over every delivery', async ({ app }) => {
  const { page, captureUrl } = app
  for (const path of ['/1', '/2', '/3']) await deliver(`${captureUrl}${path}`, path)
  await expect(rows(page)).toHaveCount(3)
  for (const path of ['/1', '/2', '/3']) await open(page, path)
  await page
    .getByRole('navigation')
    .getByRole('button', { name: /^Catch-all/ })
    .click()
  await page
    .getByRole('navigation')
    .getByRole('button', { name: /^Duplicates/ })
    .click()
  await expect(chosen(page)).toHaveText(/Duplicates/)

  await page.keyboard.press('Alt+ArrowLeft')
  await expect(chosen(page)).toHaveText(/Catch-all/)
  await page.keyboard.press('Alt+ArrowLeft')
  await expect(chosen(page)).toHaveText(/All/)
  await expect(rows(page, '/3')).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Alt+ArrowRight')
  await expect(chosen(page)).toHaveText(/Catch-all/)
})

test('the mouse’s own buttons go back and forward', async ({ app }) => {
  const { page, captureUrl } = app
  await deliver(`${captureUrl}/x`, '1')
  await expect(rows(page)).toHaveCount(1)
  await page
    .getByRole('navigation')
    .getByRole('button', { name: /^Failures/ })
    .click()
  await expect(chosen(page)).toHaveText(/Failures/)
  const session = await app.shell.context.newCDPSession(page)
  const press = async (button: 'back' | 'forward') => {
    for (const type of ['mousePressed', 'mouseReleased'] as const) {
      await session.send('Input.dispatchMouseEvent', {
        type,
        button,
        x: 600,
        y: 400,
        clickCount: 1,
      })
    }
  }
  await press('back')
  await expect(chosen(page)).toHaveText(/All/)
  await press('forward')
  await expect(chosen(page)).toHaveText(/Failures/)
})

test('a link to a delivery is copied, and opens it', async ({ app }) => {
  const { page, captureUrl } = app
  for (const path of ['/1', '/2']) await deliver(`${captureUrl}${path}`, path)
  const article = await open(page, '/1')
  const id = /\d+$/.exec((await article.getAttribute('aria-label')) ?? '')?.[0] ?? ''
  await page.keyboard.press('l')
  const copied = () =>
    app.shell.electron
      ? app.shell.electron.evaluate(({ clipboard }) => clipboard.readText())
      : page.evaluate(() => navigator.clipboard.readText())
  const link = app.shell.web
    ? `${app.shell.web.origin}/delivery/${id}`
    : `countersign://delivery/${id}`
  await expect.poll(copied).toBe(link)
  await page.keyboard.press('Escape')
  await expect(detail(page)).toHaveCount(0)
  if (!app.shell.web) return
  await page.goto(link)
  await expect(page.getByRole('article', { name: `Delivery ${id}` })).toBeVisible()
  await expect(list(page)).toBeVisible()
})
