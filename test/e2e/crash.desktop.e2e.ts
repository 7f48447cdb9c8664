/** The engine's process dies: it is started again, the window says so, and nothing is lost. */
import { expect, test } from './fixtures.ts'
import { rows } from './screen.ts'
import { deliver } from './wire.ts'

test('a killed engine comes back on its port, and the window with it', async ({ app }) => {
  const { page, captureUrl, engine } = app
  await deliver(`${captureUrl}/before`, '1')
  await expect(rows(page, '/before')).toHaveCount(1)
  const { pid } = await engine.status.get()
  expect(pid).not.toBe(app.shell.electron?.process().pid)
  process.kill(pid, 'SIGKILL')
  await expect(page.getByRole('status').getByText(/Connection lost/)).toBeVisible()
  await expect(page.getByRole('status').getByText(/Connected again/)).toBeVisible()
  await expect(async () => deliver(`${captureUrl}/after`, '2')).toPass()
  await expect(rows(page, '/after')).toHaveCount(1)
  await expect(rows(page, '/before')).toHaveCount(1)
})
