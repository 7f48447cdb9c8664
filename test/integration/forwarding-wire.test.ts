import { once } from 'node:events'
import net from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { addEndpoint, forwardingTo, settledForwards, sharedEngine } from './forwarding-rig.ts'
import { newestRow, until } from './opened-engine.ts'
import { openTcpSink, type TcpSink } from './replay-rig.ts'

const app = sharedEngine()
let sink: TcpSink
let answer: (socket: net.Socket) => void
beforeEach(async () => {
  answer = (socket) => socket.end('HTTP/1.1 204 No Content\r\n\r\n')
  sink = await openTcpSink((socket) => answer(socket))
})
afterEach(() => sink.close())

/** Bytes as they are to the listener, and all that it says until it closes. */
async function raw(...parts: (string | Buffer)[]): Promise<string> {
  const socket = net.connect(Number(new URL(app.url).port), '127.0.0.1')
  const heard: Buffer[] = []
  socket.on('data', (part) => heard.push(part))
  for (const part of parts) socket.write(part, 'latin1')
  await once(socket, 'close')
  return Buffer.concat(heard).toString('latin1')
}
const instanceId = (text: string) =>
  /Countersign-Forwarded: (?:.*, )?([0-9a-f]{24})\r\n/.exec(text)?.[1]
const received = async () => {
  await until(() => sink.received.length > 0, 'something was sent on')
  return String(sink.received[0]?.toString('latin1'))
}

describe('what goes to the target', () => {
  it('is the request as it came: order, case, repeats, odd values, and bytes', async () => {
    await addEndpoint(app.client, forwardingTo([sink.url]))
    const body = Buffer.from([0, 255, 13, 10, 13, 10, 128, 1])
    const head = [
      'POST /hook?a=%20b&&c HTTP/1.1',
      'hOST: example.com:99',
      'X-Twice: one',
      'Content-length: 8',
      'x-tWICE: two',
      'X-Empty: ',
      'X-Latin: caf\xe9 \t tab',
      'X-Quoted: "a, b"; c=\'d\'',
      'Content-Type: application/octet-stream',
      'Connection: close',
    ]
    await raw(`${head.join('\r\n')}\r\n\r\n`, body)
    const got = await received()
    const port = sink.port
    expect(got).toBe(
      [
        'POST /hook?a=%20b&&c HTTP/1.1',
        `hOST: 127.0.0.1:${port}`,
        'X-Twice: one',
        'Content-length: 8',
        'x-tWICE: two',
        'X-Empty: ',
        'X-Latin: caf\xe9 \t tab',
        'X-Quoted: "a, b"; c=\'d\'',
        'Content-Type: application/octet-stream',
        `Countersign-Forwarded: ${instanceId(got)}`,
        '',
        body.toString('latin1'),
      ].join('\r\n'),
    )
  })

  it('has one Content-Length where it came in chunks, and neither trailers nor hop-by-hop headers', async () => {
    await addEndpoint(app.client, forwardingTo([sink.url]))
    const head = [
      'PUT /hook HTTP/1.1',
      'Host: a',
      'TE: trailers',
      'Transfer-Encoding: chunked',
      'Trailer: X-Sum',
      'Keep-Alive: timeout=5',
      'X-Hop: one',
      'Connection: X-Hop, close',
      'X-End: stays',
    ]
    const chunks = '3\r\nabc\r\n2;ext=1\r\nde\r\n0\r\nX-Sum: 5\r\n\r\n'
    await raw(`${head.join('\r\n')}\r\n\r\n${chunks}`)
    const got = await received()
    expect(got).toBe(
      [
        'PUT /hook HTTP/1.1',
        `Host: 127.0.0.1:${sink.port}`,
        'Content-Length: 5',
        'X-End: stays',
        `Countersign-Forwarded: ${instanceId(got)}`,
        '',
        'abcde',
      ].join('\r\n'),
    )
  })

  it('keeps the Host, and tells the original address behind what others told, on request', async () => {
    const forwarding = forwardingTo([`${sink.url}/app`])
    const [target] = forwarding.targets
    if (target) Object.assign(target, { keepHost: true, addressHeaders: 'both' })
    await addEndpoint(app.client, forwarding)
    const head = [
      'GET /hook HTTP/1.1',
      'Host: hooks.example.com:8443',
      'X-Forwarded-For: 203.0.113.9',
      'forwarded: for=203.0.113.9',
      'x-forwarded-for: 10.0.0.1',
      'Connection: close',
    ]
    await raw(`${head.join('\r\n')}\r\n\r\n`)
    const got = await received()
    expect(got.split('\r\n').slice(0, -2)).toEqual([
      'GET /app HTTP/1.1',
      'Host: hooks.example.com:8443',
      'X-Forwarded-For: 203.0.113.9',
      'forwarded: for=203.0.113.9, for=127.0.0.1;host="hooks.example.com:8443";proto=http',
      'x-forwarded-for: 10.0.0.1, 127.0.0.1',
      'X-Forwarded-Proto: http',
      'X-Forwarded-Host: hooks.example.com:8443',
      `Countersign-Forwarded: ${instanceId(got)}`,
    ])
  })

  it('is a body of several MB from its file, whole', async () => {
    await addEndpoint(app.client, forwardingTo([sink.url], { when: 'after-answer' }))
    const body = Buffer.alloc(3_000_000, 'abcdefghij')
    await raw(
      `POST /hook HTTP/1.1\r\nHost: a\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n`,
      body,
    )
    const { id } = await newestRow(app.client)
    expect(await settledForwards(app.client, id)).toMatchObject([{ state: 'done' }])
    const got = sink.received[0] ?? Buffer.alloc(0)
    // The sink answered when it had the head; what came until then is a beginning of it.
    const start = got.indexOf('\r\n\r\n') + 4
    expect(got.subarray(0, start).toString()).toContain(`Content-Length: ${body.length}\r\n`)
    expect(got.subarray(start).equals(body.subarray(0, got.length - start))).toBe(true)
  })
})

const ask = (method = 'POST') =>
  raw(`${method} /hook HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`)
const says = (...lines: string[]) => {
  answer = (socket) => socket.end(Buffer.from(lines.join('\r\n'), 'latin1'))
}
const large = (length: number) => (socket: net.Socket) => {
  socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${length}\r\n\r\n`)
  socket.end(Buffer.alloc(length, 'z'))
}

describe('what the sender hears', () => {
  it('is the answer with its headers in order and case, framed by us', async () => {
    await addEndpoint(app.client, forwardingTo([sink.url]))
    says(
      'HTTP/1.1 418 Teapot',
      'x-b: 2',
      'X-A: caf\xe9',
      'Transfer-Encoding: chunked',
      'X-Hop: 1',
      'Connection: X-Hop, close',
      'SET-cookie: a=1',
      'Set-Cookie: b=2',
      'Date: Thu, 01 Jan 1970 00:00:00 GMT',
      '',
      '3\r\nabc\r\n0\r\nX-Trailer: 1\r\n\r\n',
    )
    const [head = '', body] = (await ask()).split('\r\n\r\n')
    expect(head.split('\r\n').slice(0, 8)).toEqual([
      "HTTP/1.1 418 I'm a Teapot",
      'x-b: 2',
      'X-A: caf\xe9',
      'SET-cookie: a=1',
      'Set-Cookie: b=2',
      'Date: Thu, 01 Jan 1970 00:00:00 GMT',
      'Content-Length: 3',
      'Connection: close',
    ])
    expect(body).toBe('abc')
  })

  it('after interim answers, is the final one', async () => {
    await addEndpoint(app.client, forwardingTo([sink.url]))
    says(
      'HTTP/1.1 103 Early Hints',
      'Link: x',
      '',
      'HTTP/1.1 202 Accepted',
      'Content-Length: 2',
      '',
      'hi',
    )
    expect(await ask()).toMatch(/^HTTP\/1.1 202 Accepted\r\n[\s\S]*\r\n\r\nhi$/)
  })

  it('to HEAD, tells the length without a body', async () => {
    await addEndpoint(app.client, forwardingTo([sink.url]))
    says('HTTP/1.1 200 OK', 'Content-Length: 1234', '', '')
    const heard = await ask('HEAD')
    expect(heard).toContain('\r\nContent-Length: 1234\r\n')
    expect(heard.endsWith('\r\n\r\n')).toBe(true)
  })

  it('of half an answer, of none and of garbage, is 502 in words', async () => {
    await addEndpoint(app.client, forwardingTo([sink.url]))
    says('HTTP/1.1 200 OK', 'Content-Length: 100', '', 'half')
    expect(await ask()).toMatch(/^HTTP\/1.1 502 [\s\S]*Countersign: .* in the middle of its answer/)
    answer = (socket) => socket.destroy()
    expect(await ask()).toMatch(/^HTTP\/1.1 502 [\s\S]*closed the connection without an answer/)
    says('SSH-2.0-OpenSSH_9', '', '')
    expect(await ask()).toMatch(/^HTTP\/1.1 502 [\s\S]*is not HTTP/)
    says('HTTP/1.1 101 Switching Protocols', 'Upgrade: x', 'Connection: upgrade', '', '')
    expect(await ask()).toMatch(/^HTTP\/1.1 502 [\s\S]*101/)
    const forwards = await app.client.forwards.list({})
    expect(forwards.slice(1).map(({ state }) => state)).toEqual(['failed', 'failed', 'failed'])
  })

  it('of an answer that drips past the deadline, is 504', async () => {
    await addEndpoint(app.client, forwardingTo([sink.url], { deadlineMs: 400 }))
    answer = (socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n')
      const drip = setInterval(() => socket.write('x'), 50)
      socket.on('close', () => clearInterval(drip))
    }
    expect(await ask()).toMatch(/^HTTP\/1.1 504 [\s\S]*was not complete within/)
  })

  it('of a large answer, is all of it, while its beginning is stored; of a far too large one 502', async () => {
    await addEndpoint(app.client, forwardingTo([sink.url]))
    answer = large(5_000_000)
    const heard = await ask()
    expect(heard.length - heard.indexOf('\r\n\r\n') - 4).toBe(5_000_000)
    const { id } = await newestRow(app.client)
    const delivery = await app.client.deliveries.get({ id })
    expect(delivery.answer?.bodyText?.length).toBe(1024 * 1024)
    const replay = await app.client.replays.get({ id: delivery.answer?.replayId ?? 0 })
    expect(replay.answer).toMatchObject({ bodyByteLength: 5_000_000, truncated: true })
    answer = large(33 * 1024 * 1024)
    expect(await ask()).toMatch(/^HTTP\/1.1 502 [\s\S]*larger than 32 MiB/)
  })
})
