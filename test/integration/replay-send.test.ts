import http from 'node:http'
import * as fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import type { RawHeader } from '#contract/http.ts'
import { send, type SendOptions, type SentAnswer } from '#engine/replay/send.ts'
import { listen, openTcpSink, outgoing, type TcpSink } from './replay-rig.ts'

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()))
})

async function sink(answer: string | Parameters<typeof openTcpSink>[0]): Promise<TcpSink> {
  const opened = await openTcpSink(
    typeof answer === 'string' ? (socket) => socket.write(answer, 'latin1') : answer,
  )
  closers.push(() => opened.close())
  return opened
}

const ok = 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'

async function answered(url: string, options: Partial<SendOptions> = {}): Promise<SentAnswer> {
  const outcome = await send(outgoing(url), { timeoutMs: 5000, ...options })
  if ('error' in outcome) throw new Error(outcome.error)
  return outcome.answer
}

async function failed(
  url: string,
  options: Partial<SendOptions> = {},
): Promise<{ error: string; code: string; partialAnswer: SentAnswer | null }> {
  const outcome = await send(outgoing(url), { timeoutMs: 5000, ...options })
  if (!('error' in outcome)) throw new Error('it was answered')
  return outcome
}

describe('on the wire', () => {
  it('stands exactly what was given: any method, order, case, repeats, bytes', async () => {
    const target = await sink(ok)
    const body = Buffer.from([0, 13, 10, 255, 128, 13, 10, 13, 10])
    const rawHeaders: RawHeader[] = [
      ['hOsT', 'x'],
      ['X-A', '1'],
      ['x-a', '\u00e9\u0080'],
      ['X-A', ''],
      ['Content-Length', String(body.length)],
    ]
    const request = outgoing(target.url, {
      method: 'BREW',
      target: '/p?q=\u00fc',
      rawHeaders,
      body,
    })
    const outcome = await send(request, { timeoutMs: 5000 })
    expect(outcome).toHaveProperty('answer.status', 200)
    const head =
      'BREW /p?q=\u00fc HTTP/1.1\r\nhOsT: x\r\nX-A: 1\r\nx-a: \u00e9\u0080\r\nX-A: \r\nContent-Length: 9\r\n\r\n'
    expect(target.received).toEqual([Buffer.concat([Buffer.from(head, 'latin1'), body])])
  })

  it('for any header list', async () => {
    const target = await sink(ok)
    const name = fc.stringMatching(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,10}$/)
    const value = fc.stringMatching(/^[\t -~\x80-\xff]{0,20}$/)
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(name, value)), async (rawHeaders) => {
        target.received.length = 0
        await send(outgoing(target.url, { rawHeaders }), { timeoutMs: 5000 })
        const lines = rawHeaders.map(([n, v]) => `${n}: ${v}\r\n`).join('')
        expect(target.received.map((bytes) => bytes.toString('latin1'))).toEqual([
          `POST /hook HTTP/1.1\r\n${lines}\r\n`,
        ])
      }),
      { numRuns: 50 },
    )
  })

  it('nothing yet when our port is told', async () => {
    const target = await sink(ok)
    let seen: { port: number; connections: number } | null = null
    await send(outgoing(target.url), {
      timeoutMs: 5000,
      onLocalPort: (port) => {
        seen = { port, connections: target.received.filter((bytes) => bytes.length > 0).length }
      },
    })
    expect(seen).toEqual({ port: target.remotePorts[0], connections: 0 })
  })

  it('a body of 8 MiB arrives whole', async () => {
    const body = Buffer.alloc(8 * 1024 * 1024, 'x')
    const server = http.createServer((request, response) => {
      let length = 0
      request.on('data', (chunk: Buffer) => (length += chunk.length))
      request.on('end', () => response.end(String(length)))
    })
    const port = await listen(server)
    closers.push(() => new Promise((resolve) => server.close(() => resolve())))
    const rawHeaders: RawHeader[] = [
      ['Host', 'h'],
      ['Content-Length', String(body.length)],
    ]
    const request = outgoing(`http://localhost:${port}`, { rawHeaders, body })
    const outcome = await send(request, { timeoutMs: 10_000 })
    const text =
      'answer' in outcome ? Buffer.from(outcome.answer.bodyBytes).toString() : outcome.error
    expect(text).toBe(String(body.length))
  })
})

describe('answers', () => {
  it('with all their headers, however many', async () => {
    const lines = Array.from({ length: 3_000 }, (_, at) => `X-${at}: a\r\n`).join('')
    const target = await sink(`HTTP/1.1 200 OK\r\n${lines}Content-Length: 0\r\n\r\n`)
    expect((await answered(target.url)).rawHeaders).toHaveLength(3_001)
  })

  it('with interim ones before them, repeats and chunks', async () => {
    const target = await sink(
      'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\nLink: x\r\n\r\nHTTP/1.1 201 Made it\r\n' +
        'Set-Cookie: a\r\nset-cookie: b\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nT: x\r\n\r\n',
    )
    const answer = await answered(target.url)
    expect(answer).toMatchObject({
      status: 201,
      statusMessage: 'Made it',
      rawHeaders: [
        ['Set-Cookie', 'a'],
        ['set-cookie', 'b'],
        ['Transfer-Encoding', 'chunked'],
      ],
      bodyByteLength: 3,
      truncated: false,
    })
    expect(Buffer.from(answer.bodyBytes).toString()).toBe('abc')
  })

  it('that end with the connection', async () => {
    const target = await sink((socket) => socket.end('HTTP/1.0 200 OK\r\n\r\nuntil the end'))
    expect(Buffer.from((await answered(target.url)).bodyBytes).toString()).toBe('until the end')
  })

  it.each(['HTTP/1.1 204 No Content\r\n\r\n', 'HTTP/1.1 304 Not Modified\r\n\r\n', ok])(
    'without a body: %j',
    async (text) => {
      expect((await answered((await sink(text)).url)).bodyByteLength).toBe(0)
    },
  )

  it('to HEAD have no body whatever they announce', async () => {
    const target = await sink('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n')
    const outcome = await send(outgoing(target.url, { method: 'HEAD' }), { timeoutMs: 3000 })
    expect(outcome).toMatchObject({ answer: { status: 200, bodyByteLength: 0 } })
  })

  it('that switch the protocol, or open a tunnel, end with their head', async () => {
    const switching = await sink('HTTP/1.1 101 Go\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n\0\0')
    expect((await answered(switching.url)).status).toBe(101)
    const tunnel = await sink('HTTP/1.1 200 Open\r\n\r\n')
    const outcome = await send(outgoing(tunnel.url, { method: 'CONNECT' }), { timeoutMs: 3000 })
    expect(outcome).toHaveProperty('answer.statusMessage', 'Open')
  })

  it('that redirect are answers', async () => {
    const target = await sink('HTTP/1.1 302 F\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n')
    expect((await answered(target.url)).status).toBe(302)
    expect(target.received).toHaveLength(1)
  })

  it('that are huge are kept in part and counted whole', async () => {
    const size = 5 * 1024 * 1024
    const target = await sink((socket) => {
      socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${size}\r\n\r\n`)
      socket.write(Buffer.alloc(size, 'z'))
    })
    const answer = await answered(target.url)
    expect(answer.bodyBytes).toHaveLength(1024 * 1024)
    expect(answer).toMatchObject({ bodyByteLength: size, truncated: true })
  })

  it('that come before the whole body was taken', async () => {
    const server = http.createServer((_request, response) => {
      response.writeHead(413, { Connection: 'close' }).end('too big')
    })
    const port = await listen(server)
    closers.push(() => new Promise((resolve) => server.close(() => resolve())))
    const body = Buffer.alloc(16 * 1024 * 1024)
    const rawHeaders: RawHeader[] = [
      ['Host', 'h'],
      ['Content-Length', String(body.length)],
    ]
    const request = outgoing(`http://127.0.0.1:${port}`, { rawHeaders, body })
    expect(await send(request, { timeoutMs: 5000 })).toHaveProperty('answer.status', 413)
  })

  it('that never end are cut at 64 MiB', async () => {
    const target = await sink((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n')
      const more = (): void => {
        while (!socket.destroyed && socket.write(Buffer.alloc(1024 * 1024)));
        socket.once('drain', more)
      }
      more()
    })
    const answer = await answered(target.url, { maxAnswerBytes: 10, timeoutMs: 20_000 })
    expect(answer).toMatchObject({ truncated: true, bodyBytes: Buffer.alloc(10) })
    expect(answer.bodyByteLength).toBeGreaterThanOrEqual(64 * 1024 * 1024)
  }, 25_000)

  it('have their moments measured', async () => {
    const target = await sink((socket) => setTimeout(() => socket.write(ok), 60))
    const outcome = await send(outgoing(target.url.replace('127.0.0.1', 'localhost')), {
      timeoutMs: 5000,
    })
    const { dnsMs, connectMs, tlsMs, firstByteMs, totalMs } = outcome.timings
    expect(tlsMs).toBeNull()
    expect(dnsMs).not.toBeNull()
    expect(connectMs).toBeGreaterThanOrEqual(dnsMs ?? Number.NaN)
    expect(firstByteMs).toBeGreaterThanOrEqual(55)
    expect(totalMs).toBeGreaterThanOrEqual(firstByteMs ?? Number.NaN)
  })
})

describe('failures are sentences', () => {
  it('nothing listens', async () => {
    const target = await openTcpSink(() => {})
    await target.close()
    for (const host of ['127.0.0.1', 'localhost']) {
      const url = `http://${host}:${target.port}`
      expect(await failed(`${url}/x`)).toMatchObject({
        error: `Nothing listens at ${url} (connection refused).`,
        code: 'ECONNREFUSED',
        partialAnswer: null,
      })
    }
  })

  it('names below localhost are this computer, whatever a name server would say', async () => {
    const target = await sink(ok)
    for (const host of ['app.localhost', 'a.b.localhost', 'localhost.', 'LOCALHOST.']) {
      expect(await answered(`http://${host}:${target.port}/`)).toMatchObject({ status: 200 })
    }
  })

  it('no such host', async () => {
    const { error } = await failed('http://nothing.invalid/')
    expect(error).toMatch(/nothing\.invalid/)
  })

  it('no answer in time', async () => {
    const target = await sink(() => {})
    expect(await failed(target.url, { timeoutMs: 100 })).toMatchObject({
      error: `${target.url} did not answer within 0.1 s.`,
      code: 'TIMEOUT',
    })
  })

  it('an answer that does not end in time keeps what came', async () => {
    const target = await sink('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc')
    const failure = await failed(target.url, { timeoutMs: 200 })
    expect(failure.error).toBe(`The answer from ${target.url} was not complete within 0.2 s.`)
    expect(failure.partialAnswer).toMatchObject({ status: 200, bodyByteLength: 3 })
  })

  it.each([
    ['end', (socket: { end(): void }) => socket.end()],
    ['reset', (socket: { resetAndDestroy(): void }) => socket.resetAndDestroy()],
  ])('closed without an answer (%s)', async (_name, close) => {
    const target = await sink(close)
    expect((await failed(target.url)).error).toBe(
      `${target.url} closed the connection without an answer.`,
    )
  })

  it.each([
    ['Content-Length: 9\r\n\r\nabc', 3],
    ['Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n', 3],
  ])('cut in the middle: %j', async (rest, length) => {
    const target = await sink((socket) => socket.end(`HTTP/1.1 200 OK\r\n${rest}`))
    const failure = await failed(target.url)
    expect(failure.error).toBe(`${target.url} stopped in the middle of its answer.`)
    expect(failure.partialAnswer).toMatchObject({ status: 200, bodyByteLength: length })
  })

  it.each(['SSH-2.0-OpenSSH_9\r\n', 'HTTP/1.1 abc\r\n\r\n', 'HTTP/1.1 200 OK\r\nA b: c\r\n\r\n'])(
    'not HTTP: %j',
    async (text) => {
      const target = await sink(text)
      expect((await failed(target.url)).error).toContain(`What ${target.url} answered is not HTTP`)
    },
  )

  it('cancelled, before and during', async () => {
    const target = await sink(() => {})
    const controller = new AbortController()
    const running = failed(target.url, { signal: controller.signal })
    setTimeout(() => controller.abort(), 30)
    expect(await running).toMatchObject({ code: 'ABORTED', error: 'The request was cancelled.' })
    expect(await failed(target.url, { signal: controller.signal })).toMatchObject({
      code: 'ABORTED',
    })
    expect(target.received).toHaveLength(1)
  })
})
