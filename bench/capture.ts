import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Load, load, report, startPinned, stop } from './pinned.ts'
import { writeSignedRequests } from './signed-requests.ts'

const root = join(import.meta.dirname, '..')
const ROUNDS = 3
const SECONDS = 8
const WARM_UP_SECONDS = 2
const REQUESTS = 150_000
export const PATH = '/bench'

/** A listener with an endpoint of Svix; `more`: further options of `listen`. */
export async function listen(dataDir: string, secret: string, more: readonly string[] = []) {
  const launcher = join(root, 'cli/launcher.cjs')
  execFileSync(
    process.execPath,
    [
      ...[launcher, 'endpoints', 'add', 'bench', '--path', PATH, '--scheme', 'svix'],
      ...['--secret-env', 'BENCH_SECRET', '--data-dir', dataDir],
    ],
    { env: { ...process.env, BENCH_SECRET: secret }, stdio: 'ignore' },
  )
  return startPinned([
    ...[launcher, 'listen', '--port', '0', '--no-ui', '--data-dir', dataDir],
    ...more,
  ])
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
