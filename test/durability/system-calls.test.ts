import { randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ApiClient } from '#contract/client.ts'
import { until } from '#test/integration/opened-engine.ts'
import { forwardingTo, startApp } from '#test/torture/app.ts'
import { seeded } from '#test/torture/chance.ts'
import { openTarget } from '#test/torture/target.ts'
import { straceIsHere } from './strace-is-here.ts'
import {
  bodyRemovals,
  forwardedSteps,
  logRestarts,
  missingSteps,
  parseTrace,
  smallSteps,
  spooledSteps,
} from './system-calls.ts'

const TRACED =
  'trace=fsync,fdatasync,rename,renameat,renameat2,write,writev,pwrite64,pwritev,sendto,sendmsg,ftruncate,unlink,unlinkat'
const OFF = ['--require', join(import.meta.dirname, 'synchronous-off.cjs')]

const here = straceIsHere()
if (!here) console.warn('strace is not on this machine: the order of system calls is not tested.')

async function post(url: string, body: Buffer<ArrayBuffer>): Promise<void> {
  const answer = await fetch(`${url}/traced`, { method: 'POST', body })
  expect(answer.status).toBe(200)
}

describe.runIf(here)('the order of system calls before an answer', () => {
  let dataDir = ''
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'countersign-strace-'))
  })
  afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

  /** Drives a listener under strace; returns the calls since it listened, to its very end. */
  async function tracing(
    drive: (url: string, client: ApiClient) => Promise<void>,
    nodeArguments: string[] = [],
  ) {
    const log = join(dataDir, 'strace.log')
    const wrapper = ['strace', '-f', '-y', '-s', '64', '-e', TRACED, '-o', log]
    const app = await startApp(join(dataDir, 'data'), { wrapper, nodeArguments })
    const started = readFileSync(log, 'utf8').length
    await drive(app.url, app.client)
    await app.kill('SIGTERM')
    return parseTrace(readFileSync(log, 'utf8').slice(started))
  }
  const traced = (body: Buffer<ArrayBuffer>, nodeArguments: string[] = []) =>
    tracing((url) => post(url, body), nodeArguments)

  /** A spooled body that retention takes, and a checkpoint, an emptied log and a new one with it. */
  const retaining = async (url: string, client: ApiClient) => {
    await post(url, randomBytes(2 * 1024 * 1024))
    await post(url, randomBytes(1024))
    await client.settings.update({ retention: { maxCount: 1 } })
    const left = async () => (await client.deliveries.list({ limit: 10 })).rows.length
    await until(async () => (await left()) === 1, 'the older one is gone')
    await until(
      () => readdirSync(join(dataDir, 'data', 'bodies')).length === 0,
      'its body is gone with it',
    )
    await post(url, randomBytes(1024))
  }

  it('syncs the WAL before it answers a small delivery', async () => {
    expect(missingSteps(await traced(randomBytes(1024)), smallSteps)).toEqual([])
  }, 60_000)

  it('syncs file, folder and WAL in that order before it answers a spooled delivery', async () => {
    expect(missingSteps(await traced(randomBytes(2 * 1024 * 1024)), spooledSteps)).toEqual([])
  }, 60_000)

  it('notices when synchronous is turned off', async () => {
    const missing = missingSteps(await traced(randomBytes(1024), OFF), smallSteps)
    expect(missing).toContain('fsync of the WAL')
  }, 60_000)

  it('syncs what the target said before it passes it on', async () => {
    const target = await openTarget(seeded(1))
    target.calm()
    try {
      const calls = await tracing(async (url, client) => {
        const forwarding = forwardingTo(target.url, 'before-answer')
        const hook = { name: 'traced', path: '/traced', schemeId: null, forwarding }
        await client.endpoints.create(hook)
        await post(url, randomBytes(1024))
      })
      expect(missingSteps(calls, forwardedSteps)).toEqual([])
      expect(target.received).toHaveLength(1)
    } finally {
      await target.close()
    }
  }, 60_000)

  it('syncs a deletion before its body goes, and the database before the log begins anew', async () => {
    const calls = await tracing(retaining)
    expect(bodyRemovals(calls)).toEqual([{ isLogSynced: true }])
    const restarts = logRestarts(calls)
    expect(restarts.length).toBeGreaterThan(1)
    expect(restarts.filter(({ isDatabaseSynced }) => !isDatabaseSynced)).toEqual([])
  }, 60_000)

  it('notices bodies and logs that go too early', async () => {
    const calls = await tracing(retaining, OFF)
    expect(bodyRemovals(calls)).toEqual([{ isLogSynced: false }])
    expect(logRestarts(calls).some(({ isDatabaseSynced }) => !isDatabaseSynced)).toBe(true)
  }, 60_000)
})
