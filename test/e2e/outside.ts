/** What leaves the page, in either shell: a file that is saved, a link that is opened. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, type App } from './fixtures.ts'

/** The file that `act` lets the person keep. In the desktop no dialog asks where. */
export async function savedFile(
  { page, shell }: App,
  act: () => Promise<void>,
): Promise<{ name: string; text: string }> {
  if (!shell.electron) {
    const download = page.waitForEvent('download')
    await act()
    const file = await download
    return { name: file.suggestedFilename(), text: readFileSync(await file.path(), 'utf8') }
  }
  const dir = mkdtempSync(join(tmpdir(), 'countersign-saved-'))
  const saved = shell.electron.evaluate(
    ({ session }, path) =>
      new Promise<{ name: string; state: string }>((resolve) => {
        session.defaultSession.once('will-download', (_, item) => {
          item.setSavePath(`${path}/saved`)
          item.once('done', (__, state) => resolve({ name: item.getFilename(), state }))
        })
      }),
    dir,
  )
  await act()
  const { name, state } = await saved
  expect(state).toBe('completed')
  const text = readFileSync(join(dir, 'saved'), 'utf8')
  rmSync(dir, { recursive: true })
  return { name, text }
}

/** The address that `act` has the shell open in a browser; nothing is opened. */
export async function openedLink({ page, shell }: App, act: () => Promise<void>): Promise<string> {
  if (shell.electron) {
    await shell.electron.evaluate(({ shell: desktop }) => {
      Reflect.set(globalThis, 'openedLink', '')
      desktop.openExternal = async (url) => {
        Reflect.set(globalThis, 'openedLink', url)
      }
    })
    await act()
    const look = () => shell.electron?.evaluate(() => String(Reflect.get(globalThis, 'openedLink')))
    await expect.poll(look).not.toBe('')
    return (await look()) ?? ''
  }
  await page.evaluate(() => {
    window.open = (url) => {
      Reflect.set(window, 'openedLink', String(url))
      return null
    }
  })
  await act()
  return page.evaluate(() => String(Reflect.get(window, 'openedLink')))
}
