import { createHash, createHmac, randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import { connect } from 'node:net'
import zlib from 'node:zlib'
import { ORPCError, safe } from '@orpc/client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MAX_RANGE_BYTES } from '#contract/http.ts'
import { whsec } from '#test/e2e/providers.ts'
import {
  newestRow,
  openEngine,
  type OpenedEngine,
  post,
  temporaryDataDir,
} from './opened-engine.ts'

const MIB = 1024 * 1024
const SECRET = whsec('bodies')
const dataDir = temporaryDataDir()
let app: OpenedEngine
beforeAll(async () => {
  app = await openEngine(dataDir)
  const secrets = [{ text: SECRET }]
  await app.client.endpoints.create({ name: 'svix', path: '/svix', schemeId: 'svix', secrets })
})
afterAll(async () => {
  await app.engine.close()
  rmSync(dataDir, { recursive: true, force: true })
})

/** Over the raw bytes, which the SDK cannot sign when they are no text. */
function signed(body: Uint8Array, id: string): string[] {
  const at = Math.floor(Date.now() / 1000)
  const key = Buffer.from(SECRET.slice('whsec_'.length), 'base64')
  const hash = createHmac('sha256', key).update(`${id}.${at}.`).update(body).digest('base64')
  return ['svix-id', id, 'svix-timestamp', String(at), 'svix-signature', `v1,${hash}`]
}

async function store(body: Uint8Array, headers: readonly string[] = [], path = '/b') {
  expect((await post(app.url + path, body, headers)).status).toBe(200)
  return newestRow(app.client)
}

/** The whole body, range by range, as the app reads it. */
async function read(id: number, byteLength: number, decoded = false): Promise<Buffer> {
  const parts: Uint8Array[] = []
  for (let offset = 0; offset < byteLength; offset += MAX_RANGE_BYTES) {
    const range = await app.client.deliveries.body({ id, offset, decoded })
    expect(range.size).toBeLessThanOrEqual(MAX_RANGE_BYTES)
    parts.push(new Uint8Array(await range.arrayBuffer()))
  }
  return Buffer.concat(parts)
}
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

async function refusal(call: Promise<unknown>) {
  const { error } = await safe(call)
  if (!(error instanceof ORPCError)) return error
  return { code: error.code, message: error.message }
}

describe('content codings', () => {
  it('24 MiB of gzip that do not shrink: kept as they came, shown decoded, verified raw', async () => {
    const plain = randomBytes(24 * MIB)
    const body = zlib.gzipSync(plain, { level: 1 })
    const headers = ['Content-Encoding', 'gzip', ...signed(body, 'msg_gz')]
    const row = await store(body, headers, '/svix')
    expect(row).toMatchObject({ verdict: 'valid', bodyByteLength: body.length })
    const { id } = row
    expect((await app.client.deliveries.get({ id })).bodySha256).toBe(sha256(body))
    expect(sha256(await read(id, body.length))).toBe(sha256(body))
    const decodedLength = { byteLength: plain.length, problem: null }
    expect(await app.client.deliveries.decodedLength({ id })).toEqual(decodedLength)
    expect(sha256(await read(id, plain.length, true))).toBe(sha256(plain))
  })

  it.each([
    ['br', (text: string) => zlib.brotliCompressSync(text)],
    ['deflate', (text: string) => zlib.deflateSync(text)],
    ['deflate', (text: string) => zlib.deflateRawSync(text)],
    ['x-gzip', (text: string) => zlib.gzipSync(text)],
    ['gzip, br', (text: string) => zlib.brotliCompressSync(zlib.gzipSync(text))],
  ])('%s', async (coding, encode) => {
    const { id } = await store(encode('{"ü":1}'), ['Content-Encoding', coding])
    const range = await app.client.deliveries.body({ id, decoded: true })
    expect(await range.text()).toBe('{"ü":1}')
  })

  it('a zip bomb stops at 32 MiB with a sentence, and nothing else is held up', async () => {
    const bomb = zlib.gzipSync(Buffer.alloc(80 * MIB))
    const { id } = await store(bomb, ['Content-Encoding', 'gzip'])
    const { byteLength, problem } = await app.client.deliveries.decodedLength({ id })
    expect(byteLength).toBe(0)
    expect(problem).toMatch(/larger than \d+ bytes/)
    const refused = await refusal(app.client.deliveries.body({ id, decoded: true }))
    expect(refused).toEqual({ code: 'BAD_REQUEST', message: problem })
    expect((await app.client.deliveries.body({ id })).size).toBe(bomb.length)
  })

  it.each([
    ['gzip', Buffer.from('this is not gzip')],
    ['gzip', zlib.gzipSync('cut in the middle of it').subarray(0, 15)],
    ['snappy', Buffer.from('x')],
  ])('what is not %s is said so, and shown as it came', async (coding, body) => {
    const { id } = await store(body, ['Content-Encoding', coding])
    const { problem } = await app.client.deliveries.decodedLength({ id })
    expect(problem).toContain(coding)
    const refused = await refusal(app.client.deliveries.body({ id, decoded: true }))
    expect(refused).toEqual({ code: 'BAD_REQUEST', message: problem })
    expect(await read(id, body.length)).toEqual(body)
  })
})

describe('bytes and ranges', () => {
  it.each([200, 1_500_000])('%d bytes that are no UTF-8 are kept and verified', async (length) => {
    const body = Buffer.concat([
      Buffer.from([0, 255, 254, 0xc3, 0x28, 13, 10]),
      randomBytes(length),
    ])
    const row = await store(body, signed(body, `msg_${length}`), '/svix')
    expect(row).toMatchObject({ verdict: 'valid', bodyByteLength: body.length })
    expect((await read(row.id, body.length)).equals(body)).toBe(true)
    const { verification } = await app.client.deliveries.explain({ id: row.id })
    expect(verification.verdict).toBe('valid')
  })

  it('a range is at most 1 MiB, and may lie beyond the end', async () => {
    const { id } = await store(Buffer.from('0123456789'))
    const { deliveries } = app.client
    const tooMuch = await refusal(deliveries.body({ id, length: MAX_RANGE_BYTES + 1 }))
    expect(tooMuch).toMatchObject({ code: 'BAD_REQUEST' })
    expect(await refusal(deliveries.body({ id, offset: -1 }))).toMatchObject({
      code: 'BAD_REQUEST',
    })
    expect(await (await deliveries.body({ id, offset: 8, length: 100 })).text()).toBe('89')
    expect((await deliveries.body({ id, offset: 10 })).size).toBe(0)
    expect((await deliveries.body({ id, offset: 2 ** 40 })).size).toBe(0)
    expect(await refusal(deliveries.body({ id: 999_999 }))).toMatchObject({ code: 'NOT_FOUND' })
  })

  it('HEAD gets no body and is a delivery; an empty body has no range', async () => {
    const answer = await post(`${app.url}/head?x=1`, '', ['Content-Encoding', 'gzip'], {
      method: 'HEAD',
    })
    expect(answer).toMatchObject({ status: 200, text: '' })
    const row = await newestRow(app.client)
    expect(row).toMatchObject({ method: 'HEAD', target: '/head?x=1', bodyByteLength: 0 })
    expect((await app.client.deliveries.body({ id: row.id })).size).toBe(0)
    expect((await app.client.deliveries.body({ id: row.id, decoded: true })).size).toBe(0)
    const nothing = { byteLength: 0, problem: null }
    expect(await app.client.deliveries.decodedLength({ id: row.id })).toEqual(nothing)
  })

  it('trailers are stored with their case and order, apart from the headers', async () => {
    const { port } = new URL(app.url)
    const socket = connect(Number(port), '127.0.0.1')
    socket.write(
      'POST /trailers HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n' +
        'Connection: close\r\n\r\n3\r\nabc\r\n2;ext=1\r\nde\r\n0\r\nX-Sum: 1\r\nx-sum: 2\r\nB: é\r\n\r\n',
      'latin1',
    )
    for await (const _ of socket);
    const { id } = await newestRow(app.client)
    const delivery = await app.client.deliveries.get({ id })
    expect(delivery.rawTrailers).toEqual([
      ['X-Sum', '1'],
      ['x-sum', '2'],
      ['B', 'é'],
    ])
    expect(delivery.rawHeaders.map(([name]) => name)).not.toContain('X-Sum')
    expect(await read(id, 5)).toEqual(Buffer.from('abcde'))
  })
})
