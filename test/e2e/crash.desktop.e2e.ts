/** The engine's process dies: it is started again, the window says so, and nothing is lost. */
import { expect, test } from './fixtures.ts'
import { rows } from './screen.ts'
import { deliver } from './wire.ts'

test('a killed engine comes back on its port, and the window with it', async ({ app }) => {
  const { page, captureUrl, engine } = app
  await deliver(`${captureUrl}/before`, '1')
  await expect(rows(page, '/before')).toHaveCount(1)
  // Written down in the page: the first of these lines may stand for a quarter of a second only.
  await page.evaluate(() => {
    const said: string[] = []
    Reflect.set(window, 'said', said)
    const note = () => {
      const all = document.querySelectorAll('[role=status]')
      const text = [...all].map((each) => each.textContent).join('')
      if (text !== said.at(-1)) said.push(text)
    }
    new MutationObserver(note).observe(document.body, {
      childList: true,
      subtree: true,
      characterData: true,
    })
  })
  const said = () => page.evaluate(() => String(Reflect.get(window, 'said')))

  const { pid } = await engine.status.get()
  expect(pid).not.toBe(app.shell.electron?.process().pid)
  process.kill(pid, 'SIGKILL')
  await expect.poll(said).toMatch(/The engine stopped and is being started again\./)
  await expect.poll(said).toMatch(/started again\..*Engine restarted; everything is read anew\./)
  await expect(async () => deliver(`${captureUrl}/after`, '2')).toPass()
  await expect(rows(page, '/after')).toHaveCount(1)
  await expect(rows(page, '/before')).toHaveCount(1)
})
