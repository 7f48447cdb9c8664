/** What the browser shell's server lets in: nobody but the page that came through the link. */
import { WebSocket } from 'ws'
import { type App, expect, test } from './fixtures.ts'
import type { WebDoors } from './shell.ts'
import { call } from './wire.ts'

function doors({ shell }: App): WebDoors {
  if (shell.web === null) throw new Error('This is the desktop shell.')
  return shell.web
}

/** The cookie that the page got for its token. */
async function cookieOf(app: App): Promise<string> {
  const cookies = await app.shell.context.cookies(doors(app).origin)
  return cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
}

/** The status that a WebSocket upgrade is answered with; 101 when it is let in. */
function upgrade(origin: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${origin.replace('http', 'ws')}/rpc`, { headers })
    socket.once('open', () => {
      socket.close()
      resolve(101)
    })
    socket.once('unexpected-response', (request, { statusCode }) => {
      request.destroy()
      resolve(statusCode ?? 0)
    })
    socket.once('error', reject)
  })
}

test('the link works once and becomes a cookie that scripts cannot read', async ({ app }) => {
  const { usedLink, origin } = doors(app)
  expect(new URL(app.page.url()).search).toBe('')
  const cookies = await app.shell.context.cookies(origin)
  expect(cookies).toHaveLength(1)
  expect(cookies[0]).toMatchObject({ httpOnly: true, sameSite: 'Strict' })
  expect(await app.page.evaluate(() => document.cookie)).toBe('')
  expect((await call(usedLink)).status).toBe(401)
})

test('without the cookie or with a made-up token there is nothing', async ({ app }) => {
  const { origin, api } = doors(app)
  const made = 'A'.repeat(43)
  expect((await call(`${origin}/`)).status).toBe(401)
  expect((await call(`${origin}/?token=${made}`)).status).toBe(401)
  expect((await call(`${api.url}/deliveries`)).status).toBe(401)
  const headers = ['Authorization', `Bearer ${made}`]
  expect((await call(`${api.url}/deliveries`, { headers })).status).toBe(401)
  expect(await upgrade(origin, { Origin: origin })).toBe(401)
})

test('a foreign Origin, Host or site is refused even with the cookie', async ({ app }) => {
  const { origin, api } = doors(app)
  const cookie = ['Cookie', await cookieOf(app)]
  const status = async (headers: string[]) =>
    (await call(`${api.url}/status`, { headers: [...cookie, ...headers] })).status
  expect(await status([])).toBe(200)
  expect(await status(['Origin', origin])).toBe(200)
  expect(await status(['Origin', 'https://evil.invalid'])).toBe(403)
  expect(await status(['Origin', 'null'])).toBe(403)
  expect(await status(['Sec-Fetch-Site', 'cross-site'])).toBe(403)
  expect(await status(['Sec-Fetch-Site', 'same-site'])).toBe(403)
  expect(await status(['Host', 'evil.invalid'])).toBe(403)
  expect(await status(['Host', new URL(app.captureUrl).host])).toBe(403)
})

test('a WebSocket opens only from the page’s own origin', async ({ app }) => {
  const { origin } = doors(app)
  const Cookie = await cookieOf(app)
  expect(await upgrade(origin, { Cookie, Origin: origin })).toBe(101)
  expect(await upgrade(origin, { Cookie, Origin: 'https://evil.invalid' })).toBe(403)
  expect(await upgrade(origin, { Cookie, Origin: app.captureUrl })).toBe(403)
  expect(await upgrade(origin, { Cookie, Origin: origin, Host: 'evil.invalid' })).toBe(403)
  expect(await upgrade(origin, { Cookie })).toBe(403)
})

test('captured bytes leave as a download without a type, never as a page', async ({ app }) => {
  const { api } = doors(app)
  const body = '<!doctype html><script>document.title = "owned"</script>'
  const headers = ['Content-Type', 'text/html']
  const sent = await call(`${app.captureUrl}/x`, { method: 'POST', headers, body })
  expect(sent).toMatchObject({ status: 200, body: '' })
  const { rows } = await app.engine.deliveries.list({})
  const got = await call(`${api.url}/deliveries/${rows[0]?.id}/body`, {
    headers: ['Authorization', `Bearer ${api.token}`],
  })
  expect(got.status).toBe(200)
  expect(got.body).toBe(body)
  expect(got.headers['content-type']).toBe('application/octet-stream')
  expect(got.headers['content-disposition']).toContain('attachment')
  expect(got.headers['x-content-type-options']).toBe('nosniff')
  expect(got.headers['content-security-policy']).toContain("default-src 'none'")
})

test('the capture port serves no page and no call', async ({ app }) => {
  for (const path of ['/', '/index.html', '/api/status', '/rpc']) {
    expect(await call(`${app.captureUrl}${path}`)).toMatchObject({ status: 200, body: '' })
  }
  const { rows } = await app.engine.deliveries.list({})
  expect(rows.map(({ target }) => target)).toEqual(['/rpc', '/api/status', '/index.html', '/'])
})

test('the page comes under the strict policy, with a nonce of its own each time', async ({
  app,
}) => {
  const { origin } = doors(app)
  const headers = ['Cookie', await cookieOf(app)]
  const policies = await Promise.all(
    [1, 2].map(async () =>
      String((await call(`${origin}/`, { headers })).headers['content-security-policy']),
    ),
  )
  expect(policies[0]).not.toBe(policies[1])
  for (const policy of policies) {
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("require-trusted-types-for 'script'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toMatch(/unsafe-|https?:|\*/)
  }
})
