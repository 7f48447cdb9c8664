import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { createRouterClient } from '@orpc/server'
import { createEngine, type Engine } from '#engine/engine.ts'
import { madePieces } from './import/made-pieces.ts'
import { post, sendersBeside } from './import/senders-beside.ts'
import { quantile } from './search/measure.ts'

/** So often memory is told while it goes on. */
const TELL_BYTES = 64 * 1024 * 1024

/**
 * Imports an NDJSON file of a size (`IMPORT_MB`, 1,024) that another process makes while it is read,
 * for at most so long (`IMPORT_SECONDS`, 300, per round; the file is cut then), and tells how fast,
 * how much memory, and how long senders wait meanwhile; then imports it again.
 */
export async function benchImport(): Promise<void> {
  const megabytes = Number(process.env['IMPORT_MB'] ?? '1024')
  const seconds = Number(process.env['IMPORT_SECONDS'] ?? '300')
  const dataDir = mkdtempSync(path.join(tmpdir(), 'countersign-bench-'))
  const engine = await createEngine({
    dataDir,
    version: '0.0.0-bench',
    listen: { host: '127.0.0.1', port: 0, portWasAskedFor: true },
    osKeyStorage: null,
  })
  try {
    const url = `${engine.status().listening?.url ?? ''}/bench`
    await post(url)
    let mostBytes = megabytes * 1024 * 1024
    for (const name of ['first', 'again']) {
      const read = await round({ name, engine, url, mostBytes, mostMs: seconds * 1_000 })
      mostBytes = Math.min(mostBytes, read)
    }
  } finally {
    await engine.close()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

interface Round {
  name: string
  engine: Engine
  url: string
  mostBytes: number
  mostMs: number
}

/** Returns how many bytes were read. */
async function round({ name, engine, url, mostBytes, mostMs }: Round): Promise<number> {
  const client = createRouterClient(engine.router, { context: {} })
  const began = performance.now()
  const memory = watchMemory()
  const lateness = monitorEventLoopDelay({ resolution: 5 })
  lateness.enable()
  const senders = sendersBeside(url)
  const { id } = await client.transfers.beginImport({ name: 'bench.ndjson', byteLength: null })
  let offset = 0
  for await (const bytes of madePieces(mostBytes)) {
    const piece = new Blob([new Uint8Array(bytes)])
    await client.transfers.write({ id, offset, piece })
    offset += piece.size
    memory.at(offset)
    if (offset >= mostBytes || performance.now() - began > mostMs) break
  }
  const { added, alreadyHere, problem } = await client.transfers.finish({ id })
  const waits = await senders.stop()
  lateness.disable()
  const seconds = (performance.now() - began) / 1_000
  console.log(
    `${name}: ${megabytes(offset)} MB, ${added} added, ${alreadyHere} already here in ` +
      `${seconds.toFixed(1)} s (${(offset / 1e6 / seconds).toFixed(1)} MB/s)${problem ?? ''}`,
  )
  console.log(`  memory: ${memory.said()}`)
  const wait = (share: number) => quantile(waits, share).toFixed(1)
  console.log(
    `  senders meanwhile: p50 ${wait(0.5)} ms, p99 ${wait(0.99)} ms, max ${wait(1)} ms ` +
      `(${waits.length}); event loop late by at most ${(lateness.max / 1e6).toFixed(0)} ms`,
  )
  return offset
}

/** The resident memory of this process, in MB: sampled beside, and told along the way. */
function watchMemory() {
  const before = process.memoryUsage.rss()
  let most = before
  const along: string[] = []
  const sampling = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss())
  }, 100)
  let toldAt = 0
  return {
    at(bytes: number) {
      if (bytes - toldAt < TELL_BYTES) return
      toldAt = bytes
      along.push(megabytes(process.memoryUsage.rss()))
    },
    said() {
      clearInterval(sampling)
      const after = process.memoryUsage.rss()
      return (
        `${megabytes(before)} MB before, ${megabytes(most)} MB at most, ` +
        `${megabytes(after)} MB after; every ${megabytes(TELL_BYTES)} MB: ${along.join(' ')}`
      )
    },
  }
}

const megabytes = (bytes: number) => (bytes / 1e6).toFixed(0)
