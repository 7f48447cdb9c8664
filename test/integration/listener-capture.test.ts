import { createHash } from 'node:crypto'
import { request as httpRequest } from 'node:http'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { exchangeRaw, rawSender, startRig, statuses, usual, waitFor } from './listener-rig.ts'

const CLOSE = 'Host: a\r\nConnection: close\r\n'

describe('what is kept of a request', () => {
  test('head, order, case and repeats, latin1 values, peer and times', async () => {
    const rig = await startRig()
    const before = Date.now()
    await exchangeRaw(
      rig,
      `POST /a?b=%20#c HTTP/1.1\r\nhOsT: a\r\nX-B: 1\r\nx-a: caf\xe9\r\nX-B:  2 \r\nConnection: close\r\nContent-Length: 2\r\n\r\nhi`,
    )
    const [request] = rig.recorded
    expect(request?.head.rawHeaders).toEqual([
      ['hOsT', 'a'],
      ['X-B', '1'],
      ['x-a', 'caf\xe9'],
      ['X-B', '2'],
      ['Connection', 'close'],
      ['Content-Length', '2'],
    ])
    expect(request?.head).toMatchObject({ method: 'POST', httpVersion: '1.1' })
    expect(request?.head.target).toBe('/a?b=%20#c')
    expect(request?.head.remoteAddress).toBe('127.0.0.1')
    expect(request?.head.remotePort).toBeGreaterThan(0)
    expect(request?.head.receivedAtMs).toBeGreaterThanOrEqual(before)
    expect(request?.completedAtMs).toBeGreaterThanOrEqual(request?.head.receivedAtMs ?? Infinity)
    expect(request).toMatchObject({ problem: null, requiredStatus: null, rawTrailers: [] })
    expect(request?.bodySha256).toBe(createHash('sha256').update('hi').digest('hex'))
  })

  test.each(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'DELETE', 'PATCH', 'QUERY', 'PURGE', 'REPORT'])(
    '%s',
    async (method) => {
      const rig = await startRig()
      const answer = await exchangeRaw(rig, `${method} / HTTP/1.1\r\n${CLOSE}\r\n`)
      expect(statuses(answer)).toEqual([200])
      expect(rig.recorded[0]?.head.method).toBe(method)
    },
  )

  test('a legal method that the parser does not know, with its body, split and after others', async () => {
    const rig = await startRig()
    const good = 'GET /1 HTTP/1.1\r\nHost: a\r\n\r\n'
    const own = 'x-Notify /hook HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\n\r\n'
    const answer = await exchangeRaw(rig, `${good}${own}abc`, 'def')
    expect(statuses(answer)).toEqual([200, 200])
    expect(rig.recorded[1]).toMatchObject({ problem: null })
    expect(rig.recorded[1]?.head).toMatchObject({ method: 'x-Notify', target: '/hook' })
    expect(rig.recorded[1]?.head.remotePort).toBeGreaterThan(0)
    expect(String(await rig.bodyOf(rig.recorded[1]))).toBe('abcdef')
    await waitFor(() => rig.listener.activeConnections === 0)
    const malformed = 'FOO / HTTP/1.1\r\nHo st\r\n\r\n'
    expect(statuses(await exchangeRaw(rig, malformed))).toEqual([400])
    expect(String(await rig.bodyOf(rig.recorded[2]))).toBe(malformed)
  })

  test('HTTP/1.0 without Host is complete', async () => {
    const rig = await startRig()
    await exchangeRaw(rig, 'GET /old HTTP/1.0\r\n\r\n')
    expect(rig.recorded[0]).toMatchObject({ problem: null, head: { httpVersion: '1.0' } })
  })

  test('non-UTF-8 and coded bodies, byte for byte', async () => {
    const rig = await startRig()
    const bytes = Buffer.from([0xff, 0xfe, 0x00, 0x80, 0xc3, 0x28, 0x0d, 0x0a])
    for (const body of [bytes, gzipSync('{"a":1}')]) {
      const head = `POST / HTTP/1.1\r\n${CLOSE}Content-Encoding: gzip\r\nContent-Length: ${body.length}\r\n\r\n`
      await exchangeRaw(rig, Buffer.concat([Buffer.from(head), body]))
      expect(await rig.bodyOf(rig.recorded.at(-1))).toEqual(body)
    }
  })

  test('chunked, split over packets, with trailers', async () => {
    const rig = await startRig()
    await exchangeRaw(
      rig,
      `POST / HTTP/1.1\r\n${CLOSE}Transfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n3\r\nab`,
      'c\r\n4;ext=1\r\n',
      'defg\r\n0\r\nX-Sum: 7\r\nx-sum: 8\r\n',
      '\r\n',
    )
    expect(String(await rig.bodyOf(rig.recorded[0]))).toBe('abcdefg')
    expect(rig.recorded[0]?.rawTrailers).toEqual([
      ['X-Sum', '7'],
      ['x-sum', '8'],
    ])
  })

  test('more headers than Node keeps by default', async () => {
    const rig = await startRig()
    const many = Array.from({ length: 3000 }, (_, index) => `X-${index}: ${index}\r\n`).join('')
    await exchangeRaw(rig, `GET / HTTP/1.1\r\n${CLOSE}${many}\r\n`)
    expect(rig.recorded[0]?.head.rawHeaders).toHaveLength(3002)
  })

  test('a sender that closes right after its request', async () => {
    const rig = await startRig()
    const { socket } = rawSender(rig)
    socket.write('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc', () =>
      socket.destroy(),
    )
    await rig.until(1)
    expect(rig.recorded[0]?.problem).toBeNull()
    expect(String(await rig.bodyOf(rig.recorded[0]))).toBe('abc')
  })
})

describe('how it is answered', () => {
  test('the default is 200 and empty, nothing added but framing', async () => {
    const rig = await startRig()
    const answer = await exchangeRaw(rig, `GET / HTTP/1.1\r\n${CLOSE}\r\n`)
    expect(answer).toMatch(
      /^HTTP\/1\.1 200 OK\r\nContent-Length: 0\r\nDate: [^\r]+\r\nConnection: close\r\n\r\n$/,
    )
  })

  test('a canned answer keeps its headers in order and case', async () => {
    const rig = await startRig({}, () => ({
      status: 202,
      rawHeaders: [
        ['x-ONE', '1'],
        ['X-two', '2'],
        ['x-ONE', '3'],
      ],
      body: Buffer.from('ok'),
    }))
    const answer = await exchangeRaw(rig, `GET / HTTP/1.1\r\n${CLOSE}\r\n`)
    expect(answer).toContain(
      'HTTP/1.1 202 Accepted\r\nx-ONE: 1\r\nX-two: 2\r\nx-ONE: 3\r\nContent-Length: 2\r\n',
    )
    expect(answer.endsWith('\r\n\r\nok')).toBe(true)
    const head = await exchangeRaw(rig, `HEAD / HTTP/1.1\r\n${CLOSE}\r\n`)
    expect(head).toContain('Content-Length: 2')
    expect(head.endsWith('\r\n\r\n')).toBe(true)
  })

  test('an answer that is no HTTP becomes 500, and the app hears of it', async () => {
    const rig = await startRig({}, () => ({
      status: 200,
      rawHeaders: [['X', 'a\nb']],
      body: Buffer.alloc(0),
    }))
    expect(statuses(await exchangeRaw(rig, `GET / HTTP/1.1\r\n${CLOSE}\r\n`))).toEqual([500])
    expect(rig.problems[0]?.code).toBe('answer-unusable')
  })

  test('keep-alive: many requests on one connection', async () => {
    const rig = await startRig()
    const sender = rawSender(rig)
    for (let index = 1; index <= 3; index += 1) {
      sender.socket.write(`POST /${index} HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\n${index}`)
      await waitFor(() => statuses(sender.received()).length === index)
    }
    expect(rig.recorded.map(({ head }) => head.target)).toEqual(['/1', '/2', '/3'])
    expect(rig.listener.activeConnections).toBe(1)
    sender.socket.end()
    await sender.closed
    expect(rig.recorded).toHaveLength(3)
  })

  test('pipelined answers come in order, however the sink takes them', async () => {
    const rig = await startRig({}, async ({ head }) => {
      const late = head.target === '/1' ? 60 : 0
      await new Promise((resolve) => setTimeout(resolve, late))
      return { status: 200, rawHeaders: [['X-For', head.target]], body: Buffer.alloc(0) }
    })
    const answer = await exchangeRaw(
      rig,
      `POST /1 HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabcGET /2 HTTP/1.1\r\nHost: a\r\n\r\nGET /3 HTTP/1.1\r\n${CLOSE}\r\n`,
    )
    expect([...answer.matchAll(/X-For: (\S+)/g)].map((match) => match[1])).toEqual([
      '/1',
      '/2',
      '/3',
    ])
  })

  test('Expect: 100-continue is told to go on, then read', async () => {
    const rig = await startRig()
    const body = await new Promise<number | undefined>((resolve, reject) => {
      const request = httpRequest({
        port: rig.listener.port,
        method: 'POST',
        headers: { Expect: '100-continue', 'Content-Length': 3 },
      })
      request.on('continue', () => request.end('abc'))
      request.on('response', (response) => resolve(response.resume().statusCode))
      request.on('error', reject)
      request.flushHeaders()
    })
    expect(body).toBe(200)
    expect(String(await rig.bodyOf(rig.recorded[0]))).toBe('abc')
  })

  test('a half-closed sender still gets its answer', async () => {
    const rig = await startRig({}, async (request) => {
      await new Promise((resolve) => setTimeout(resolve, 50))
      return usual(request)
    })
    const sender = rawSender(rig)
    sender.socket.end('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc')
    await sender.closed
    expect(statuses(sender.received())).toEqual([200])
    expect(rig.recorded[0]?.problem).toBeNull()
  })

  test('503 with Retry-After when it cannot be stored; the next one tries again', async () => {
    let broken = true
    const rig = await startRig({}, (request) => {
      if (broken) throw new Error('disk full')
      return usual(request)
    })
    const refused = await exchangeRaw(rig, `GET / HTTP/1.1\r\n${CLOSE}\r\n`)
    expect(statuses(refused)).toEqual([503])
    expect(refused).toMatch(/Retry-After: \d+\r\n/)
    expect(statuses(await exchangeRaw(rig, 'garbage\r\n\r\n'))).toEqual([503])
    broken = false
    expect(statuses(await exchangeRaw(rig, `GET / HTTP/1.1\r\n${CLOSE}\r\n`))).toEqual([200])
  })
})
