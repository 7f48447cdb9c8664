/** What the desktop does around the page: links, menu, zoom, tray. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { findElectron } from './find-electron.ts'
import { expect, test, type App } from './fixtures.ts'
import { open, rows } from './screen.ts'
import { deliver } from './wire.ts'

const root = path.join(import.meta.dirname, '../..')

function electronOf(app: App) {
  const { electron } = app.shell
  if (!electron) throw new Error('This is the browser shell.')
  return electron
}

/** Starts the program once more, as the OS does for a link; gives its exit code. */
async function startAgain(app: App, ...links: string[]): Promise<unknown> {
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const args = [...asRoot, root, '--data-dir', app.dataDir, '--port', '0', '--', ...links]
  const child = spawn(findElectron(), args, { stdio: 'ignore' })
  const [code] = await once(child, 'exit')
  return code
}

async function press(app: App, id: string): Promise<void> {
  await electronOf(app).evaluate(({ Menu }, item) => {
    Menu.getApplicationMenu()?.getMenuItemById(item)?.click()
  }, id)
}

test('a link opens its delivery in the window that is there, and only that', async ({ app }) => {
  const { page, captureUrl } = app
  for (const body of ['1', '2']) await deliver(`${captureUrl}/x`, body)
  await expect(rows(page)).toHaveCount(2)
  const before = page.url()
  const hostile = [
    'countersign://delivery/1/../../x',
    'countersign://delivery/javascript:alert(1)',
    'countersign://delivery/1?x=%22%20--data-dir=%2Ftmp',
    `countersign://delivery/${'1'.repeat(5_000)}`,
    'countersign://settings/1',
    'app://countersign/#/verify',
  ]
  expect(await startAgain(app, ...hostile)).toBe(0)
  expect(page.url()).toBe(before)
  await expect(page.getByRole('article')).toHaveCount(0)

  expect(await startAgain(app, 'countersign://delivery/1')).toBe(0)
  await expect(page.getByRole('article', { name: 'Delivery 1' })).toBeVisible()
  expect(new URL(page.url()).hash).toBe('#/all/1')
})

test('the menu runs the page’s commands and shows the keys of the day', async ({ app }) => {
  const { page, engine } = app
  await press(app, 'go.verify')
  const views = page.getByRole('navigation', { name: 'Views' })
  await expect(views.locator('[aria-current="page"]')).toHaveText(/Verify/)
  const accelerator = (id: string) =>
    electronOf(app).evaluate(({ Menu }, item) => {
      return Menu.getApplicationMenu()?.getMenuItemById(item)?.accelerator
    }, id)
  await expect.poll(() => accelerator('app.palette')).toBe('CommandOrControl+K')
  await engine.settings.setKeymap({ keymap: { 'app.palette': ['Mod+P'], 'go.back': ['B'] } })
  await expect.poll(() => accelerator('app.palette')).toBe('CommandOrControl+P')
  // A letter belongs to texts: no menu may take it.
  expect(await accelerator('go.back')).toBeFalsy()

  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
  await press(app, 'go.all')
  await expect(views.locator('[aria-current="page"]')).toHaveText(/Verify/)
})

test('zoom is kept over a restart', async ({ app }) => {
  const level = () =>
    electronOf(app).evaluate(({ BrowserWindow }) => {
      return BrowserWindow.getAllWindows()[0]?.webContents.getZoomLevel()
    })
  await expect(app.page.getByRole('heading', { name: /^Point a webhook/ })).toBeVisible()
  await press(app, 'app.zoomIn')
  await app.page.keyboard.press('Control+=')
  await expect.poll(level).toBe(1)
  await app.restart()
  await expect.poll(level).toBe(1)
  await app.page.keyboard.press('Control+0')
  await expect.poll(level).toBe(0)
})

test('the tray tells failures that came while nobody looked', async ({ app }) => {
  const { page, captureUrl, engine } = app
  await engine.endpoints.create({ name: 'Shop', path: '/shop', schemeId: 'stripe' })
  await expect(page.getByRole('button', { name: 'Edit Shop' })).toBeVisible()
  await electronOf(app).evaluate(({ Tray }) => {
    const said: string[] = []
    Reflect.set(globalThis, 'said', said)
    Tray.prototype.setToolTip = (text) => {
      said.push(text)
    }
    Tray.prototype.setContextMenu = (menu) => {
      Reflect.set(globalThis, 'trayMenu', menu)
    }
  })
  const said = () => electronOf(app).evaluate(() => String(Reflect.get(globalThis, 'said')))
  await look(app, false)
  // Right after the start nobody knows yet which delivery is the newest.
  await expect(async () => {
    await deliver(`${captureUrl}/shop`, '{}')
    await expect.poll(said, { timeout: 2_500 }).toMatch(/Countersign: \d new failures?$/)
  }).toPass()

  // Not of the shape that main expects: nothing comes of it.
  await page.evaluate(() => {
    const bridge: Record<string, (...args: unknown[]) => void> = Reflect.get(window, 'countersign')
    bridge['setBadge']?.(-1, [])
    bridge['setBadge']?.(7, [{ deliveryId: 1.5, text: 'x' }])
    bridge['notify']?.({ title: 'x'.repeat(10_000), body: '', deliveryId: null })
    bridge['zoom']?.('very much')
    bridge['setMenuKeys']?.({ 'go.back': 'x'.repeat(1_000) })
  })
  await electronOf(app).evaluate(() => {
    const menu: unknown = Reflect.get(globalThis, 'trayMenu')
    const items: { label: string; click: () => void }[] = Reflect.get(Object(menu), 'items')
    items.find(({ label }) => label.includes('unsigned'))?.click()
  })
  await expect(page.getByRole('article', { name: /^Delivery \d$/ })).toBeVisible()
  await look(app, true)
  await expect.poll(said).toMatch(/Countersign: Listening on http:[^,]+$/)
  expect(await said()).not.toMatch(/7 new|-1 new/)
})

/** Makes the page believe that somebody looks at it, or that nobody does. */
async function look(app: App, looking: boolean): Promise<void> {
  await app.page.evaluate((seen) => {
    document.hasFocus = () => seen
    window.dispatchEvent(new Event(seen ? 'focus' : 'blur'))
  }, looking)
}

test('a page that is loaded anew still hears of links', async ({ app }) => {
  const { page, captureUrl } = app
  await deliver(`${captureUrl}/x`, '1')
  await open(page, '/x')
  await page.keyboard.press('Escape')
  await page.reload()
  await expect(rows(page)).toHaveCount(1)
  expect(await startAgain(app, 'countersign://delivery/1/')).toBe(0)
  await expect(page.getByRole('article', { name: 'Delivery 1' })).toBeVisible()
})
