/** Small things that unpack to more than a gigabyte, everywhere where something is unpacked. */
import { rmSync } from 'node:fs'
import http from 'node:http'
import zlib from 'node:zlib'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  newestRow,
  openEngine,
  type OpenedEngine,
  post,
  temporaryDataDir,
  until,
} from './opened-engine.ts'
import { listen } from './replay-rig.ts'

const MIB = 1024 * 1024
/** What all of it may take at its highest, over what the engine takes anyway; unpacked it is 1 GiB. */
const MOST_BYTES = 512 * MIB

const dataDir = temporaryDataDir()
let app: OpenedEngine
let handler: http.Server
let to: string

/** 1 GiB of spaces: gzip members may follow each other (RFC 1952, section 2.2). */
const member = zlib.gzipSync(Buffer.alloc(16 * MIB, ' '), { level: 9 })
const gibibyte = Buffer.concat(Array.from({ length: 64 }, () => member))
const zeros = Buffer.alloc(64 * MIB)
const quick = { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 1 } }
const bombs: readonly [coding: string, bytes: Buffer][] = [
  ['gzip', gibibyte],
  ['gzip, br', zlib.brotliCompressSync(gibibyte, quick)],
  ['gzip, gzip, gzip', zlib.gzipSync(zlib.gzipSync(gibibyte))],
  ['deflate', zlib.deflateSync(zeros, { level: 1 })],
  ['br', zlib.brotliCompressSync(zeros, quick)],
  ['zstd', zlib.zstdCompressSync(zeros)],
]

beforeAll(async () => {
  app = await openEngine(dataDir)
  const secrets = [{ text: `whsec_${Buffer.alloc(24, 1).toString('base64')}` }]
  await app.client.endpoints.create({ name: 'bombs', path: '/b', schemeId: 'svix', secrets })
  handler = http.createServer((request, response) => {
    request.resume()
    const [coding, bytes] = bombs[Number(request.url?.slice(1))] ?? ['gzip', gibibyte]
    response.writeHead(200, { 'Content-Encoding': coding, 'Content-Type': 'application/json' })
    response.end(bytes)
  })
  to = `http://127.0.0.1:${await listen(handler)}`
  // Threads are there before anything is measured.
  await post(`${app.url}/b`, zlib.gzipSync('{"a":1}'), ['Content-Encoding', 'gzip'])
  const { id } = await newestRow(app.client)
  const { problem } = await app.client.deliveries.decodedLength({ id })
  if (problem !== null) throw new Error(`What is small did not unpack: ${problem}`)
  await lookAt(id)
  await exported([id])
})
afterAll(async () => {
  handler.close()
  handler.closeAllConnections()
  await app.engine.close()
  rmSync(dataDir, { recursive: true, force: true })
})

/** The highest memory of this process, its threads and what zlib took included, over the start's. */
async function highest(act: () => Promise<void>): Promise<number> {
  const before = process.memoryUsage().rss
  let most = before
  const look = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 10)
  await act()
  clearInterval(look)
  return Math.max(most, process.memoryUsage().rss) - before
}

async function lookAt(id: number): Promise<void> {
  const { client } = app
  await client.deliveries.body({ id, offset: 0, length: 1_000 })
  await client.deliveries.explain({ id })
  await client.deliveries.hygiene({ id })
  await client.deliveries.diagnose({ id })
  await client.deliveries.list({ filter: { query: 'body:needle' } })
}

/** As it is, and with something masked in it. */
async function exported(ids: number[]): Promise<void> {
  const { client } = app
  for (const redaction of [undefined, { jsonPaths: ['$.a'], headers: [] }]) {
    const { id } = await client.transfers.beginExport({
      ...{ selection: { ids }, format: 'ndjson' },
      ...(redaction && { redaction }),
    })
    const hasEnded = async () => (await client.transfers.get({ id })).state !== 'running'
    await until(hasEnded, 'the export ends', 60_000)
    await client.transfers.cancel({ id })
  }
}

it('are looked at, searched, diagnosed and exported within bounds', async () => {
  const headers = ['svix-id', 'msg_1', 'svix-timestamp', '1700000000', 'svix-signature', 'v1,AAAA']
  const most = await highest(async () => {
    for (const [coding, bytes] of bombs) {
      const type = ['Content-Encoding', coding, 'Content-Type', 'application/json']
      expect((await post(`${app.url}/b`, bytes, [...headers, ...type])).status).toBe(200)
      const { id } = await newestRow(app.client)
      const told = await app.client.deliveries.decodedLength({ id })
      expect(told.problem ?? '').toMatch(/larger than|not known/)
      await lookAt(id)
    }
    const { rows } = await app.client.deliveries.list({})
    await exported(rows.map(({ id }) => id))
  })
  expect(most).toBeLessThan(MOST_BYTES)
}, 90_000)

it('that a handler answers are kept as they came', async () => {
  const { id: deliveryId } = await newestRow(app.client)
  const most = await highest(async () => {
    for (const [index, [, bytes]] of bombs.entries()) {
      const edits = { target: `/${index}` }
      const { answer } = await app.client.replays.create({
        deliveryId,
        url: to,
        resign: false,
        edits,
      })
      expect(answer?.bodyByteLength).toBe(bytes.length)
    }
  })
  expect(most).toBeLessThan(MOST_BYTES)
}, 90_000)

it('that come as files to import end with a sentence', async () => {
  const most = await highest(async () => {
    for (const packed of [
      gibibyte,
      Buffer.concat([zlib.gzipSync('{"log":{"entries":['), gibibyte]),
    ]) {
      const { id } = await app.client.transfers.beginImport({
        name: 'x.har.gz',
        byteLength: packed.length,
      })
      const pieces = Math.ceil(packed.length / MIB)
      let state = 'running'
      for (let at = 0; at < pieces && state === 'running'; at += 1) {
        const piece = new Blob([new Uint8Array(packed.subarray(at * MIB, (at + 1) * MIB))])
        state = (await app.client.transfers.write({ id, offset: at * MIB, piece })).state
      }
      const done =
        state === 'running'
          ? await app.client.transfers.finish({ id })
          : await app.client.transfers.get({ id })
      expect(done.state).toBe('failed')
      expect(done.problem).not.toBe('')
      await app.client.transfers.cancel({ id })
    }
  })
  expect(most).toBeLessThan(MOST_BYTES)
}, 90_000)
