import {
  closeSync,
  fdatasyncSync,
  fsyncSync,
  openSync,
  rmSync,
  writeSync,
  writevSync,
} from 'node:fs'
import http from 'node:http'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { atLeast, atMost, type Figure, type Scale } from '#bench/fast/figure.ts'
import { costed, inFolder, loadFor, memoryOf, startEngine } from '#bench/fast/rig.ts'
import { median } from '#bench/pinned.ts'

const MIB = 1024 * 1024
/** As many bodies as senders wait at once. */
const BATCH = 32
const SIZES = [
  { bytes: 10 * 1024, count: 10_000, connections: 32 },
  { bytes: 100 * 1024, count: 1_000, connections: 32 },
  { bytes: 5 * MIB, count: 20, connections: 8 },
]

/** Larger bodies, beside writing the same bytes to the end of one file with an fsync per batch. */
export async function bodyRows({ seconds, rounds, quick }: Scale): Promise<Figure[]> {
  return inFolder(async ({ folder, secret, requests }) => {
    const figures: Figure[] = []
    for (const { bytes, count, connections } of SIZES) {
      const file = requests(quick ? count / 10 : count, bytes)
      const ours: number[] = []
      const plain: number[] = []
      for (let round = 0; round < rounds; round++) {
        plain.push(writtenPerSecond(join(folder, 'plain'), bytes, seconds))
        const dataDir = join(folder, 'data')
        const engine = await startEngine(dataDir, secret)
        loadFor(engine.url, 1, file, connections)
        const { rate } = costed(engine.pid, () => loadFor(engine.url, seconds, file, connections))
        ours.push((rate * bytes) / MIB)
        await engine.stop()
        rmSync(dataDir, { recursive: true })
      }
      const value = median(ours) / median(plain)
      figures.push({
        what: `bodies of ${bytes >= MIB ? `${bytes / MIB} MiB` : `${bytes / 1024} KiB`}`,
        aim: '≥ 0.7 of one file',
        measured: `${median(ours).toFixed(0)} MiB/s`,
        reference: `one file ${median(plain).toFixed(0)} MiB/s`,
        value,
        met: atLeast(value, 0.7),
      })
    }
    return figures
  })
}

/** MiB a second. */
function writtenPerSecond(file: string, bytes: number, seconds: number): number {
  const body = Buffer.alloc(bytes, 'x')
  const batch = Array.from({ length: BATCH }, () => body)
  const out = openSync(file, 'w')
  const began = performance.now()
  let written = 0
  while (performance.now() - began < seconds * 1000) {
    written += writevSync(out, batch)
    fdatasyncSync(out)
  }
  const took = (performance.now() - began) / 1000
  closeSync(out)
  rmSync(file)
  return written / MIB / took
}

/** One body as large as the limit allows: memory over idle, and speed beside writing such a file. */
export async function largeBodyRow({ quick }: Scale): Promise<Figure[]> {
  const bytes = quick ? 128 * MIB : 1024 * MIB
  return inFolder(async ({ folder, secret }) => {
    const dataDir = join(folder, 'data')
    const engine = await startEngine(dataDir, secret)
    await engine.client.settings.update({ listener: { bodyLimitBytes: 1024 * MIB } })
    await postLarge(engine.url, 4 * MIB)
    await wait(1_000)
    const idle = memoryOf(engine.pid).now
    const began = performance.now()
    await postLarge(engine.url, bytes)
    const took = (performance.now() - began) / 1000
    const over = memoryOf(engine.pid).peak - idle
    await engine.stop()
    const plainMs = plainFile(join(folder, 'plain'), bytes)
    return [
      {
        what: `one body of ${bytes / MIB} MiB`,
        aim: '≤ 64 MB over idle, at disk speed',
        measured: `${over.toFixed(0)} MB over idle, ${(bytes / MIB / took).toFixed(0)} MiB/s`,
        reference: `one file ${(bytes / MIB / (plainMs / 1000)).toFixed(0)} MiB/s`,
        value: over,
        met: atMost(over, 64),
      },
    ]
  })
}

const PIECE = Buffer.alloc(MIB, 'x')

function postLarge(url: string, bytes: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-length': bytes }
    const request = http.request(url, { method: 'POST', headers }, (answer) => {
      answer.resume()
      answer.on('end', () =>
        answer.statusCode === 200 ? resolve() : reject(new Error(`${answer.statusCode}`)),
      )
    })
    request.on('error', reject)
    let left = bytes
    const more = () => {
      while (left > 0) {
        left -= PIECE.length
        if (!request.write(PIECE)) {
          request.once('drain', more)
          return
        }
      }
      request.end()
    }
    more()
  })
}

function plainFile(file: string, bytes: number): number {
  const out = openSync(file, 'w')
  const began = performance.now()
  for (let left = bytes; left > 0; left -= PIECE.length) writeSync(out, PIECE)
  fsyncSync(out)
  const took = performance.now() - began
  closeSync(out)
  return took
}
