import { createHmac } from 'node:crypto'
import http from 'node:http'
import net from 'node:net'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { battery } from '#engine/replay/check/battery/battery.ts'
import { check, closed, listening, serve, worldOf, type Handler } from './check-rig.ts'

const secret = 'a secret of GitHub for these tests'
const unmeasured = battery.map(({ id }) => id).filter((id) => id !== 'behaves.constant-time')

const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

function signatureOf(body: Buffer): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`
}

async function github(answer: Parameters<typeof serve>[0]): Promise<Handler> {
  const handler = await serve(answer)
  ends.push(() => handler.close())
  return handler
}

async function rawServer(talk: (socket: net.Socket) => void): Promise<string> {
  const sockets = new Set<net.Socket>()
  const server = net.createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    talk(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  ends.push(
    () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      }),
  )
  const address: AddressInfo | string | null = server.address()
  if (address === null || typeof address === 'string') throw new Error('There is no port.')
  return `http://127.0.0.1:${address.port}/hook`
}

describe('GitHub, whose header holds one signature', () => {
  test('a handler that takes either of two signature headers is caught', async () => {
    const handler = await github(({ method, rawHeaders, body }) => {
      if (method !== 'POST') return { status: 405 }
      const mine = rawHeaders.filter(([name]) => name.toLowerCase() === 'x-hub-signature-256')
      const right = mine.some(([, value]) => value === signatureOf(body))
      return { status: right ? 200 : 401 }
    })
    const checked = await check(await worldOf('github', handler.url, [secret]), {
      only: unmeasured,
    })
    expect(checked.ids('failed')).toEqual(['rejects.two-signature-headers'])
    expect(checked.get('rejects.two-signature-headers').found).toBe(
      'A wrong one, then the right one: answered 200, as if it were right. What it is signed with is not right for it.',
    )
    expect(checked.get('rejects.too-old')).toMatchObject({
      outcome: 'skipped',
      found: 'GitHub signs no timestamp.',
    })
  })

  test('a handler that hangs on bad input is told of, and the check ends', async () => {
    const server = http.createServer((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        const body = Buffer.concat(chunks)
        if (request.headers['x-hub-signature-256'] === signatureOf(body)) response.end('ok')
      })
    })
    const url = await listening(server)
    ends.push(() => closed(server))
    const checked = await check(await worldOf('github', url, [secret]), { timeoutMs: 700 })
    expect(checked.problem).toBe('The handler no longer answers.')
    expect(checked.ids('unsure').length).toBe(3)
    expect(checked.get('rejects.wrong-secret').found).toMatch(
      /did not answer within 0\.\d s\. Whether it acted on it cannot be seen.$/,
    )
    expect(checked.get('rejects.empty-secret')).toMatchObject({
      outcome: 'skipped',
      found: 'The handler no longer answers.',
    })
  })
})

async function baseline(url: string, timeoutMs = 5_000) {
  return check(await worldOf('github', url, [secret]), { timeoutMs })
}

describe('a baseline that does not hold', () => {
  test.each([
    [404, 'There is probably no route for POST /webhooks: check the path.'],
    [401, 'Most likely its secret is another one than the one given here'],
    [302, 'It redirects, and providers do not follow that'],
    [500, 'Something threw: look at its log.'],
    [415, 'read the body raw'],
  ])('%d is explained, and nothing else is asked', async (status, sentence) => {
    let calls = 0
    const handler = await github(() => {
      calls++
      return { status }
    })
    const checked = await baseline(handler.url)
    expect(calls).toBe(1)
    expect(checked.ids('failed')).toEqual(['accepts.valid'])
    expect(checked.get('accepts.valid').found).toContain(sentence)
    expect(checked.problem).toBe(checked.get('accepts.valid').found)
    expect(checked.results).toHaveLength(battery.length)
    expect(checked.ids('skipped')).toHaveLength(battery.length - 1)
  })

  test('nobody listens', async () => {
    const handler = await serve(() => ({ status: 200 }))
    await handler.close()
    expect((await baseline(handler.url)).problem).toMatch(
      /^Nothing listens at .* Start the handler, or correct the port.$/,
    )
  })

  test('it resets the connection', async () => {
    const url = await rawServer((socket) => socket.once('data', () => socket.resetAndDestroy()))
    expect((await baseline(url)).problem).toMatch(/closed the connection without an answer/)
  })

  test('it answers garbage', async () => {
    const url = await rawServer((socket) => socket.once('data', () => socket.end('\0\0 no HTTP')))
    expect((await baseline(url)).problem).toMatch(/is not HTTP/)
  })

  test('it never answers', async () => {
    const url = await rawServer(() => undefined)
    expect((await baseline(url, 200)).problem).toMatch(/did not answer within 0.2 s/)
  })
})

test.each([
  ['gitlab-token', 'tok5'],
  ['figma', 'hush-hush'],
  ['chargebee', 'shop:pass'],
  ['google-push', 'channel token'],
])('the credential of %s is in no report, not even in part', async (schemeId, token) => {
  const handler = await github(({ rawHeaders, body }) => {
    const text = `${rawHeaders.join('\n')}\n${body.toString()}`
    const basic = Buffer.from(token).toString('base64')
    const isRight = [token, `"${token}"`, `Basic ${basic}`].some((each) => text.includes(each))
    return { status: isRight ? 200 : 401, body: isRight ? 'welcome' : `it is ${token}` }
  })
  const checked = await check(await worldOf(schemeId, handler.url, [token]), { only: unmeasured })
  expect(checked.problem).toBeNull()
  expect(checked.ids('failed')).toContain('behaves.no-echo')
  const report = JSON.stringify(checked.results)
  for (const part of [token, Buffer.from(token).toString('base64')]) {
    expect(report).not.toContain(part)
  }
  expect(report).toContain('••••••••')
})

test('a run that is cancelled ends at once; what was not asked is skipped', async () => {
  const abort = new AbortController()
  const handler = await github(({ body, headers }) => {
    if (body.includes('Zoë')) abort.abort()
    return { status: headers['x-hub-signature-256'] === signatureOf(body) ? 200 : 401 }
  })
  const world = await worldOf('github', handler.url, [secret])
  const checked = await check(world, { signal: abort.signal })
  expect(checked.ids('passed')).toEqual(['accepts.valid'])
  expect(checked.get('accepts.unicode')).toMatchObject({
    outcome: 'skipped',
    found: 'The check was cancelled.',
  })
  expect(checked.results).toHaveLength(battery.length)
})

test('a handler that is too slow for its provider fails the deadline alone', async () => {
  const handler = await github(async ({ body, headers }) => {
    await new Promise((resolve) => setTimeout(resolve, 1_050))
    const right = createHmac('sha256', secret).update(body).digest('hex')
    return { status: headers['sentry-hook-signature'] === right ? 200 : 401 }
  })
  const world = await worldOf('sentry', handler.url, [secret])
  const checked = await check(world, { only: ['behaves.deadline'] })
  expect(checked.ids('passed')).toEqual(['accepts.valid'])
  expect(checked.get('behaves.deadline')).toMatchObject({ outcome: 'failed' })
  expect(checked.get('behaves.deadline').found).toMatch(/took \d+\.\d s. Sentry waits 1 s.$/)
})

test('a handler that dies of a large body is caught', async () => {
  let dead = false
  const server = http.createServer((request, response) => {
    let length = 0
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => {
      length += chunk.length
      if (length > 4_000_000) dead = true
      else chunks.push(chunk)
      if (dead) request.socket.destroy()
    })
    request.on('end', () => {
      const right = request.headers['x-hub-signature-256'] === signatureOf(Buffer.concat(chunks))
      response.writeHead(right ? 200 : 401).end()
    })
    if (dead) request.socket.destroy()
  })
  const url = await listening(server)
  ends.push(() => closed(server))
  const world = await worldOf('github', url, [secret])
  const checked = await check(world, { only: ['behaves.oversized-body'] })
  expect(checked.ids('failed')).toEqual(['behaves.oversized-body'])
  expect(checked.get('behaves.oversized-body').found).toMatch(/no longer accepted/)
})
