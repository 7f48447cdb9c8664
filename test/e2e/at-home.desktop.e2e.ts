/** The desktop at home: tray, closing, opened files, about, diagnostics, reports of crashes. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { findElectron } from './find-electron.ts'
import { expect, test, type App } from './fixtures.ts'
import { rows } from './screen.ts'
import { deliver } from './wire.ts'

const root = path.join(import.meta.dirname, '../..')

function electronOf(app: App) {
  const { electron } = app.shell
  if (!electron) throw new Error('This is the browser shell.')
  return electron
}

/** Starts the program once more, as the OS does for a file or an icon. */
async function startAgain(app: App, ...files: string[]): Promise<unknown> {
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const args = [...asRoot, root, '--data-dir', app.dataDir, '--port', '0', '--', ...files]
  const [code] = await once(spawn(findElectron(), args, { stdio: 'ignore' }), 'exit')
  return code
}

async function goTo(app: App, section: string): Promise<void> {
  await app.page.getByRole('button', { name: 'Settings', exact: true }).click()
  const sections = app.page.getByRole('navigation', { name: 'Sections of the settings' })
  await sections.getByRole('button', { name: section, exact: true }).click()
}

const isVisible = (app: App) =>
  electronOf(app).evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible())

test('the tray pauses and resumes what the top bar shows', async ({ app }) => {
  const { page, captureUrl } = app
  await electronOf(app).evaluate(({ Tray }) => {
    Tray.prototype.setContextMenu = (menu) => {
      Reflect.set(globalThis, 'trayMenu', menu)
    }
  })
  const click = (label: string) =>
    electronOf(app).evaluate((_, wanted) => {
      const menu: unknown = Reflect.get(globalThis, 'trayMenu')
      const items: { label: string; click: () => void }[] = Reflect.get(Object(menu), 'items') ?? []
      const found = items.find((item) => item.label === wanted)
      found?.click()
      return found !== undefined
    }, label)
  await page.getByRole('button', { name: 'Pause listening' }).click()
  await expect(page.getByText('Paused', { exact: true })).toBeVisible()
  await expect(deliver(`${captureUrl}/x`, '1')).rejects.toThrow()
  await expect.poll(() => click('Resume Listening')).toBe(true)
  await expect(page.getByRole('button', { name: 'Pause listening' })).toBeVisible()
  await deliver(`${captureUrl}/x`, '1')
  await expect(rows(page)).toHaveCount(1)
  await expect.poll(() => click('Pause Listening')).toBe(true)
  await expect(page.getByRole('button', { name: 'Resume listening' })).toBeVisible()
})

test('a window that is closed goes on recording where the person chose so', async ({ app }) => {
  const { page, captureUrl } = app
  await electronOf(app).evaluate(({ Notification }) => {
    const said: string[] = []
    Reflect.set(globalThis, 'said', said)
    Notification.isSupported = () => true
    Notification.prototype.show = function show() {
      said.push(this.title)
    }
  })
  await goTo(app, 'Desktop')
  await page.getByText('Go on recording when the window is closed').click()
  const close = () =>
    electronOf(app).evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
  const said = () => electronOf(app).evaluate(() => String(Reflect.get(globalThis, 'said')))
  await expect(page.getByRole('switch', { name: /Go on recording/ })).toBeChecked()
  await close()
  await expect.poll(() => isVisible(app)).toBe(false)
  await deliver(`${captureUrl}/hidden`, '1')
  expect(await startAgain(app)).toBe(0)
  await expect.poll(() => isVisible(app)).toBe(true)
  await close()
  await expect.poll(() => isVisible(app)).toBe(false)
  expect(await said()).toBe('Countersign goes on recording')
  expect(await startAgain(app)).toBe(0)
  await page.getByRole('button', { name: /^All/ }).first().click()
  await expect(rows(page, '/hidden')).toHaveCount(1)
})

test('the settings of the desktop say what this copy cannot do', async ({ app }) => {
  await goTo(app, 'Desktop')
  await expect(app.page.getByText('This copy runs from its sources: update those.')).toBeVisible()
  await expect(app.page.getByText(/is not started at login/)).toBeVisible()
  await expect(app.page.getByText('Look for newer versions')).toHaveCount(0)
})

test('a file that is opened is imported, and the window says so', async ({ app }) => {
  const file = path.join(app.dataDir, 'a day <b>.har')
  const request = {
    method: 'POST',
    url: 'http://127.0.0.1:4100/from-a-file',
    httpVersion: 'HTTP/1.1',
    headers: [],
    queryString: [],
    cookies: [],
    headersSize: -1,
    bodySize: 0,
  }
  const entries = [{ startedDateTime: '2026-01-01T00:00:00.000Z', time: 1, request }]
  const log = { version: '1.2', creator: { name: 'a test', version: '1' }, entries }
  writeFileSync(file, JSON.stringify({ log }))
  expect(await startAgain(app, file, '/etc/passwd')).toBe(0)
  await expect(app.page.getByText('a day <b>.har: 1 added, 0 already here')).toBeVisible()
  await app.page.getByRole('button', { name: 'Show imports' }).click()
  await expect(rows(app.page, '/from-a-file')).toHaveCount(1)
})

test('About and diagnostics say what runs, and no secret', async ({ app }) => {
  const endpoint = { name: 'Shop', path: '/shop', schemeId: 'stripe' }
  const { id } = await app.engine.endpoints.create(endpoint)
  await app.engine.secrets.add({ endpointId: id, name: 'live', text: 'whsec_never_to_be_seen' })
  await electronOf(app).evaluate(async ({ dialog, clipboard }) => {
    const shown: string[] = []
    Reflect.set(globalThis, 'shown', shown)
    Reflect.set(dialog, 'showMessageBox', async (box: { message: string; detail: string }) => {
      shown.push(`${box.message}\n${box.detail}`)
      return { response: 0, checkboxChecked: false }
    })
    await clipboard.writeText('')
  })
  const press = (entry: string) =>
    electronOf(app).evaluate(({ Menu }, item) => {
      Menu.getApplicationMenu()?.getMenuItemById(item)?.click()
    }, entry)
  await press('about')
  const shown = () => electronOf(app).evaluate(() => String(Reflect.get(globalThis, 'shown')))
  await expect.poll(shown).toMatch(/Countersign \d[^]*Electron \d[^]*Node \d/)
  expect(await shown()).toContain(app.dataDir)
  await press('copy-diagnostics')
  const copied = () => electronOf(app).evaluate(({ clipboard }) => clipboard.readText())
  await expect.poll(copied).toMatch(/Electron \d[^]*Listening on [^]*"event":"starting"/)
  expect(await copied()).not.toContain('never_to_be_seen')
})

test('what crashes comes back, and leaves a report that stays here', async ({ app }) => {
  const { page, captureUrl, engine } = app
  await deliver(`${captureUrl}/x`, '{"card":"4242424242424242"}')
  await expect(rows(page)).toHaveCount(1)
  const reports = () => {
    const folder = path.join(app.dataDir, 'reports')
    return readdirSync(folder).map((name) => readFileSync(path.join(folder, name), 'utf8'))
  }
  const { pid } = await engine.status.get()
  process.kill(pid, 'SIGKILL')
  await expect(page.getByText(/Engine restarted/)).toBeVisible()
  expect(reports()).toHaveLength(1)
  expect(reports()[0]).toMatch(/^The engine stopped: exit code/)
  const reloaded = electronOf(app).evaluate(
    ({ BrowserWindow }) =>
      new Promise<void>((resolve) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents
        contents?.once('did-finish-load', () => resolve())
        contents?.forcefullyCrashRenderer()
      }),
  )
  await reloaded
  expect(reports()).toHaveLength(2)
  expect(reports().join()).toMatch(/The page of the window stopped/)
  expect(reports().join()).not.toContain('4242')
})
