import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { startPinned } from './pinned.ts'

const root = join(import.meta.dirname, '..')
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
