/**
 * Pages elsewhere in the person's browser, which is signed in here, try what such pages can: at
 * another port of the same host (the same site, so the strict cookie goes along), at another host,
 * and at a name that was bound to this machine behind the browser's back.
 */
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { Browser, Page } from '@playwright/test'
import { type App, startApp } from './app.ts'
import { openBrowserShell } from './browser-shell.ts'
import { expect, test } from './fixtures.ts'
import { launchChromium } from './launch-chromium.ts'
import { oneAfterAnother } from './one-after-another.ts'
import { call, deliver } from './wire.ts'

const RULES =
  'MAP evil.test 127.0.0.1, MAP rebound.test 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost'

interface Elsewhere {
  app: App
  ui: string
  /** A page that is not ours, by the host it is at; `null`: the rebound name at our own port. */
  visit: (host: string) => Promise<Page>
  /** What came to the evil server. */
  seen: IncomingMessage[]
}

async function withEvil(use: (elsewhere: Elsewhere) => Promise<void>): Promise<void> {
  const seen: IncomingMessage[] = []
  const server: Server = createServer((request, response) => {
    seen.push(request)
    response.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html><p>a page</p>')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const browser: Browser = await launchChromium(undefined, [`--host-resolver-rules=${RULES}`])
  const { app, stop, remove } = await startApp((dataDir, watch) =>
    openBrowserShell(browser, dataDir, watch),
  )
  try {
    const ui = app.shell.web?.origin ?? ''
    // What the evil page does is its own: only our page is watched for problems.
    const visit = async (host: string) => {
      const page = await app.shell.context.newPage()
      await page.goto(`http://${host}:${port}/`)
      return page
    }
    await use({ app, ui, visit, seen })
  } finally {
    await stop()
    await browser.close()
    server.close()
    server.closeAllConnections()
    remove()
  }
}

/** Everything that a page can try on another origin, run in that page; what came of each. */
function attacks(ui: string): Promise<Record<string, string>> {
  const asked = (path: string, init: RequestInit) => async () => {
    const response = await fetch(ui + path, { credentials: 'include', ...init })
    return `${response.type} ${response.status} ${(await response.text()).slice(0, 40)}`
  }
  const loaded = (name: 'script' | 'img' | 'link', path: string) => () =>
    new Promise((resolve, reject) => {
      const set: Record<string, string> =
        name === 'link' ? { rel: 'stylesheet', href: ui + path } : { src: ui + path }
      const element: HTMLElement = Object.assign(document.createElement(name), set)
      element.addEventListener('load', () => resolve('loaded'))
      element.addEventListener('error', reject)
      document.body.append(element)
    })
  const post = { method: 'POST', body: '{"name":"evil","path":"/evil","schemeId":null}' }
  const json = { 'Content-Type': 'application/json' }
  const socket = () =>
    new Promise((resolve, reject) => {
      const ws = new WebSocket(`${ui.replace('http', 'ws')}/rpc`)
      ws.addEventListener('open', () => resolve('opened'))
      ws.addEventListener('error', reject)
    })
  const events = () =>
    new Promise((resolve, reject) => {
      const source = new EventSource(`${ui}/api/status`, { withCredentials: true })
      source.addEventListener('open', () => resolve('opened'))
      source.addEventListener('error', () => {
        source.close()
        reject(new Error('closed'))
      })
    })
  const all: [string, () => Promise<unknown>][] = [
    ['fetch', asked('/api/status', {})],
    ['fetch, no-cors', asked('/api/status', { mode: 'no-cors' })],
    ['fetch of the page, no-cors', asked('/', { mode: 'no-cors' })],
    ['simple POST', asked('/api/endpoints', { ...post, mode: 'no-cors' })],
    ['POST of JSON', asked('/api/endpoints', { ...post, headers: json })],
    ['PUT', asked('/api/settings', { method: 'PUT', body: '{}', headers: json })],
    ['DELETE', asked('/api/deliveries/1', { method: 'DELETE' })],
    ['script', loaded('script', '/api/deliveries')],
    ['script of ours', loaded('script', '/assets/index.js')],
    ['picture', loaded('img', '/icon.svg')],
    ['style', loaded('link', '/api/status')],
    ['WebSocket', socket],
    ['EventSource', events],
  ]
  navigator.sendBeacon(`${ui}/api/endpoints`, post.body)
  const outcomes = all.map(async ([name, act]) => {
    try {
      // A document that may not even try hears nothing at all.
      const tooLong = new Promise((_, reject) => setTimeout(reject, 5_000))
      return [name, String(await Promise.race([act(), tooLong]))] as const
    } catch {
      return [name, 'refused'] as const
    }
  })
  return Promise.all(outcomes).then((found) => Object.fromEntries(found))
}

test('a page at another port of this machine gets nothing and changes nothing', async () => {
  await withEvil(async ({ app, ui, visit }) => {
    await deliver(`${app.captureUrl}/before`, '1')
    const attacked = async (host: string): Promise<void> => {
      const page = await visit(host)
      const found = await page.evaluate(attacks, ui)
      expect(new Set(Object.values(found)), JSON.stringify(found)).toEqual(new Set(['refused']))
      expect(await app.engine.endpoints.list()).toEqual([])
      expect(await app.engine.deliveries.count({})).toMatchObject({ count: 1 })
      await expect(app.page.getByRole('button', { name: 'Copy capture URL' })).toBeVisible()
      await page.close()
    }
    const hosts = ['127.0.0.1', 'localhost', 'evil.test']
    await oneAfterAnother(
      app,
      Object.fromEntries(hosts.map((host) => [host, () => attacked(host)])),
    )
  })
})

test('a form of another page changes nothing, and its answer is no page of ours', async () => {
  await withEvil(async ({ app, ui, visit }) => {
    for (const host of ['127.0.0.1', 'evil.test']) {
      const page = await visit(host)
      await page.setContent(
        `<form method=post enctype=text/plain action="${ui}/api/endpoints"><input name='{"name":"evil","path":"/evil","schemeId":null,"x":"' value='"}'></form>`,
      )
      const answered = page.waitForResponse((response) => response.url().startsWith(ui))
      await page.evaluate(() => document.forms[0]?.submit())
      expect((await answered).status()).toBe(403)
    }
    expect(await app.engine.endpoints.list()).toEqual([])
  })
})

test('our page cannot be framed, nor held by the page that opened it', async () => {
  await withEvil(async ({ ui, visit }) => {
    for (const host of ['127.0.0.1', 'evil.test']) {
      const page = await visit(host)
      await page.setContent(
        `<iframe src="${ui}/"></iframe><object data="${ui}/"></object><embed src="${ui}/">`,
      )
      await page.waitForLoadState('load')
      const framed = page.frames().filter((frame) => frame !== page.mainFrame())
      for (const frame of framed) {
        const root = frame.evaluate(() => document.querySelector('#root'))
        // One that was taken away meanwhile shows nothing either.
        expect(await root.catch((error) => (frame.isDetached() ? null : error))).toBeNull()
      }
      const opened = page.waitForEvent('popup')
      await page.evaluate((url) => {
        Reflect.set(window, 'held', window.open(url))
      }, ui)
      const popup = await opened
      await popup.waitForLoadState('load')
      const held = await page.evaluate(() => {
        const other: unknown = Reflect.get(window, 'held')
        if (!(typeof other === 'object' && other !== null)) return 'nothing'
        try {
          return Reflect.get(other, 'closed') === true
            ? 'closed'
            : String(Reflect.get(other, 'document'))
        } catch {
          return 'refused'
        }
      })
      // COOP cuts the bond where the page is ours; a refusal without it is of another origin.
      expect(['closed', 'refused', 'nothing']).toContain(held)
      await popup.close()
    }
  })
})

test('a name that was bound to this machine leads to a refusal', async () => {
  await withEvil(async ({ app, ui }) => {
    const port = new URL(ui).port
    const page = await app.shell.context.newPage()
    for (const path of ['/', '/api/status', '/delivery/1', '/assets/x.js']) {
      const answer = await page.goto(`http://rebound.test:${port}${path}`)
      expect(answer?.status()).toBe(403)
    }
    // The page came from elsewhere; then its name was bound to this machine: the same origin.
    const bound = `http://rebound.test:${port}`
    await page.route(`${bound}/came-before`, (route) =>
      route.fulfill({ contentType: 'text/html', body: '<!doctype html><p>a page' }),
    )
    await page.goto(`${bound}/came-before`)
    for (const [name, came] of Object.entries(await page.evaluate(attacks, bound))) {
      expect(came, name).toMatch(/^refused$|^basic 403 /)
    }
    const across = await page.evaluate(attacks, ui)
    expect(new Set(Object.values(across)), JSON.stringify(across)).toEqual(new Set(['refused']))
    expect(await app.engine.endpoints.list()).toEqual([])
  })
})

test('a refusal tells no more by its size, its time or its words of what is here than of what is not', async () => {
  await withEvil(async ({ app, ui, visit }) => {
    await deliver(`${app.captureUrl}/here`, 'x'.repeat(500_000))
    const cookies = await app.shell.context.cookies(ui)
    const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
    const answers = await Promise.all(
      ['/api/deliveries/1', '/api/deliveries/999', '/api/nothing', '/'].map(async (path) => {
        const headers = ['Cookie', cookie, 'Sec-Fetch-Site', 'same-site']
        const { status, body, headers: told } = await call(ui + path, { headers })
        return [status, body, told['content-length'], told['cross-origin-resource-policy']]
      }),
    )
    expect(new Set(answers.map((each) => JSON.stringify(each))).size).toBe(1)
    const page = await visit('127.0.0.1')
    const told = await page.evaluate(async (origin) => {
      await Promise.all(
        ['/api/deliveries/1', '/api/deliveries/999'].map((path) =>
          fetch(origin + path, { mode: 'no-cors', credentials: 'include' }).catch(() => undefined),
        ),
      )
      return performance
        .getEntriesByType('resource')
        .filter(({ name }) => name.startsWith(origin))
        .map((entry) => [Reflect.get(entry, 'transferSize'), Reflect.get(entry, 'responseStatus')])
    }, ui)
    for (const each of told) expect(each).toEqual([0, 0])
  })
})

test('a browser that tells neither site nor origin can read what it may show, and change nothing', async () => {
  await withEvil(async ({ app, ui }) => {
    const cookies = await app.shell.context.cookies(ui)
    const cookie = ['Cookie', cookies.map(({ name, value }) => `${name}=${value}`).join('; ')]
    const described = await call(`${ui}/api/openapi.json`, { headers: cookie })
    const { paths }: { paths: Record<string, Record<string, { operationId?: string }>> } =
      JSON.parse(described.body)
    const reads = Object.values(paths).flatMap((methods) => methods['get']?.operationId ?? [])
    expect(reads.length).toBeGreaterThan(10)
    const changing =
      /\.(?:create|update|remove|delete|set|add|send|begin|cancel|write|finish|reveal|run|save|restore|arrange|undo|retry|replay|unlock)/i
    expect(reads.filter((name) => changing.test(name))).toEqual([])
    // As a page without Fetch Metadata embeds it: it stays unread, since it is no page, script or picture.
    const read = await call(`${ui}/api/status`, { headers: cookie })
    expect(read.headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
      'x-frame-options': 'DENY',
    })
    expect(read.headers['content-type']).toContain('json')
    // Every browser names the origin of a POST.
    const post = { method: 'POST', body: '{"name":"evil","path":"/e","schemeId":null}' }
    const evil = ['Origin', 'http://127.0.0.1:1', 'Content-Type', 'text/plain']
    expect(
      (await call(`${ui}/api/endpoints`, { ...post, headers: [...cookie, ...evil] })).status,
    ).toBe(403)
    expect(await app.engine.endpoints.list()).toEqual([])
  })
})
