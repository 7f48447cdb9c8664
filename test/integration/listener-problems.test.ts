import { describe, expect, test } from 'vitest'
import { exchangeRaw, rawSender, startRig, statuses, usual, waitFor } from './listener-rig.ts'

const GET = 'GET /good HTTP/1.1\r\nHost: a\r\n\r\n'

describe('what Node would answer by itself', () => {
  test('a missing Host', async () => {
    const rig = await startRig()
    const answer = await exchangeRaw(
      rig,
      'POST /x HTTP/1.1\r\nConnection: close\r\nContent-Length: 2\r\n\r\nhi',
    )
    expect(statuses(answer)).toEqual([400])
    expect(rig.recorded[0]).toMatchObject({
      problem: 'missing-host',
      requiredStatus: 400,
      head: { target: '/x' },
    })
    expect(String(await rig.bodyOf(rig.recorded[0]))).toBe('hi')
  })

  test('two Hosts', async () => {
    const rig = await startRig()
    await exchangeRaw(rig, 'GET / HTTP/1.1\r\nHost: a\r\nhost: b\r\nConnection: close\r\n\r\n')
    expect(rig.recorded[0]).toMatchObject({ problem: 'malformed-http', requiredStatus: 400 })
  })

  test('an unknown Expect, whether the body comes or not', async () => {
    const rig = await startRig()
    const head = 'POST / HTTP/1.1\r\nHost: a\r\nExpect: tea\r\nContent-Length: 2\r\n\r\n'
    const whole = rawSender(rig)
    whole.socket.write(`${head}hi`)
    await waitFor(() => statuses(whole.received()).length === 1)
    expect(await exchangeRaw(rig, head)).toMatch(/^HTTP\/1\.1 417 /)
    expect(rig.recorded.map(({ problem, requiredStatus }) => [problem, requiredStatus])).toEqual([
      ['unknown-expect', 417],
      ['unknown-expect', 417],
    ])
    expect(String(await rig.bodyOf(rig.recorded[0]))).toBe('hi')
    expect(rig.recorded[1]?.body).toMatchObject({ kind: 'memory', bytes: Buffer.alloc(0) })
  })

  test('CONNECT, after an earlier request on the same connection', async () => {
    const rig = await startRig({}, async (request) => {
      if (request.head.method === 'GET') await new Promise((resolve) => setTimeout(resolve, 50))
      return usual(request)
    })
    const answer = await exchangeRaw(
      rig,
      `${GET}CONNECT example.com:443 HTTP/1.1\r\nHost: example.com\r\n\r\nxyz`,
    )
    expect(statuses(answer)).toEqual([200, 501])
    const connect = rig.recorded.find(({ problem }) => problem === 'connect')
    expect(connect).toMatchObject({ requiredStatus: 501, head: { target: 'example.com:443' } })
    expect(String(await rig.bodyOf(connect))).toBe('xyz')
  })

  test('Upgrade is noted and otherwise ignored', async () => {
    const rig = await startRig()
    const answer = await exchangeRaw(
      rig,
      'POST / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, close\r\nUpgrade: h2c\r\nContent-Length: 2\r\n\r\nhi',
    )
    expect(statuses(answer)).toEqual([200])
    expect(rig.recorded[0]).toMatchObject({ problem: 'upgrade', requiredStatus: null })
    expect(String(await rig.bodyOf(rig.recorded[0]))).toBe('hi')
  })

  test.each([
    ['in one header', 1, 70_000],
    ['in many', 700, 100],
  ])('headers over 64 KiB, %s', async (_, count, length) => {
    const rig = await startRig()
    const headers = `X: ${'y'.repeat(length)}\r\n`.repeat(count)
    const answer = await exchangeRaw(rig, `GET /big HTTP/1.1\r\nHost: a\r\n${headers}\r\n`)
    expect(statuses(answer)).toEqual([431])
    const [request] = rig.recorded
    expect(request).toMatchObject({ problem: 'headers-too-large', requiredStatus: 431 })
    expect(request?.head).toMatchObject({ method: 'GET', target: '/big' })
    const body = await rig.bodyOf(request)
    expect(body.length).toBeLessThanOrEqual(65_536)
    expect(String(body)).toMatch(/^GET \/big HTTP\/1\.1\r\nHost: a\r\nX: y/)
  })

  test('just under 64 KiB of headers is fine', async () => {
    const rig = await startRig()
    const answer = await exchangeRaw(
      rig,
      `GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX: ${'y'.repeat(65_000)}\r\n\r\n`,
    )
    expect(statuses(answer)).toEqual([200])
  })

  test('a TLS hello', async () => {
    const rig = await startRig()
    const hello = Buffer.from('16030100a5010000a10303', 'hex')
    expect(await exchangeRaw(rig, hello)).toBe('')
    expect(rig.recorded[0]).toMatchObject({ problem: 'tls-hello', requiredStatus: null })
    expect(rig.recorded[0]?.problemDetail).toContain('https://')
    expect(await rig.bodyOf(rig.recorded[0])).toEqual(hello)
  })
})

describe('malformed HTTP', () => {
  const cases: Record<string, string> = {
    garbage: 'hello there\r\n\r\n',
    'bare LF': 'GET /x HTTP/1.1\nHost: a\n\n',
    'obs-fold': 'GET /x HTTP/1.1\r\nHost: a\r\nX: 1\r\n 2\r\n\r\n',
    'NUL in a header': 'GET /x HTTP/1.1\r\nHost: a\r\nX: \x00\r\n\r\n',
    'space before the colon': 'GET /x HTTP/1.1\r\nHost : a\r\n\r\n',
    'Content-Length and Transfer-Encoding':
      'POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    'two Content-Lengths':
      'POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd',
    'the HTTP/2 preface': 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
    'a byte over 127 in the target': 'GET /\xff HTTP/1.1\r\nHost: a\r\n\r\n',
  }
  test.each(Object.entries(cases))('%s', async (_, bytes) => {
    const rig = await startRig()
    expect(statuses(await exchangeRaw(rig, bytes))).toEqual([400])
    expect(rig.recorded).toHaveLength(1)
    expect(rig.recorded[0]).toMatchObject({ problem: 'malformed-http', requiredStatus: 400 })
    expect((await rig.bodyOf(rig.recorded[0])).toString('latin1')).toBe(bytes)
  })

  test('split over packets: all of its bytes are kept', async () => {
    const rig = await startRig()
    await exchangeRaw(rig, 'GET /x HT', 'TP/1.1\r\nHo', 'st\r\n\r\n')
    expect(String(await rig.bodyOf(rig.recorded[0]))).toBe('GET /x HTTP/1.1\r\nHost\r\n\r\n')
    expect(rig.recorded[0]?.head).toMatchObject({ method: 'GET', target: '/x' })
  })

  test.each([
    ['GET', GET],
    ['a body', 'POST /good HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc'],
    [
      'chunks',
      'POST /good HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n',
    ],
  ])('after good pipelined requests (%s)', async (_, good) => {
    for (const parts of [
      [`${good}${good}BAD\x01 /\r\n\r\n`],
      [good, good, 'BAD\x01 /\r\n\r\n'],
      [`${good}${good.slice(0, 9)}`, `${good.slice(9)}BAD\x01 /\r\n\r\n`],
    ]) {
      const rig = await startRig({}, async (request) => {
        await new Promise((resolve) => setTimeout(resolve, 30))
        return usual(request)
      })
      expect(statuses(await exchangeRaw(rig, ...parts))).toEqual([200, 200, 400])
      expect(rig.recorded.map(({ problem }) => problem)).toEqual([null, null, 'malformed-http'])
      expect(String(await rig.bodyOf(rig.recorded[2]))).toBe('BAD\x01 /\r\n\r\n')
    }
  })

  test('a chunk error in the middle of a body keeps what came', async () => {
    const rig = await startRig()
    const answer = await exchangeRaw(
      rig,
      'POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nzz\r\n',
    )
    expect(statuses(answer)).toEqual([400])
    expect(rig.recorded).toHaveLength(1)
    expect(rig.recorded[0]).toMatchObject({ problem: 'malformed-http', head: { target: '/x' } })
    expect(String(await rig.bodyOf(rig.recorded[0]))).toBe('abc')
  })

  test('what follows "Connection: close" is not taken', async () => {
    const rig = await startRig()
    const answer = await exchangeRaw(
      rig,
      `GET /1 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n${GET}`,
    )
    expect(statuses(answer)).toEqual([200])
    expect(rig.recorded).toHaveLength(1)
  })

  test.each(['\n', '\r\n', 'x'])(
    'behind the last request of HTTP/1.0 nothing is a request (%j)',
    async (rest) => {
      const rig = await startRig()
      await exchangeRaw(rig, `GET /old HTTP/1.0\r\n\r\n${rest}`)
      await exchangeRaw(rig, 'GET /later HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n')
      expect(rig.recorded.map(({ head }) => head.target)).toEqual(['/old', '/later'])
    },
  )
})

describe('senders that stop', () => {
  const HEAD = 'POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 40000\r\n\r\n'

  test.each(['end', 'resetAndDestroy', 'destroy'] as const)('in the body, by %s', async (how) => {
    const rig = await startRig()
    const sender = rawSender(rig)
    sender.socket.write(`${HEAD}${'x'.repeat(12_000)}`)
    await waitFor(() => rig.listener.activeConnections === 1)
    await new Promise((resolve) => setTimeout(resolve, 30))
    sender.socket[how]()
    await rig.until(1)
    expect(rig.recorded[0]).toMatchObject({ problem: 'sender-gone', requiredStatus: null })
    expect(rig.recorded[0]?.problemDetail).toBe('stopped after 12 kB of 40 kB')
    expect(await rig.bodyOf(rig.recorded[0])).toHaveLength(12_000)
    await waitFor(() => rig.listener.activeConnections === 0)
    expect(rig.recorded).toHaveLength(1)
  })

  test.each(['end', 'resetAndDestroy'] as const)('in the head, by %s', async (how) => {
    const rig = await startRig()
    const sender = rawSender(rig)
    sender.socket.write('GET /x HTTP/1.1\r\nHo')
    await waitFor(() => rig.listener.activeConnections === 1)
    await new Promise((resolve) => setTimeout(resolve, 30))
    sender.socket[how]()
    await rig.until(1)
    expect(rig.recorded[0]).toMatchObject({ problem: 'sender-gone', head: { target: '/x' } })
    expect(String(await rig.bodyOf(rig.recorded[0]))).toBe('GET /x HTTP/1.1\r\nHo')
  })

  test('a connection without a byte is no delivery', async () => {
    const rig = await startRig()
    const sender = rawSender(rig)
    sender.socket.end()
    await sender.closed
    expect(rig.recorded).toHaveLength(0)
  })

  test.each([
    ['in the body', `${HEAD}abc`, 'abc'],
    ['in the head', 'GET /x HTTP/1.1\r\nHo', 'GET /x HTTP/1.1\r\nHo'],
  ])('saying nothing more, %s', async (_, sent, kept) => {
    const rig = await startRig({ idleTimeoutMs: 150 })
    expect(statuses(await exchangeRaw(rig, sent))).toEqual([408])
    expect(rig.recorded[0]).toMatchObject({ problem: 'idle-timeout', requiredStatus: 408 })
    expect(String(await rig.bodyOf(rig.recorded[0]))).toBe(kept)
    expect(rig.recorded).toHaveLength(1)
  })

  test('idle between requests: closed without a row', async () => {
    const rig = await startRig({ idleTimeoutMs: 150 })
    expect(statuses(await exchangeRaw(rig, GET))).toEqual([200])
    expect(await exchangeRaw(rig, '')).toBe('')
    expect(rig.recorded).toHaveLength(1)
  })

  test('a slow upload is not cut while it moves, nor a slow sink', async () => {
    const rig = await startRig({ idleTimeoutMs: 200 }, async (request) => {
      await new Promise((resolve) => setTimeout(resolve, 500))
      return usual(request)
    })
    const sender = rawSender(rig)
    sender.socket.write(
      'POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 12\r\n\r\n',
    )
    for (let index = 0; index < 12; index += 1) {
      await new Promise((resolve) => setTimeout(resolve, 60))
      sender.socket.write('x')
    }
    await sender.closed
    expect(statuses(sender.received())).toEqual([200])
    expect(rig.recorded[0]).toMatchObject({ problem: null })
  })
})
