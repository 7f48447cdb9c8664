/** What a page in the desktop window cannot do, tried from inside it. */
import { type App, expect, test } from './fixtures.ts'
import { deliver } from './wire.ts'

const OUTSIDE = 'https://example.invalid/'

/**
 * Still our page in the one window, and alive: what arrives now is shown. Asked of Electron, since
 * Playwright waits for a navigation that was begun and refused as if it would still come.
 */
async function expectStillHere({ captureUrl, shell }: App, path: string): Promise<void> {
  await deliver(captureUrl + path, 'still here')
  const look = () =>
    shell.electron?.evaluate(async ({ BrowserWindow }) => {
      const pages = BrowserWindow.getAllWindows().map(({ webContents }) => webContents)
      const text: unknown = await pages[0]?.executeJavaScript('document.body.innerText')
      return { urls: pages.map((page) => page.getURL().split('#')[0]), text: String(text) }
    })
  await expect.poll(async () => (await look())?.text).toContain(path)
  expect((await look())?.urls).toEqual(['app://countersign/'])
}

test('the page has no Node and no Electron', async ({ app }) => {
  const found = await app.page.evaluate(() =>
    ['require', 'process', 'module', 'Buffer', 'global', 'electron', 'ipcRenderer'].filter(
      (name) => name in globalThis,
    ),
  )
  expect(found).toEqual([])
  const bridge = await app.page.evaluate(() => Object.keys(Reflect.get(window, 'countersign')))
  // Each is answered by main only for its own window, with bounded arguments (electron/page-errands.ts).
  expect(bridge.sort()).toEqual([
    'appState',
    'changeApp',
    'copyText',
    'notify',
    'openDocs',
    'openExternal',
    'platform',
    'requestPort',
    'setBadge',
    'setMenuKeys',
    'shell',
    'updateStep',
    'zoom',
  ])
})

test('it cannot go anywhere', async ({ app }) => {
  for (const url of [OUTSIDE, 'app://countersign/other', 'file:///etc/hostname']) {
    await app.page.evaluate((to) => {
      window.location.href = to
    }, url)
    await expectStillHere(app, `/after-${new URL(url).protocol.slice(0, -1)}`)
  }
  // Chromium itself says that a page may not load a local file.
  app.watch.allow(/Not allowed to load local resource: file:/)
  app.watch.allow(/^left the app: https:\/\/example\.invalid\//)
})

test('it cannot open a window', async ({ app }) => {
  const opened = await app.page.evaluate(
    (url) => [window.open(url), window.open('app://countersign/'), window.open('')],
    OUTSIDE,
  )
  expect(opened).toEqual([null, null, null])
  await expectStillHere(app, '/after')
})

test('a link in it leads nowhere', async ({ app }) => {
  for (const target of ['', '_blank', '_top']) {
    await app.page.evaluate(
      ([href = '', where = '']) => {
        const link = document.createElement('a')
        link.href = href
        link.target = where
        link.textContent = 'a link'
        document.body.append(link)
        link.click()
        link.remove()
      },
      [OUTSIDE, target],
    )
  }
  await expectStillHere(app, '/after')
  app.watch.allow(/^left the app: https:\/\/example\.invalid\//)
})

test('it gets no permission', async ({ app }) => {
  const answers = await app.page.evaluate(async () => {
    const position = new Promise<string>((resolve) => {
      navigator.geolocation.getCurrentPosition(
        () => resolve('granted'),
        (error) => resolve(error.code === error.PERMISSION_DENIED ? 'denied' : 'failed'),
      )
    })
    const media = navigator.mediaDevices.getUserMedia({ audio: true, video: true }).then(
      () => 'granted',
      (error: unknown) => (error instanceof DOMException ? error.name : 'failed'),
    )
    return {
      notifications: await Notification.requestPermission(),
      geolocation: await position,
      media: await media,
    }
  })
  expect(answers.notifications).toBe('denied')
  expect(answers.geolocation).toBe('denied')
  expect(['NotAllowedError', 'NotFoundError']).toContain(answers.media)
})

test('it cannot reach the network, and injected markup does not run', async ({ app }) => {
  const outcome = await app.page.evaluate(async (url) => {
    const fetched = await fetch(url).then(
      () => 'reached',
      () => 'refused',
    )
    let markup = 'taken'
    try {
      document.body.insertAdjacentHTML('beforeend', '<img src="x" onerror="document.title=1">')
    } catch {
      markup = 'refused'
    }
    // What the debugger runs itself is exempt from the policy; a later task is not.
    await new Promise((resolve) => setTimeout(resolve))
    let code = 'ran'
    try {
      const evaluate: (code: string) => string = Reflect.get(window, 'eval')
      code = evaluate('"ran"')
    } catch {
      code = 'refused'
    }
    return { fetched, markup, code }
  }, OUTSIDE)
  expect(outcome).toEqual({ fetched: 'refused', markup: 'refused', code: 'refused' })
  // The policy says so, which is what was wanted here.
  app.watch.allow(
    /connect-src|script-src|trusted-types|TrustedHTML|TrustedScript|example\.invalid|eval/i,
  )
})
