import net from 'node:net'
import { safe } from '@orpc/client'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RawHeader } from '#contract/http.ts'
import type { NewReplay, ReplayPreview } from '#contract/replay.ts'
import { svixHeaders, whsec } from '#test/e2e/providers.ts'
import { newestRow, post } from './opened-engine.ts'
import { openTcpSink, type TcpSink } from './replay-rig.ts'
import { startEngine, type StartedEngine } from './started-engine.ts'

const SECRET = whsec('replay edits')
const OTHER = whsec('another secret of it')

let started: StartedEngine
let sink: TcpSink
beforeAll(async () => {
  started = await startEngine()
  sink = await openTcpSink((socket) => socket.end('HTTP/1.1 204 No Content\r\n\r\n'))
  await started.client.endpoints.create({
    name: 'svix',
    path: '/svix',
    schemeId: 'svix',
    secrets: [{ text: SECRET }, { text: OTHER, name: 'other' }],
  })
})
afterAll(async () => {
  await sink.close()
  await started.end()
})

/** Sends these very bytes to the listener. */
function sendRaw(bytes: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(Number(new URL(started.url).port), '127.0.0.1', () => {
      socket.write(bytes)
    })
    socket.on('data', () => socket.destroy())
    socket.on('close', () => {
      resolve()
    })
    socket.on('error', reject)
  })
}

async function captureRaw(bytes: Buffer): Promise<number> {
  await sendRaw(bytes)
  return (await newestRow(started.client)).id
}

async function captureSvix(body = '{"a":1}'): Promise<number> {
  await post(`${started.url}/svix?x=1`, body, svixHeaders(SECRET, body, { id: 'msg_1' }))
  return (await newestRow(started.client)).id
}

type Asked = Omit<Partial<NewReplay>, 'deliveryId'>
const asked = (deliveryId: number, more: Asked = {}) => ({
  deliveryId,
  url: sink.url,
  resign: false,
  ...more,
})

async function bytesOf({ method, target, rawHeaders, body }: ReplayPreview): Promise<Buffer> {
  const lines = rawHeaders.map(([name, value]) => `${name}: ${value}\r\n`).join('')
  const head = Buffer.from(`${method} ${target} HTTP/1.1\r\n${lines}\r\n`, 'latin1')
  return Buffer.concat([head, Buffer.from(await body.arrayBuffer())])
}

/** What the preview said, what really came, and what was stored of it. */
async function replayed(deliveryId: number, more: Asked = {}) {
  const preview = await started.client.replays.preview(asked(deliveryId, more))
  const index = sink.received.length
  const replay = await started.client.replays.create(asked(deliveryId, more))
  return { preview, replay, received: sink.received[index] ?? Buffer.alloc(0) }
}

const visible = Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index))
const latin = Array.from({ length: 128 }, (_, index) => String.fromCharCode(128 + index))
const tokens = Array.from("!#$%&'*+-.^_`|~09azAZ")
const reserved =
  /^(?:host|connection|content-length|transfer-encoding|expect|upgrade|trailer|proxy-connection)$/i
const headerName = fc
  .oneof(
    fc.string({ unit: fc.constantFrom(...tokens), minLength: 1, maxLength: 12 }),
    fc.constantFrom('X-A', 'x-a', 'CONTENT-TYPE', 'Cookie', 'set-cookie', 'Date', 'User-Agent'),
  )
  .filter((name) => !reserved.test(name))
const headerValue = fc
  .string({ unit: fc.constantFrom(' ', '\t', ...visible, ...latin), maxLength: 30 })
  .map((text) => text.replace(/^[ \t]+|[ \t]+$/g, ''))
const targets = fc
  .string({ unit: fc.constantFrom(...visible.filter((unit) => unit !== '#')), maxLength: 40 })
  .map((text) => `/${text}`)
const hosts = fc.constantFrom<RawHeader>(
  ['Host', 'captured.test'],
  ['hOST', '127.0.0.1:9'],
  ['HOST', ''],
)

function insertAt(rawHeaders: readonly RawHeader[], at: number, header: RawHeader): RawHeader[] {
  const index = at % (rawHeaders.length + 1)
  return [...rawHeaders.slice(0, index), header, ...rawHeaders.slice(index)]
}

const requests = fc
  .record({
    method: fc.constantFrom('POST', 'PUT', 'PATCH', 'DELETE', 'GET', 'PROPFIND', 'M-SEARCH'),
    target: targets,
    host: hosts,
    at: fc.tuple(fc.nat(20), fc.nat(20)),
    rawHeaders: fc.array(fc.tuple(headerName, headerValue), { maxLength: 12 }),
    body: fc.uint8Array({ maxLength: 200 }),
    lengthName: fc.constantFrom('Content-Length', 'content-length', 'CONTENT-length'),
  })
  .map(({ method, target, host, at, rawHeaders, body, lengthName }) => {
    const hosted = insertAt(rawHeaders, at[0], host)
    const headers =
      body.length === 0 ? hosted : insertAt(hosted, at[1], [lengthName, `${body.length}`])
    const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')
    const head = Buffer.from(`${method} ${target} HTTP/1.1\r\n${lines}\r\n`, 'latin1')
    return { bytes: Buffer.concat([head, body]), host, headers }
  })

describe('as it was', () => {
  it('stands on the wire byte for byte as it came through the listener', async () => {
    await fc.assert(
      fc.asyncProperty(requests, async ({ bytes, host }) => {
        const id = await captureRaw(bytes)
        const exact = await replayed(id, { edits: { exact: true } })
        expect(exact.received.toString('latin1')).toBe(bytes.toString('latin1'))
        expect(exact.replay.changed).toEqual([])
        // Without `exact` Host alone names where it goes.
        const plain = await replayed(id)
        const expected = bytes
          .toString('latin1')
          .replace(`${host[0]}: ${host[1]}\r\n`, `${host[0]}: ${new URL(sink.url).host}\r\n`)
        expect(plain.received.toString('latin1')).toBe(expected)
        expect(plain.replay.changed).toEqual([`header:${host[0]}`])
      }),
      { numRuns: 60 },
    )
  })

  it('a chunked one keeps its lines when exact, and goes out as one chunk', async () => {
    const head = 'POST /c HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: Chunked\r\nX-End: 1\r\n\r\n'
    const id = await captureRaw(Buffer.from(`${head}2\r\nab\r\n3\r\ncde\r\n0\r\n\r\n`))
    const { received, preview } = await replayed(id, { edits: { exact: true } })
    expect(received.toString()).toBe(`${head}5\r\nabcde\r\n0\r\n\r\n`)
    expect(preview.notices.join()).toContain('one chunk')
    const plain = await replayed(id)
    expect(plain.received.toString()).toContain('\r\nContent-Length: 5\r\nX-End: 1\r\n\r\nabcde')
    expect(plain.preview.notices.join()).toContain('chunks are not reproduced')
    expect(plain.replay.changed).toEqual([
      'header:Host',
      'header:Content-Length added',
      'header:Transfer-Encoding removed',
    ])
  })
})

describe('the preview', () => {
  const edits = fc.record(
    {
      method: fc.constantFrom('PUT', 'QUERY', 'x-odd'),
      target: targets,
      rawHeaders: fc.array(fc.tuple(headerName, headerValue), { maxLength: 6 }),
      setHeaders: fc.array(fc.tuple(headerName, fc.option(headerValue)), { maxLength: 4 }),
      body: fc.uint8Array({ maxLength: 100 }).map((bytes) => new Blob([new Uint8Array(bytes)])),
      exact: fc.boolean(),
    },
    { requiredKeys: [] },
  )
  const signings = fc.record(
    { resign: fc.boolean(), timestamp: fc.constant('original' as const) },
    { requiredKeys: ['timestamp'] },
  )
  it('is what goes out, whatever is edited', async () => {
    const id = await captureSvix()
    await fc.assert(
      fc.asyncProperty(edits, signings, async (change, signing) => {
        const { preview, replay, received } = await replayed(id, { edits: change, ...signing })
        // One that takes the id away gets another in its place, each time.
        fc.pre(replay.messageId === 'msg_1')
        expect(received.toString('latin1')).toBe((await bytesOf(preview)).toString('latin1'))
        expect(replay.changed).toEqual(preview.changed)
        expect(replay.request.rawHeaders).toEqual(preview.rawHeaders)
      }),
      { numRuns: 60 },
    )
  })

  it('says where it goes, what changed and what a receiver would say', async () => {
    const id = await captureSvix()
    const preview = (more: Asked) => started.client.replays.preview(asked(id, more))
    const body = new Blob(['{"a":2}'])
    expect(await preview({})).toMatchObject({
      origin: sink.url,
      asksForHost: null,
      intoOurselves: false,
      verdict: 'valid',
      changed: ['header:Host'],
      notices: [],
    })
    const locked = await preview({ edits: { body } })
    expect(locked).toMatchObject({ verdict: 'invalid', changed: ['header:Host', 'body'] })
    expect(await preview({ edits: { body }, resign: true })).toMatchObject({ verdict: 'valid' })
    const old = await preview({ resign: true, timestamp: -3600 })
    expect(old).toMatchObject({ verdict: 'stale' })
    expect(old.notices).toHaveLength(1)
    const foreign = await preview({ resign: true, secretText: whsec('nobody has it') })
    expect(foreign).toMatchObject({ verdict: 'invalid' })
    const elsewhere = await preview({ url: 'https://hooks.test:8443/in?y=2' })
    expect(elsewhere).toMatchObject({ asksForHost: 'hooks.test', target: '/in?y=2' })
    const { port } = new URL(started.url)
    expect(await preview({ url: `http://localhost:${port}` })).toMatchObject({
      intoOurselves: true,
    })
  })

  it('says where the framing lies', async () => {
    const id = await captureSvix()
    const noticesOf = async (change: NewReplay['edits']) =>
      (await started.client.replays.preview(asked(id, { edits: change }))).notices.join()
    const body = new Blob(['longer than it was'])
    expect(await noticesOf({ exact: true, body })).toContain('says 7, but the body has 18 bytes')
    expect(await noticesOf({ body })).not.toContain('Content-Length')
    const rawHeaders: RawHeader[] = [['Host', 'h']]
    expect(await noticesOf({ exact: true, rawHeaders })).toContain('Nothing says how long')
  })
})

describe('signed anew', () => {
  it('with another secret of the endpoint, another moment and a new id', async () => {
    const id = await captureSvix()
    const [endpoint] = await started.client.endpoints.list()
    const other = endpoint?.secrets.find(({ name }) => name === 'other')
    const before = Date.now()
    const replay = await started.client.replays.create(
      asked(id, {
        url: started.url,
        resign: true,
        secretId: other?.id ?? 0,
        timestamp: -60,
        messageId: 'new',
      }),
    )
    const arrived = await started.client.deliveries.get({ id: replay.arrivedAsDeliveryId ?? 0 })
    expect(arrived).toMatchObject({
      verdict: 'valid',
      replayId: replay.id,
      verification: { matchedSecretName: 'other', messageId: replay.messageId },
    })
    expect(replay.messageId).not.toBe('msg_1')
    const skewed = Math.round(((arrived.verification.timestamp?.unixMs ?? 0) - before) / 1000)
    expect(Math.abs(skewed + 60)).toBeLessThanOrEqual(2)
  })

  it('with an edited id, which stays', async () => {
    const id = await captureSvix()
    const setHeaders: [string, string][] = [['svix-id', 'msg_mine']]
    const edits = { setHeaders }
    const { preview, replay } = await replayed(id, { resign: true, edits })
    expect(preview.verdict).toBe('valid')
    expect(replay.messageId).toBe('msg_mine')
  })
})

/** Why it does not go out; the sink hears nothing. */
async function refused(edits: NewReplay['edits']): Promise<string> {
  const id = await captureSvix()
  const before = sink.received.length
  const { error } = await safe(started.client.replays.create(asked(id, { edits })))
  expect(sink.received).toHaveLength(before)
  return error instanceof Error ? error.message : ''
}

describe('attacks and lies', () => {
  it.each([
    [{ target: '/a b' }, 'request target'],
    [{ target: '/a HTTP/1.1\r\nX: y' }, 'request target'],
    [{ method: 'GET /evil' }, 'request method'],
    [{ rawHeaders: [['A', 'b\r\nEvil: 1']] satisfies RawHeader[] }, '“A”'],
    [{ rawHeaders: [['A: b\r\nEvil', '1']] satisfies RawHeader[] }, 'holds characters'],
    [{ setHeaders: [['A', 'b\nEvil: 1']] satisfies [string, string][] }, '“A”'],
    [{ setHeaders: [['A\0', 'b']] satisfies [string, string][] }, 'holds characters'],
    [
      { rawHeaders: [['Host', 'x\r\n\r\nGET / HTTP/1.1']] satisfies RawHeader[], exact: true },
      'Host',
    ],
  ])('%j is refused and nothing goes out', async (edits, sentence) => {
    expect(await refused(edits)).toContain(sentence)
  })

  it('two thousand header lines go out as they are, more are refused', async () => {
    const rawHeaders = Array.from({ length: 1_998 }, (_, index): RawHeader => [`X-${index}`, 'v'])
    const id = await captureSvix()
    const { received, preview } = await replayed(id, { edits: { rawHeaders } })
    expect(received.equals(await bytesOf(preview))).toBe(true)
    const more = [...rawHeaders, ...rawHeaders]
    expect(await refused({ rawHeaders: more })).not.toBe('')
  })

  it('nothing goes to another computer before its host is allowed', async () => {
    const id = await captureSvix()
    const create = (url: string) => safe(started.client.replays.create(asked(id, { url })))
    for (const url of ['http://192.0.2.1:9/', 'http://localhost.evil.test/', 'http://0xC0000201']) {
      const { error } = await create(url)
      expect(error).toMatchObject({ code: 'HOST_NOT_ALLOWED' })
    }
    const { error } = await create('http://u@192.0.2.1/')
    expect(error).toMatchObject({ code: 'HOST_NOT_ALLOWED', data: { host: '192.0.2.1' } })
    await started.client.hosts.allow({ host: 'Evil.TEST.' })
    expect(await started.client.hosts.list()).toEqual(['evil.test'])
    const preview = await started.client.replays.preview(asked(id, { url: 'http://evil.test' }))
    expect(preview.asksForHost).toBeNull()
    await started.client.hosts.disallow({ host: 'evil.test' })
    expect(await create('http://evil.test')).toMatchObject({
      error: { code: 'HOST_NOT_ALLOWED', data: { host: 'evil.test' } },
    })
    const { error: noHost } = await safe(started.client.hosts.allow({ host: 'a.test:80' }))
    expect(noHost).toMatchObject({ code: 'BAD_REQUEST' })
  })
})

describe('what is remembered', () => {
  it('the newest twenty targets of an endpoint', async () => {
    const id = await captureSvix()
    const endpointId = (await started.client.endpoints.list())[0]?.id ?? 0
    for (let index = 0; index < 22; index++) {
      await started.client.replays.create(asked(id, { url: `${sink.url}/t${index}` }))
    }
    const known = await started.client.replays.targets({ endpointId })
    expect(known).toHaveLength(20)
    expect(known[0]).toMatchObject({ url: `${sink.url}/t21`, verifyTls: true })
    await started.client.replays.forgetTarget({ endpointId, url: `${sink.url}/t21` })
    expect((await started.client.replays.targets({ endpointId }))[0]?.url).toBe(`${sink.url}/t20`)
    expect(await started.client.replays.targets({})).not.toContainEqual(known[1])
  })

  it('the sent bytes, the answer, and when each step came; a name is looked up', async () => {
    const id = await captureSvix()
    const url = sink.url.replace('127.0.0.1', 'localhost')
    const body = new Blob(['edited'])
    const { id: replayId } = await started.client.replays.create(
      asked(id, { url, edits: { body } }),
    )
    const replay = await started.client.replays.get({ id: replayId })
    expect(replay).toMatchObject({
      origin: 'replay',
      deliveryId: id,
      changed: ['header:Host', 'header:Content-Length', 'body'],
      answer: { status: 204 },
      timings: { dnsMs: expect.any(Number), tlsMs: null },
    })
    const sent = await started.client.replays.body({ id: replayId })
    expect(await sent.text()).toBe('edited')
    expect(await (await started.client.deliveries.body({ id })).text()).toBe('{"a":1}')
    const older = await started.client.replays.list({ deliveryId: id, beforeId: replayId })
    expect(older).toEqual([])
    expect(await started.client.replays.list({ origin: 'compose' })).toEqual([])
  })
})
