/** The first minute: where to point a sender, and the first delivery. */
import { expect, test } from './fixtures.ts'
import { detail, rows } from './screen.ts'

test('the empty window says where to send, and the URL is copied', async ({ app, shell }) => {
  const { page, captureUrl } = app
  await expect(page.getByRole('heading', { name: 'Point a webhook sender here' })).toBeVisible()
  await expect(page.getByText(captureUrl, { exact: true }).first()).toBeVisible()
  await expect(page.getByText('Listening', { exact: true })).toBeVisible()

  await page.getByRole('button', { name: 'Copy capture URL' }).click()
  await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible()
  const clipboard =
    shell === 'desktop'
      ? await app.shell.electron?.evaluate(({ clipboard: system }) => system.readText())
      : await page.evaluate(() => navigator.clipboard.readText())
  expect(clipboard).toBe(captureUrl)
})

test('a test webhook is there within a second', { tag: '@alone' }, async ({ app }) => {
  const { page } = app
  const button = page.getByRole('main').getByRole('button', { name: 'Send a test webhook' })
  await expect(button).toBeEnabled()
  // Timed inside the page, so that the driver's own time does not count.
  const tookMs = page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let pressedAtMs = 0
        document.addEventListener('pointerdown', () => (pressedAtMs = performance.now()), true)
        const look = new MutationObserver(() => {
          if (document.querySelector('[role=row] [role=gridcell]') === null) return
          look.disconnect()
          resolve(performance.now() - pressedAtMs)
        })
        look.observe(document.body, { childList: true, subtree: true })
      }),
  )
  await button.click()
  expect(await tookMs).toBeLessThan(1000)
  await expect(rows(page, 'POST', '/test', 'catch-all')).toHaveCount(1)
  await expect(detail(page)).toBeVisible()
})

test('an endpoint’s own test webhook is signed with its secret', async ({ app }) => {
  const { page, engine } = app
  const secrets = [{ text: 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD' }]
  await engine.endpoints.create({ name: 'Mail', path: '/mail', schemeId: 'svix', secrets })
  await page.getByRole('navigation').getByRole('button', { name: /^Mail/ }).click()
  await page.getByRole('main').getByRole('button', { name: 'Send a test webhook' }).click()
  await expect(rows(page, '/mail', 'valid')).toHaveCount(1)
})
