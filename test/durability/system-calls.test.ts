import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { spawnListener } from './spawned-listener.ts'
import { missingSteps, parseTrace, smallSteps, spooledSteps } from './system-calls.ts'

const TRACED =
  'trace=fsync,fdatasync,rename,renameat,renameat2,write,writev,pwrite64,pwritev,sendto,sendmsg'

function straceIsHere(): boolean {
  if (process.platform !== 'linux') return false
  if (spawnSync('strace', ['-e', 'trace=none', 'true']).status === 0) return true
  if (process.getuid?.() !== 0) return false
  spawnSync('apt-get', ['update', '-qq'])
  spawnSync('apt-get', ['install', '-y', '-qq', 'strace'])
  return spawnSync('strace', ['-e', 'trace=none', 'true']).status === 0
}

const here = straceIsHere()
if (!here) console.warn('strace is not on this machine: the order of system calls is not tested.')

describe.runIf(here)('the order of system calls before an answer', () => {
  let dataDir = ''
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'countersign-strace-'))
  })
  afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

  /** Posts one body to a listener under strace; returns the calls since the request came in. */
  async function traced(body: Buffer<ArrayBuffer>, nodeArguments: string[] = []) {
    const log = join(dataDir, 'strace.log')
    const wrapper = ['strace', '-f', '-y', '-s', '64', '-e', TRACED, '-o', log]
    const listener = await spawnListener(join(dataDir, 'data'), { wrapper, nodeArguments })
    const started = readFileSync(log, 'utf8').length
    const answer = await fetch(`${listener.url}/traced`, { method: 'POST', body })
    expect(answer.status).toBe(200)
    await listener.kill('SIGTERM')
    return parseTrace(readFileSync(log, 'utf8').slice(started))
  }

  it('syncs the WAL before it answers a small delivery', async () => {
    expect(missingSteps(await traced(randomBytes(1024)), smallSteps)).toEqual([])
  }, 60_000)

  it('syncs file, folder and WAL in that order before it answers a spooled delivery', async () => {
    expect(missingSteps(await traced(randomBytes(2 * 1024 * 1024)), spooledSteps)).toEqual([])
  }, 60_000)

  it('notices when synchronous is turned off', async () => {
    const off = ['--require', join(import.meta.dirname, 'synchronous-off.cjs')]
    const missing = missingSteps(await traced(randomBytes(1024), off), smallSteps)
    expect(missing).toContain('fsync of the WAL')
  }, 60_000)
})
