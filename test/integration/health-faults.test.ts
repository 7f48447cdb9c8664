import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { connectControlSocket } from '#engine/rpc/control-client.ts'
import { makeDelivery } from '#engine/store/new-delivery.fixture.ts'
import { openStore } from '#engine/store/open-store.ts'
import { startListening } from './cli-process.ts'
import { openEngine, post, temporaryDataDir, until } from './opened-engine.ts'

const FILE = 'countersign.sqlite'
const isRoot = process.platform === 'linux' && process.getuid?.() === 0

let dataDir: string
beforeEach(() => {
  dataDir = temporaryDataDir()
})
afterEach(() => fs.rmSync(dataDir, { recursive: true, force: true }))

/** Strace has to be allowed to take hold of a process that runs. */
function canTrace(): boolean {
  if (process.platform !== 'linux') return false
  return spawnSync('strace', ['-e', 'trace=none', 'true']).status === 0
}

/** From now on, until it is released, every fsync of the process fails with EIO. */
async function failSyncs(pid: number, log: string): Promise<{ release(): Promise<void> }> {
  const calls = 'fsync,fdatasync'
  const inject = ['-e', `trace=${calls}`, '-e', `inject=${calls}:error=EIO`]
  const tracer: ChildProcess = spawn('strace', ['-f', '-o', log, ...inject, '-p', String(pid)], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  tracer.stderr?.on('data', (text) => (said += String(text)))
  await until(() => /attached/.test(said) || tracer.exitCode !== null, 'strace is attached')
  if (tracer.exitCode !== null) throw new Error(`strace did not attach: ${said}`)
  return {
    async release() {
      const ended = once(tracer, 'exit')
      tracer.kill('SIGINT')
      await ended
    },
  }
}

describe.skipIf(!canTrace())('a disk whose fsync fails (skipped without strace)', () => {
  it('answers 503, says so, goes on by itself, and keeps all that it answered', async () => {
    const listener = await startListening(dataDir)
    const control = await connectControlSocket(dataDir)
    const pid = listener.child.pid ?? 0
    const log = path.join(dataDir, 'strace.log')
    const answered: string[] = []
    const send = async (name: string, bytes: string | Buffer = name) => {
      const { status } = await post(`${listener.url}/${name}`, bytes)
      if (status === 200) answered.push(`/${name}`)
      return status
    }
    try {
      for (const name of ['one', 'two', 'three']) expect(await send(name)).toBe(200)
      const failing = await failSyncs(pid, log)
      expect(await send('refused')).toBe(503)
      expect(await send('refused-large', Buffer.alloc(1_200_000, 'x'))).toBe(503)
      const problems = (await control?.client.status.get())?.problems ?? []
      expect(problems.map(({ sentence }) => sentence).join(' ')).toMatch(/disk reported an error/)
      await failing.release()
      expect(fs.readFileSync(log, 'utf8')).toContain('(INJECTED)')
      await until(async () => (await send('after')) === 200, 'it goes on')
      expect(await send('after-large', Buffer.alloc(1_200_000, 'y'))).toBe(200)
      await until(
        async () => ((await control?.client.status.get())?.problems ?? []).length === 0,
        'the problems are over',
      )
    } finally {
      control?.close()
      await listener.stop('SIGKILL')
    }
    const db = new Database(path.join(dataDir, FILE))
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
    const stored = db.prepare<[], string>('SELECT target FROM deliveries').pluck().all()
    expect(stored).toEqual(expect.arrayContaining(answered))
    db.close()
  }, 60_000)
})

function canFreeze(): boolean {
  if (!isRoot) return false
  const folder = temporaryDataDir()
  const frozen = spawnSync('chattr', ['+i', folder]).status === 0
  if (frozen) execFileSync('chattr', ['-i', folder])
  fs.rmSync(folder, { recursive: true })
  return frozen
}

describe.skipIf(!canFreeze())('a folder that nobody may write (skipped without chattr +i)', () => {
  it('answers 503 to what needs it, takes the rest, and goes on when it may again', async () => {
    const { engine, client, url } = await openEngine(dataDir)
    const bodies = path.join(dataDir, 'bodies')
    const large = Buffer.alloc(1_200_000, 'z')
    try {
      execFileSync('chattr', ['+i', bodies])
      expect((await post(`${url}/large`, large)).status).toBe(503)
      expect((await post(`${url}/small`, 'small')).status).toBe(200)
      const [problem] = (await client.status.get()).problems
      expect(problem).toMatchObject({ code: 'body-not-stored' })
      execFileSync('chattr', ['-i', bodies])
      expect((await post(`${url}/large`, large)).status).toBe(200)
      expect((await client.status.get()).problems).toEqual([])
    } finally {
      spawnSync('chattr', ['-i', bodies])
      await engine.close()
    }
  })
})

function canMount(): boolean {
  if (!isRoot) return false
  const folder = temporaryDataDir()
  const mounted = spawnSync('mount', ['-t', 'tmpfs', 'tmpfs', folder]).status === 0
  if (mounted) execFileSync('umount', [folder])
  fs.rmSync(folder, { recursive: true })
  return mounted
}

function fillUp(leave: number): void {
  const { bavail, bsize } = fs.statfsSync(dataDir)
  fs.writeFileSync(path.join(dataDir, 'filler'), Buffer.alloc(bavail * bsize - leave))
}

describe.skipIf(!canMount())('a small disk (skipped unless tmpfs can be mounted)', () => {
  beforeEach(() => {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', dataDir])
  })
  afterEach(() => {
    execFileSync('umount', [dataDir])
  })

  it('without room for the backup is refused in words, and nothing is changed', () => {
    const fixture = path.join(import.meta.dirname, 'health-fixtures', 'v6.sqlite.gz')
    const file = path.join(dataDir, FILE)
    fs.writeFileSync(file, gunzipSync(fs.readFileSync(fixture)))
    fillUp(100_000)
    const before = fs.readFileSync(file)
    expect(() => openStore(dataDir)).toThrow(/backed up before it is changed: .* are needed/)
    expect(fs.readFileSync(file)).toEqual(before)
    fs.rmSync(path.join(dataDir, 'filler'))
    openStore(dataDir).close()
    expect(fs.readdirSync(path.join(dataDir, 'backups'))).toHaveLength(1)
  })

  it('without room for what is salvaged waits for it, and then goes on', () => {
    const store = openStore(dataDir)
    store.commit([makeDelivery(), makeDelivery()])
    store.close()
    const file = path.join(dataDir, FILE)
    const fd = fs.openSync(file, 'r+')
    fs.writeSync(fd, Buffer.alloc(4096, 0xa5), 0, 4096, 0)
    fs.closeSync(fd)
    fs.writeFileSync(path.join(dataDir, 'data.key'), 'key')
    fillUp(150_000)
    const refused = /was set aside.*are needed on its disk/
    expect(() => openStore(dataDir)).toThrow(refused)
    expect(() => openStore(dataDir)).toThrow(refused)
    expect(fs.readdirSync(path.join(dataDir, 'set-aside'))).toHaveLength(1)
    fs.rmSync(path.join(dataDir, 'filler'))
    const again = openStore(dataDir)
    expect(again.commit([makeDelivery()])[0]?.id).toBe(3)
    again.close()
  })
})
