import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { ORPCError } from '@orpc/client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { createApiClient, webSocketLink } from '#contract/client.ts'
import { forwardingRouter } from '#engine/rpc/forwarding-router.ts'
import { startServer, type RunningServer } from './server.ts'

const SAVED = { id: 42, name: 'Failures', query: 'is:failure', position: 0 }
const router = forwardingRouter({
  call: async (called, input) => {
    const name = called.join('.')
    if (name === 'savedFilters.list') return [SAVED]
    if (name === 'deliveries.count') return { count: JSON.stringify(input).length, capped: false }
    if (name === 'deliveries.body') return new Blob(['<script>alert(1)</script>'])
    if (name === 'tools.subscriberHash') return { hash: 'ab', matches: null }
    throw new ORPCError('NOT_FOUND')
  },
})

let folder: string
let server: RunningServer
let nowMs = 1_700_000_000_000
const logged: string[] = []

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'countersign-ui-'))
  const rendererDir = path.join(folder, 'renderer')
  mkdirSync(path.join(rendererDir, 'assets'), { recursive: true })
  writeFileSync(path.join(rendererDir, 'index.html'), '<style nonce="__CSP_NONCE__"></style>')
  writeFileSync(path.join(rendererDir, 'assets', 'index-1a2b3c4d.js'), 'export {}')
  mkdirSync(path.join(rendererDir, 'docs'))
  writeFileSync(path.join(rendererDir, 'docs', 'index.html'), '<h1>Countersign</h1>')
  writeFileSync(path.join(folder, 'outside.txt'), 'outside')
  server = await startServer({
    router,
    version: '1.2.3',
    port: 0,
    rendererDir,
    now: () => nowMs,
    onRequestLog: (entry) => logged.push(`${entry.method} ${entry.path} ${entry.status}`),
  })
})
afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true })
})

interface Reply {
  status: number
  headers: IncomingHttpHeaders
  text: string
}

interface Ask {
  method?: string
  headers?: Record<string, string>
  body?: string
}

async function ask(
  target: string,
  { method = 'GET', headers = {}, body }: Ask = {},
): Promise<Reply> {
  const sent = httpRequest({ port: server.port, host: '127.0.0.1', path: target, method, headers })
  sent.end(body)
  const [response] = await once(sent, 'response')
  const chunks: Buffer[] = []
  for await (const chunk of response) chunks.push(chunk)
  return {
    status: response.statusCode,
    headers: response.headers,
    text: Buffer.concat(chunks).toString(),
  }
}

function linkPath(): string {
  return server.tokenUrl().slice(server.url.length)
}

async function signIn(): Promise<string> {
  const reply = await ask(linkPath())
  return reply.headers['set-cookie']?.[0]?.split(';')[0] ?? ''
}

describe('the token link', () => {
  it('becomes a strict cookie that names the port, and leaves the URL', async () => {
    const reply = await ask(linkPath(), {
      headers: { 'Sec-Fetch-Site': 'none', 'Sec-Fetch-Mode': 'navigate' },
    })
    expect(reply.status).toBe(303)
    expect(reply.headers.location).toBe('/')
    expect(reply.headers['set-cookie']?.[0]).toMatch(
      new RegExp(`^countersign-${server.port}=[\\w-]{43}; Path=/; HttpOnly; SameSite=Strict$`),
    )
  })

  it('is good once', async () => {
    const link = linkPath()
    expect((await ask(link)).status).toBe(303)
    expect((await ask(link)).status).toBe(401)
  })

  it('expires after an hour', async () => {
    const link = linkPath()
    nowMs += 3_600_001
    expect((await ask(link)).status).toBe(401)
  })

  it('is not used up by HEAD, by prefetching or by a script', async () => {
    const link = linkPath()
    expect((await ask(link, { method: 'HEAD' })).status).toBe(401)
    expect((await ask(link, { headers: { 'Sec-Purpose': 'prefetch' } })).status).toBe(401)
    const fetched = { 'Sec-Fetch-Site': 'same-origin', 'Sec-Fetch-Mode': 'cors' }
    expect((await ask(link, { headers: fetched })).status).toBe(403)
    expect((await ask(link)).status).toBe(303)
  })

  it('never reaches the log', async () => {
    await ask(linkPath())
    expect(logged.join()).not.toContain('token')
    expect(logged).toContain('GET / 303')
  })
})

describe('the guard', () => {
  it.each([
    '/',
    '/assets/index-1a2b3c4d.js',
    '/api/settings',
    '/api/openapi.json',
    '/docs/index.html',
    '/?token=wrong',
  ])('refuses %s without a cookie and says how to get in', async (target) => {
    const reply = await ask(target)
    expect(reply.status).toBe(401)
    expect(reply.headers['content-type']).toBe('text/plain; charset=utf-8')
    expect(reply.text).toContain('Run the command again')
  })

  it.each([
    ['another name (DNS rebinding)', { Host: 'evil.example' }],
    ['our name at another port', { Host: '127.0.0.1:1' }],
    ['our name as a part of theirs', { Host: '127.0.0.1.evil.example' }],
    ['a foreign Origin', { Origin: 'https://evil.example' }],
    ['an opaque Origin', { Origin: 'null' }],
    ['a cross-site fetch', { 'Sec-Fetch-Site': 'cross-site' }],
    ['a fetch from another port', { 'Sec-Fetch-Site': 'same-site' }],
    ['a fetch that claims to be nobody', { 'Sec-Fetch-Site': 'none', 'Sec-Fetch-Mode': 'cors' }],
  ])('refuses %s even with the cookie', async (_, headers) => {
    const cookie = await signIn()
    for (const target of ['/', '/api/settings', linkPath()]) {
      const reply = await ask(target, { headers: { Cookie: cookie, ...headers } })
      expect(reply.status).toBe(403)
      expect(reply.headers['set-cookie']).toBeUndefined()
    }
  })

  it('lets the cookie in under both of our names', async () => {
    const cookie = await signIn()
    for (const name of ['127.0.0.1', 'localhost']) {
      const headers = { Cookie: cookie, Host: `${name}:${server.port}` }
      expect((await ask('/', { headers })).status).toBe(200)
    }
  })

  it('does not take the cookie of another port', async () => {
    const cookie = (await signIn()).replace(`-${server.port}=`, '-1=')
    expect((await ask('/', { headers: { Cookie: cookie } })).status).toBe(401)
  })

  it.each([
    'GET http://evil.example/ HTTP/1.1',
    'GET //evil.example/ HTTP/1.1',
    'OPTIONS * HTTP/1.1',
  ])('refuses the target of %s', async (line) => {
    const cookie = await signIn()
    expect(await raw(`${line}\r\nHost: 127.0.0.1:${server.port}\r\nCookie: ${cookie}\r\n`)).toMatch(
      /^HTTP\/1\.1 400 /,
    )
  })

  it('refuses two Hosts, no Host and headers beyond the limit', async () => {
    const host = `Host: 127.0.0.1:${server.port}\r\n`
    expect(await raw(`GET / HTTP/1.1\r\n${host}Host: evil.example\r\n`)).toMatch(/ 40[03] /)
    expect(await raw('GET / HTTP/1.1\r\n')).toMatch(/^HTTP\/1\.1 400 /)
    expect(await raw(`GET / HTTP/1.1\r\n${host}X: ${'x'.repeat(20_000)}\r\n`)).toMatch(/ 431 /)
  })
})

/** Sends bytes as they stand and gives what comes back until the other side closes. */
async function raw(head: string): Promise<string> {
  const socket = connect(server.port, '127.0.0.1')
  socket.write(`${head}Connection: close\r\n\r\n`)
  let text = ''
  socket.on('data', (data) => (text += String(data)))
  await once(socket, 'close')
  return text
}

describe('files', () => {
  it('serves the page with a fresh nonce and the policy', async () => {
    const headers = { Cookie: await signIn() }
    const [first, second] = [await ask('/', { headers }), await ask('/', { headers })]
    const nonce = /nonce="([^"]+)"/.exec(first.text)?.[1] ?? ''
    const policy = String(first.headers['content-security-policy'])
    expect(Buffer.from(nonce, 'base64')).toHaveLength(16)
    expect(policy).toContain(`style-src 'self' 'nonce-${nonce}'`)
    expect(policy).toContain("default-src 'none'; script-src 'self';")
    expect(policy).toContain("require-trusted-types-for 'script'; trusted-types default")
    expect(policy).not.toContain('unsafe')
    expect(second.text).not.toBe(first.text)
    expect(first.headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
    })
  })

  it('keeps hashed files for long and answers HEAD without a body', async () => {
    const headers = { Cookie: await signIn() }
    const target = '/assets/index-1a2b3c4d.js'
    const got = await ask(target, { headers })
    expect(got.text).toBe('export {}')
    expect(got.headers['cache-control']).toContain('immutable')
    const head = await ask(target, { headers, method: 'HEAD' })
    expect([head.status, head.text, head.headers['content-length']]).toEqual([200, '', '9'])
    const etag = String(got.headers.etag)
    expect((await ask(target, { headers: { ...headers, 'If-None-Match': etag } })).status).toBe(304)
  })

  it.each([
    '/../outside.txt',
    '/..%2foutside.txt',
    '/%2e%2e/outside.txt',
    '/assets/../../outside.txt',
    '/assets/..%5c..%5coutside.txt',
    '/index.html',
    '/__proto__',
    '/assets',
    '/assets/index-1a2b3c4d.js%00',
  ])('has nothing at %s', async (target) => {
    const reply = await ask(target, { headers: { Cookie: await signIn() } })
    expect(reply.status).toBe(404)
    expect(reply.text).not.toContain('outside')
  })

  it('leads from a delivery’s link to its place in the page', async () => {
    const headers = { Cookie: await signIn() }
    const reply = await ask('/delivery/123', { headers })
    expect([reply.status, reply.headers.location]).toEqual([303, '/#/all/123'])
    expect((await ask('/delivery/123')).status).toBe(401)
  })

  it.each(['/delivery/0', '/delivery/1/', '/delivery/1/../x', '/delivery/x', '/delivery/1%0d%0a'])(
    'has no delivery at %s',
    async (target) => {
      expect((await ask(target, { headers: { Cookie: await signIn() } })).status).toBe(404)
    },
  )

  it('answers other methods with 405', async () => {
    const headers = { Cookie: await signIn() }
    for (const method of ['POST', 'OPTIONS', 'DELETE', 'TRACE']) {
      expect((await ask('/', { headers, method })).status).toBe(405)
    }
  })
})

describe('REST', () => {
  it('answers a script with the API token, and nobody with a wrong one', async () => {
    const right = { Authorization: `Bearer ${server.apiToken}` }
    expect((await ask('/api/saved-filters', { headers: right })).text).toBe(JSON.stringify([SAVED]))
    const wrong = { Authorization: `Bearer ${'A'.repeat(43)}` }
    expect((await ask('/api/saved-filters', { headers: wrong })).status).toBe(401)
  })

  it('reads booleans and numbers in queries and refuses what the contract refuses', async () => {
    const headers = { Cookie: await signIn() }
    const counted = await ask('/api/deliveries/count?filter[duplicates]=true', { headers })
    // The length of {"filter":{"duplicates":true}}.
    expect(counted.text).toBe('{"count":30,"capped":false}')
    expect((await ask('/api/deliveries/abc', { headers })).status).toBe(400)
    expect((await ask('/api/deliveries/7', { headers })).status).toBe(404)
    expect((await ask('/api/nothing', { headers })).status).toBe(404)
  })

  it('never serves captured bytes as a page', async () => {
    const reply = await ask('/api/deliveries/1/body', { headers: { Cookie: await signIn() } })
    expect(reply.text).toBe('<script>alert(1)</script>')
    expect(reply.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': 'attachment; filename="body.bin"',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
    })
  })

  it('has the documentation beside it, under a policy that allows no script', async () => {
    const headers = { Cookie: await signIn() }
    expect((await ask('/docs/', { headers })).headers['location']).toBe('/docs/index.html')
    expect((await ask('/api/', { headers })).headers['location']).toBe('/docs/api.html')
    const page = await ask('/docs/index.html', { headers })
    expect(page).toMatchObject({ status: 200, text: '<h1>Countersign</h1>' })
    expect(page.headers['content-security-policy']).toBe(
      "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    )
  })

  it('describes itself', async () => {
    const reply = await ask('/api/openapi.json', { headers: { Cookie: await signIn() } })
    const document = JSON.parse(reply.text)
    expect(document.info).toEqual({ title: 'Countersign', version: '1.2.3' })
    expect(document.paths['/deliveries/{id}'].get).toMatchObject({
      operationId: 'deliveries.get',
      tags: ['deliveries'],
    })
    expect(document.paths['/secrets/{id}/reveal'].post.description).toBe(
      'The only call that lets a stored secret out.',
    )
    expect(document.components.schemas).toHaveProperty('Delivery')
    expect(document.paths['/deliveries/{id}/body'].get.responses['200'].content).toHaveProperty(
      'application/octet-stream',
    )
  })
})

async function attempt(headers: Record<string, string>, target = '/rpc'): Promise<string> {
  const ws = new WebSocket(`ws://127.0.0.1:${server.port}${target}`, { headers })
  return new Promise((resolve) => {
    ws.once('open', () => {
      ws.terminate()
      resolve('open')
    })
    ws.once('error', (error) => resolve(error.message))
  })
}

describe('the WebSocket', () => {
  it('opens for our own page only', async () => {
    const Cookie = await signIn()
    const Origin = server.url
    expect(await attempt({ Cookie, Origin })).toBe('open')
    expect(await attempt({ Origin })).toContain('401')
    expect(await attempt({ Cookie })).toContain('403')
    expect(await attempt({ Cookie, Origin: 'https://evil.example' })).toContain('403')
    expect(await attempt({ Cookie, Origin, Host: 'evil.example' })).toContain('403')
    expect(await attempt({ Cookie, Origin, 'Sec-Fetch-Site': 'cross-site' })).toContain('403')
    expect(await attempt({ Cookie, Origin }, '/elsewhere')).toContain('404')
    expect(await attempt({ Origin }, linkPath())).toContain('401')
  })

  it('carries the contract', async () => {
    const headers = { Cookie: await signIn(), Origin: server.url }
    const ws = new WebSocket(`ws://127.0.0.1:${server.port}/rpc`, { headers })
    const client = createApiClient(webSocketLink(ws))
    expect(await client.savedFilters.list()).toEqual([SAVED])
    expect(await (await client.deliveries.body({ id: 1 })).text()).toContain('<script>')
    ws.close()
  })
})

describe('startServer', () => {
  it('refuses to leave the loopback', async () => {
    const options = { router, version: '', port: 0, rendererDir: path.join(folder, 'renderer') }
    await expect(startServer({ ...options, host: '0.0.0.0' })).rejects.toThrow(/loopback only/)
  })
})
