import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import http from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createRouterClient } from '@orpc/server'
import { createEngine } from '#engine/engine.ts'

const PIECE_BYTES = 1024 * 1024
const BODY_BYTES = 4_000
/** Every so many deliveries one whose body goes into a file. */
const LARGE_EVERY = 5_000
const LARGE_BYTES = 1_500_000

/**
 * Imports an NDJSON file of a size (`IMPORT_MB`, 1,024) that is made while it is read, and tells how
 * fast, how much memory, and how long senders wait meanwhile; then imports it again.
 */
export async function benchImport(): Promise<void> {
  const megabytes = Number(process.env['IMPORT_MB'] ?? '1024')
  const dataDir = mkdtempSync(path.join(tmpdir(), 'countersign-bench-'))
  const engine = await createEngine({
    dataDir,
    version: '0.0.0-bench',
    listen: { host: '127.0.0.1', port: 0, portWasAskedFor: true },
    osKeyStorage: null,
  })
  // A connection each: one that is kept may be closed by the listener while this process stands still.
  const agent = new http.Agent({ keepAlive: false })
  try {
    const client = createRouterClient(engine.router, { context: {} })
    const url = `${engine.status().listening?.url ?? ''}/bench`
    await post(url, agent)
    for (const round of ['first', 'again']) {
      const before = rss()
      const began = performance.now()
      const waits: number[] = []
      let over = false
      const senders = (async () => {
        while (!over) {
          const at = performance.now()
          await post(url, agent)
          waits.push(performance.now() - at)
          await new Promise((resolve) => setTimeout(resolve, 20))
        }
      })()
      const { id } = await client.transfers.beginImport({ name: 'bench.ndjson', byteLength: null })
      let offset = 0
      let most = before
      for (const bytes of pieces(megabytes * 1024 * 1024)) {
        const piece = new Blob([new Uint8Array(bytes)])
        await client.transfers.write({ id, offset, piece })
        offset += piece.size
        most = Math.max(most, rss())
      }
      const { added, alreadyHere, warnings } = await client.transfers.finish({ id })
      over = true
      await senders
      const seconds = (performance.now() - began) / 1_000
      waits.sort((a, b) => a - b)
      const wait = (share: number) =>
        (waits[Math.floor(share * (waits.length - 1))] ?? 0).toFixed(1)
      console.log(
        `${round}: ${(offset / 1e6).toFixed(0)} MB, ${added} added, ${alreadyHere} already here in ` +
          `${seconds.toFixed(1)} s (${(offset / 1e6 / seconds).toFixed(1)} MB/s); ` +
          `memory ${before} MB before, ${most} MB at most, ${rss()} MB after; ${warnings.length} warnings`,
      )
      console.log(
        `senders meanwhile: p50 ${wait(0.5)} ms, p99 ${wait(0.99)} ms, max ${wait(1)} ms (${waits.length})`,
      )
    }
  } finally {
    agent.destroy()
    await engine.close()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

const rss = () => Math.round(process.memoryUsage.rss() / 1e6)

/** Lines as an export writes them, in pieces of at most 1 MiB. */
function* pieces(mostBytes: number): Iterable<Buffer> {
  let held: Buffer[] = []
  let heldBytes = 0
  let bytes = 0
  for (const line of lines()) {
    const next = Buffer.from(`${JSON.stringify(line)}\n`)
    if (heldBytes + next.byteLength > PIECE_BYTES) {
      yield Buffer.concat(held)
      held = []
      heldBytes = 0
      if (bytes >= mostBytes) return
    }
    held.push(next)
    heldBytes += next.byteLength
    bytes += next.byteLength
  }
}

const verification = {
  ...{ verdict: 'no-scheme', schemeId: null, reason: { code: 'made', sentence: 'Made up.' } },
  ...{ messageId: null, eventType: null, timestamp: null, skewSeconds: null, tolerance: null },
  ...{ matchedSecretId: null, matchedSecretName: null, notices: [] },
}

function* lines(): Iterable<object> {
  const first = { format: 'countersign-ndjson', version: 1, instance: 'bench' }
  yield { ...first, exportedAtMs: 0, by: 'bench' }
  const firstAtMs = Date.UTC(2025, 0, 1)
  for (let index = 0; ; index += 1) {
    const large = index % LARGE_EVERY === LARGE_EVERY - 1
    const body = Buffer.alloc(large ? LARGE_BYTES : BODY_BYTES, `{"made":${index},"x":"y"}`)
    const atMs = firstAtMs + index * 100
    const inline = body.subarray(0, 196_608)
    yield {
      ...{ type: 'delivery', id: index + 1, receivedAtMs: atMs, completedAtMs: atMs },
      times: { connectedAtMs: atMs, committedAtMs: atMs, answeredAtMs: atMs },
      ...{ remoteAddress: '127.0.0.1', remotePort: 4_000, httpVersion: '1.1', method: 'POST' },
      ...{ target: '/bench', rawHeaders: [['Content-Type', 'application/json']] },
      rawTrailers: [],
      body: {
        byteLength: body.byteLength,
        sha256: createHash('sha256').update(body).digest('hex'),
        base64: inline.toString('base64'),
      },
      ...{ problem: null, problemDetail: null, replayId: null, challenge: null },
      ...{ challengeNote: null, answer: null, replays: 0, endpoint: null },
      ...{ verificationAtReceipt: verification, verification },
      marks: { pinned: false, note: '', tags: [] },
    }
    for (let at = inline.byteLength; at < body.byteLength; at += 196_608) {
      yield { type: 'piece', base64: body.subarray(at, at + 196_608).toString('base64') }
    }
  }
}

function post(url: string, agent: http.Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = http.request(url, { method: 'POST', agent }, (answer) => {
      answer.resume()
      answer.on('end', resolve)
    })
    request.on('error', reject)
    request.end('{"event":"bench"}')
  })
}
