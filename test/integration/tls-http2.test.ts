import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import https from 'node:https'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { EMPTY_ANSWER, waitFor } from './listener-rig.ts'
import {
  answered,
  authority,
  frame,
  hasCurl,
  http2Session,
  rawHttp2,
  run,
  startTlsRig,
} from './tls-rig.ts'

const POST = { ':method': 'POST', ':path': '/stripe?x=1' }

test('a request of HTTP/2 is captured as it came: order, repeats, body, trailers', async () => {
  const rig = await startTlsRig()
  const session = http2Session(rig)
  const headers = { ...POST, 'x-b': '1', 'x-a': ['2', '3'], 'content-type': 'text/plain' }
  const stream = session.request(headers, { waitForTrailers: true })
  stream.on('wantTrailers', () => stream.sendTrailers({ 'x-end': 'yes' }))
  stream.end('hello')
  expect((await answered(stream)).status).toBe(200)
  const [got] = rig.recorded
  expect(got?.head).toMatchObject({ method: 'POST', target: '/stripe?x=1', httpVersion: '2' })
  const pseudo = got?.head.rawHeaders.filter(([name]) => name.startsWith(':'))
  expect(Object.fromEntries(pseudo ?? [])).toEqual({
    ':authority': `127.0.0.1:${rig.listener.port}`,
    ':scheme': 'https',
  })
  expect(got?.head.rawHeaders.filter(([name]) => !name.startsWith(':'))).toEqual([
    ['x-b', '1'],
    ['x-a', '2'],
    ['x-a', '3'],
    ['content-type', 'text/plain'],
  ])
  expect((await rig.bodyOf(got)).toString()).toBe('hello')
  expect(got?.rawTrailers).toEqual([['x-end', 'yes']])
  expect(got?.problem).toBeNull()
})

test('HTTP/1 on the same port is as exact as without TLS', async () => {
  const rig = await startTlsRig()
  const options = {
    ...{ port: rig.listener.port, host: '127.0.0.1', method: 'POST', path: '/a?b' },
    ca: authority.certificate,
    headers: ['HOST', 'x', 'X-A', '1', 'x-a', '2', 'Content-Length', '2'],
  }
  await new Promise<void>((resolve, reject) => {
    const request = https.request(options, (response) => {
      response.resume().on('end', resolve)
    })
    request.on('error', reject).end('ok')
  })
  expect(rig.recorded[0]?.head).toMatchObject({ httpVersion: '1.1', target: '/a?b' })
  expect(rig.recorded[0]?.head.rawHeaders.slice(0, 4)).toEqual([
    ['HOST', 'x'],
    ['X-A', '1'],
    ['x-a', '2'],
    ['Content-Length', '2'],
  ])
})

test('answers go out with their headers, but for those of a connection of HTTP/1', async () => {
  const rig = await startTlsRig({}, () => ({
    status: 418,
    rawHeaders: [
      ['X-Mixed', 'Case'],
      ['Set-Cookie', 'a=1'],
      ['Set-Cookie', 'b=2'],
      ['Connection', 'keep-alive'],
      ['Transfer-Encoding', 'chunked'],
    ],
    body: Buffer.from('short and stout'),
  }))
  const session = http2Session(rig)
  const got = await answered(session.request(POST).end())
  expect(got).toMatchObject({ status: 418, body: 'short and stout' })
  expect(got.headers).toMatchObject({
    'x-mixed': 'Case',
    'set-cookie': ['a=1', 'b=2'],
    'content-length': '15',
  })
  const head = await answered(session.request({ ':method': 'HEAD', ':path': '/' }).end())
  expect(head).toMatchObject({ status: 418, body: '' })
})

test('an answer that is no valid HTTP becomes 500, and is told', async () => {
  const rig = await startTlsRig({}, () => ({ ...EMPTY_ANSWER, rawHeaders: [['X-Bad', 'a\nb']] }))
  expect((await answered(http2Session(rig).request(POST).end())).status).toBe(500)
  expect(rig.problems[0]?.code).toBe('answer-unusable')
})

test('a large body is spooled, one over the limit is cut and refused', async () => {
  const rig = await startTlsRig({ memoryLimitBytes: 64 * 1024, bodyLimitBytes: () => 3_000_000 })
  const session = http2Session(rig)
  const body = Buffer.alloc(2_500_000, 'abc')
  const fine = session.request(POST)
  fine.end(body)
  expect((await answered(fine)).status).toBe(200)
  expect(rig.recorded[0]?.body.kind).toBe('file')
  expect(rig.recorded[0]?.bodySha256).toBe(createHash('sha256').update(body).digest('hex'))
  const over = session.request(POST)
  over.on('error', () => undefined)
  over.end(Buffer.alloc(4_000_000))
  expect((await answered(over)).status).toBe(413)
  expect(rig.recorded[1]).toMatchObject({ problem: 'body-too-large', requiredStatus: 413 })
  const next = session.request(POST)
  next.end('the connection goes on')
  expect((await answered(next)).status).toBe(200)
})

test('a sender that leaves in the middle is recorded as that; a silent one hears 408', async () => {
  const rig = await startTlsRig({ idleTimeoutMs: 300 })
  const raw = await rawHttp2(rig)
  // :method POST, :scheme https, :path /, :authority a by the static table (RFC 7541, appendix A)
  const head = Buffer.from([0x83, 0x87, 0x84, 0x41, 0x01, 0x61])
  raw.write(Buffer.concat([frame(1, 0x4, 1, head), frame(0, 0, 1, Buffer.from('half'))]))
  raw.write(frame(3, 0, 1, Buffer.from([0, 0, 0, 8])))
  await rig.until(1)
  expect(rig.recorded[0]).toMatchObject({ problem: 'sender-gone' })
  expect((await rig.bodyOf(rig.recorded[0])).toString()).toBe('half')
  const session = http2Session(rig)
  const silent = session.request(POST)
  silent.on('error', () => undefined)
  silent.write('then nothing')
  expect((await answered(silent)).status).toBe(408)
  const cut = await rawHttp2(rig)
  cut.write(Buffer.concat([frame(1, 0x4, 1, head), frame(0, 0, 1, Buffer.from('x'))]))
  cut.end()
  await rig.until(3)
  expect(rig.recorded[2]).toMatchObject({ problem: 'sender-gone' })
})

test('faults hang and reset one request, and leave the others of the connection alone', async () => {
  const rig = await startTlsRig({}, ({ head }) => {
    const fault = head.target === '/hang' ? 'hang' : head.target === '/reset' ? 'reset' : null
    return { ...EMPTY_ANSWER, fault }
  })
  const session = http2Session(rig)
  const reset = session.request({ ...POST, ':path': '/reset' }).end()
  reset.on('error', () => undefined)
  await expect(answered(reset)).rejects.toThrow(/INTERNAL_ERROR/)
  const hanging = session.request({ ...POST, ':path': '/hang' }).end()
  let heard = false
  hanging.on('response', () => (heard = true))
  hanging.on('error', () => undefined)
  await rig.until(2)
  expect((await answered(session.request(POST).end())).status).toBe(200)
  expect(heard).toBe(false)
})

test('what cannot be stored is answered 503', async () => {
  const rig = await startTlsRig({}, () => Promise.reject(new Error('disk')))
  expect((await answered(http2Session(rig).request(POST).end())).status).toBe(503)
})

test('a head that is too large is recorded and refused, one of 4,000 headers is not', async () => {
  const rig = await startTlsRig()
  const session = http2Session(rig, { maxSendHeaderBlockLength: 400_000 })
  const large = await answered(session.request({ ...POST, 'x-large': 'a'.repeat(70_000) }).end())
  expect(large.status).toBe(431)
  expect(rig.recorded[0]?.problem).toBe('headers-too-large')
  const many = Object.fromEntries(Array.from({ length: 1500 }, (_, at) => [`x${at}`, '1']))
  expect((await answered(session.request({ ...POST, ...many }).end())).status).toBe(200)
  expect(rig.recorded[1]?.head.rawHeaders).toHaveLength(1502)
})

test('closing lets requests that were begun finish', async () => {
  const held: { answer?: () => void } = {}
  const rig = await startTlsRig({}, async () => {
    await new Promise<void>((resolve) => (held.answer = resolve))
    return EMPTY_ANSWER
  })
  const stream = http2Session(rig).request(POST).end()
  const status = answered(stream)
  await rig.until(1)
  const closed = rig.listener.close()
  held.answer?.()
  expect((await status).status).toBe(200)
  await closed
})

test.skipIf(!hasCurl)('curl speaks both (skipped without a curl that knows HTTP/2)', async () => {
  const rig = await startTlsRig()
  const ca = join(rig.bodiesDir, 'ca.pem')
  writeFileSync(ca, authority.certificate)
  const url = `https://localhost:${rig.listener.port}/curl`
  for (const version of ['--http2', '--http1.1']) {
    const { code, out, err } = await run('curl', [
      ...['-sS', version, '--cacert', ca, '-d', 'a=1', '-w', '%{http_code} %{http_version}', url],
    ])
    expect([code, err]).toEqual([0, ''])
    expect(out).toBe(version === '--http2' ? '200 2' : '200 1.1')
  }
  expect(rig.recorded.map(({ head }) => head.httpVersion)).toEqual(['2', '1.1'])
  const { code, err } = await run('curl', ['-sS', url])
  expect([code, err]).toEqual([60, expect.stringContaining('certificate')])
  await waitFor(() => rig.problems.some(({ code: told }) => told === 'tls-handshake-failed'))
})
