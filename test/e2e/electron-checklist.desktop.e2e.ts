/** Electron's security checklist where it shows at run time; docs/security.md goes through it. */
import { corpus } from '#test/hostile/corpus.ts'
import { expect, test, type App } from './fixtures.ts'

function electronOf({ shell }: App) {
  if (shell.electron === null) throw new Error('This is the browser shell.')
  return shell.electron
}

test('every window has the preferences that the sources name', async ({ app }) => {
  await expect(app.page.getByRole('button', { name: 'Copy capture URL' })).toBeVisible()
  const windows = await electronOf(app).evaluate(({ webContents }) =>
    webContents.getAllWebContents().map((contents) => {
      const read: unknown = Reflect.get(contents, 'getLastWebPreferences')
      const found: unknown = typeof read === 'function' ? read.call(contents) : null
      return { url: contents.getURL().split('#')[0], found: JSON.parse(JSON.stringify(found)) }
    }),
  )
  expect(windows.map(({ url }) => url)).toEqual(['app://countersign/'])
  expect(windows[0]?.found).toMatchObject({
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    webviewTag: false,
  })
  for (const off of ['allowRunningInsecureContent', 'experimentalFeatures']) {
    expect(Reflect.get(Object(windows[0]?.found), off)).not.toBe(true)
  }
  expect(Reflect.get(Object(windows[0]?.found), 'enableBlinkFeatures')).toBeFalsy()
})

test('no address of the corpus is opened, whatever a page that was taken over asks for', async ({
  app,
}) => {
  const { page } = app
  await expect(page.getByRole('button', { name: 'Copy capture URL' })).toBeVisible()
  await electronOf(app).evaluate(({ shell }) => {
    Reflect.set(globalThis, 'opened', [])
    shell.openExternal = async (url) => {
      const opened: string[] = Reflect.get(globalThis, 'opened')
      opened.push(url)
    }
  })
  const texts = corpus('url', 'html-element', 'markdown').map(({ text }) => text)
  const answers = await page.evaluate(async (all) => {
    const bridge: { openExternal: (url: unknown) => Promise<boolean> } = Reflect.get(
      window,
      'countersign',
    )
    const odd = [null, 7, {}, ['https://docs.stripe.com'], 'x'.repeat(100_000)]
    return Promise.all([...all, ...odd].map((text) => bridge.openExternal(text)))
  }, texts)
  expect(new Set(answers)).toEqual(new Set([false]))
  expect(await electronOf(app).evaluate(() => String(Reflect.get(globalThis, 'opened')))).toBe('')
})

test('Chromium finds no name and no address, and WebRTC no way out', async ({ app }) => {
  const { page } = app
  await expect(page.getByRole('button', { name: 'Copy capture URL' })).toBeVisible()
  const resolved = await electronOf(app).evaluate(async ({ session }) => {
    const found = (host: string) =>
      session.defaultSession.resolveHost(host).then(
        () => 'found',
        () => 'not found',
      )
    return Promise.all(['localhost', '127.0.0.1', 'example.com'].map(found))
  })
  expect(resolved).toEqual(['not found', 'not found', 'not found'])
  const candidates = await page.evaluate(async () => {
    const connection = new RTCPeerConnection({ iceServers: [{ urls: 'stun:127.0.0.1:9' }] })
    const found: string[] = []
    connection.addEventListener('icecandidate', ({ candidate }) => {
      if (candidate?.candidate) found.push(candidate.candidate)
    })
    connection.createDataChannel('x')
    await connection.setLocalDescription(await connection.createOffer())
    await new Promise<void>((resolve) => {
      connection.addEventListener('icegatheringstatechange', () => {
        if (connection.iceGatheringState === 'complete') resolve()
      })
      setTimeout(resolve, 3_000)
    })
    connection.close()
    return found.filter((each) => / udp /i.test(each))
  })
  expect(candidates).toEqual([])
})

test('a file of this machine is not read through the page’s own scheme', async ({ app }) => {
  const { page } = app
  await expect(page.getByRole('button', { name: 'Copy capture URL' })).toBeVisible()
  const statuses = await page.evaluate(async () => {
    const paths = [
      '/../package.json',
      '/..%2f..%2fpackage.json',
      '/%2e%2e/%2e%2e/etc/passwd',
      '//etc/passwd',
      '/main.cjs',
      '/index.html',
      '/assets/',
    ]
    const found = paths.map(async (path) => {
      const answered = await fetch(`app://countersign${path}`).catch(() => null)
      return answered?.status ?? 0
    })
    return Promise.all(found)
  })
  expect(
    statuses.every((status) => status === 404 || status === 0),
    String(statuses),
  ).toBe(true)
  app.watch.allow(/Failed to load resource|left the app|connect-src/)
})
