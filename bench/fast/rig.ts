import { randomBytes } from 'node:crypto'
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ApiClient } from '#contract/client.ts'
import { connectControlSocket } from '#engine/rpc/control-client.ts'
import { type Load, load, rate, startPinned, stop } from '#bench/pinned.ts'
import { benchDatabase } from '#bench/search/database.ts'
import { writeSignedRequests } from '#bench/signed-requests.ts'

export const PATH = '/bench'

/** What a row works with: taken away with it. */
export interface Bench {
  folder: string
  secret: string
  /** A file of signed requests. */
  requests: (count: number, bodyBytes?: number) => { file: string; recordBytes: number }
}

export async function inFolder<T>(work: (bench: Bench) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-bench-'))
  const secret = `whsec_${randomBytes(24).toString('base64')}`
  let files = 0
  const requests = (count: number, bodyBytes?: number) => {
    const file = join(folder, `requests-${files++}`)
    const recordBytes = writeSignedRequests(file, { count, path: PATH, secret, bodyBytes })
    return { file, recordBytes }
  }
  try {
    return await work({ folder, secret, requests })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

export interface Running {
  url: string
  pid: number
  client: ApiClient
  stop(): Promise<void>
}

const launcher = join(import.meta.dirname, '..', '..', 'cli', 'launcher.cjs')

/**
 * An engine on a data directory, with the endpoint of the signed requests: the built
 * `countersign listen`; with `undoMs` from its sources, since no option of the program says that.
 */
export async function startEngine(
  dataDir: string,
  secret: string,
  { cores = '0', undoMs }: { cores?: string; undoMs?: number } = {},
): Promise<Running> {
  const args =
    undoMs === undefined
      ? [launcher, 'listen', '--port', '0', '--no-ui', '--data-dir', dataDir]
      : [join(import.meta.dirname, 'engine.ts'), dataDir, String(undoMs)]
  const { child, url } = await startPinned(args, { cores })
  const connection = await connectControlSocket(dataDir)
  if (!connection) throw new Error('The engine of the bench does not answer.')
  const { client } = connection
  const endpoints = await client.endpoints.list()
  if (!endpoints.some(({ path }) => path === PATH)) {
    const secrets = [{ text: secret }]
    await client.endpoints.create({ name: 'bench', path: PATH, schemeId: 'svix', secrets })
  }
  return {
    url: url + PATH,
    pid: child.pid ?? 0,
    client,
    async stop() {
      connection.close()
      await stop(child)
    },
  }
}

/** A copy of the kept database with so many deliveries, so that it stays as it is. */
export async function filledFolder(count: number, folder: string): Promise<string> {
  const from = await benchDatabase(count)
  const to = join(folder, `filled-${count}`)
  cpSync(from, to, { recursive: true })
  return to
}

/** Load, and what it cost the process that answered, in microseconds of its processor a request. */
export interface Costed {
  rate: number
  micros: number
  p99: number
}

export function costed(pid: number, run: () => Load): Costed {
  const before = processorMicros(pid)
  const result = run()
  const micros = (processorMicros(pid) - before) / Math.max(1, result.requests)
  if (result.not2xx > 0 || result.broken > 0) {
    throw new Error(`${result.not2xx} answers were not 2xx, ${result.broken} connections broke.`)
  }
  return { rate: rate(result), micros, p99: result.p99 / 1000 }
}

export function loadFor(
  url: string,
  seconds: number,
  { file, recordBytes }: { file: string; recordBytes: number },
  connections?: number,
): Load {
  return load(url, seconds, file, recordBytes, connections)
}

/** Linux, ticks of 10 ms (man 5 proc: utime, stime). */
function processorMicros(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) * 10_000
}

/** Megabytes that are resident now, and the most since the start or `forgetPeak`. */
export function memoryOf(pid: number): { now: number; peak: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const kilobytes = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1])
  return { now: kilobytes('VmRSS') / 1024, peak: kilobytes('VmHWM') / 1024 }
}
