/** The process behind the page dies: the page says so, and a new link has everything. */
import { end, spawnListen } from './browser-shell.ts'
import { expect, test } from './fixtures.ts'
import { rows } from './screen.ts'
import { deliver } from './wire.ts'

test('a killed process leaves a page that says so and data that is whole', async ({ app }) => {
  const { page, captureUrl, dataDir } = app
  // Chromium reports every try to reach a server that is gone, or that does not know the cookie.
  app.watch.allow(/WebSocket connection to 'ws:.*' failed/)
  app.watch.allow(/ERR_CONNECTION_(REFUSED|RESET)/)
  app.watch.allow(/status of 401/)
  await deliver(`${captureUrl}/before`, '1')
  await expect(rows(page, '/before')).toHaveCount(1)
  const web = app.shell.web
  if (web === null) throw new Error('This is the desktop shell.')
  process.kill(web.pid, 'SIGKILL')
  await expect(page.getByRole('status').getByText(/Connection lost/)).toBeVisible()

  const ports = { capture: Number(new URL(captureUrl).port), ui: Number(new URL(web.origin).port) }
  const second = await spawnListen(dataDir, ports)
  try {
    expect(second.listening.url).toBe(captureUrl)
    await expect(page.getByRole('status').getByText(/open the link that it printed/)).toBeVisible()
    await page.goto(second.listening.ui)
    await deliver(`${captureUrl}/after`, '2')
    await expect(rows(page, '/after')).toHaveCount(1)
    await expect(rows(page, '/before')).toHaveCount(1)
    await page.goto('about:blank')
  } finally {
    await end(second.child)
  }
})
