import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { writeSignedRequests } from './signed-requests.ts'

const root = join(import.meta.dirname, '..')
const ROUNDS = 3
const SECONDS = 8
const WARM_UP_SECONDS = 2
const CONNECTIONS = 32
const REQUESTS = 150_000
const PATH = '/bench'

interface Load {
  requests: number
  microseconds: number
  not2xx: number
  broken: number
  p50: number
  p99: number
}

async function startPinned(args: string[], env: Record<string, string> = {}) {
  const child = spawn('taskset', ['-c', '0', process.execPath, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  })
  const lines = createInterface({ input: child.stdout })
  const first = await new Promise<string>((resolve, reject) => {
    lines.once('line', resolve)
    child.once('exit', (code) => reject(new Error(`A server of the bench ended with ${code}.`)))
  })
  lines.on('line', () => undefined)
  const url = /http:\/\/\S+/.exec(first)?.[0]
  if (!url) throw new Error(`A server of the bench said “${first}”.`)
  return { child, url }
}

async function stop(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await ended
}

function load(url: string, seconds: number, file: string, recordBytes: number): Load {
  const script = join(import.meta.dirname, 'wrk-requests.lua')
  const out = execFileSync(
    'taskset',
    [
      ...['-c', '1', 'wrk', '-t1', `-c${CONNECTIONS}`, `-d${seconds}s`],
      ...['-s', script, url, '--', file, String(recordBytes)],
    ],
    { encoding: 'utf8' },
  )
  const result = /^RESULT (.*)$/m.exec(out)?.[1]
  if (!result) throw new Error(`wrk said something else than a result:\n${out}`)
  return JSON.parse(result) as Load
}

const rate = ({ requests, microseconds }: Load) => requests / (microseconds / 1e6)
const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN

async function listen(dataDir: string, secret: string) {
  const launcher = join(root, 'cli/launcher.cjs')
  execFileSync(
    process.execPath,
    [
      ...[launcher, 'endpoints', 'add', 'bench', '--path', PATH, '--scheme', 'svix'],
      ...['--secret-env', 'BENCH_SECRET', '--data-dir', dataDir],
    ],
    { env: { ...process.env, BENCH_SECRET: secret }, stdio: 'ignore' },
  )
  return startPinned([...[launcher, 'listen', '--port', '0', '--no-ui', '--data-dir', dataDir]])
}

function report(name: string, loads: Load[]): number {
  const rates = loads.map(rate)
  const middle = median([...rates])
  const spread = rates.map((one) => Math.round(one)).join(', ')
  const p99 = median(loads.map((one) => one.p99)) / 1000
  console.log(`${name}: ${Math.round(middle)}/s (${spread}), p99 ${p99.toFixed(1)} ms`)
  for (const { not2xx, broken } of loads) {
    if (not2xx > 0 || broken > 0) {
      throw new Error(`${name}: ${not2xx} answers were not 2xx, ${broken} connections broke.`)
    }
  }
  return middle
}

/**
 * Capture with every request validly signed, verified, and answered after its commit, against a
 * bare node:http server on the same core under the same load: 1 KiB bodies, 32 connections.
 */
export async function benchCapture(): Promise<void> {
  const work = mkdtempSync(join(tmpdir(), 'countersign-bench-'))
  const secret = `whsec_${randomBytes(24).toString('base64')}`
  const file = join(work, 'requests')
  const recordBytes = writeSignedRequests(file, { count: REQUESTS, path: PATH, secret })
  const bare: Load[] = []
  const ours: Load[] = []
  try {
    for (let round = 0; round < ROUNDS; round++) {
      const reference = await startPinned([join(import.meta.dirname, 'bare-server.ts')])
      load(reference.url, WARM_UP_SECONDS, file, recordBytes)
      bare.push(load(reference.url, SECONDS, file, recordBytes))
      await stop(reference.child)

      const engine = await listen(join(work, `data-${round}`), secret)
      load(engine.url, WARM_UP_SECONDS, file, recordBytes)
      ours.push(load(engine.url, SECONDS, file, recordBytes))
      await stop(engine.child)
    }
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
  const reference = report('bare node:http', bare)
  const captured = report('countersign listen', ours)
  console.log(`ratio: ${(captured / reference).toFixed(3)}`)
}
