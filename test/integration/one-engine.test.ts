import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { isDefinedError, safe } from '@orpc/client'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { EngineStartError } from '#engine/options.ts'
import { connectControlSocket } from '#engine/rpc/control-client.ts'
import { builtOr } from '#test/built/folder.ts'
import { openEngine, post, temporaryDataDir } from './opened-engine.ts'

const ENGINE = builtOr(join(import.meta.dirname, 'engine-process.ts'), 'engine-process.cjs')

let dataDir: string
const children: ChildProcess[] = []
const closers: (() => Promise<void>)[] = []
beforeEach(() => {
  dataDir = temporaryDataDir()
})
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  for (const close of closers.splice(0).reverse()) await close()
  rmSync(dataDir, { recursive: true, force: true })
})

/** An engine in a process of its own, and the first line that it says. */
async function spawnEngine(): Promise<{ child: ChildProcess; said: string }> {
  const child = spawn(process.execPath, [ENGINE, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] })
  children.push(child)
  const [said] = await once(createInterface({ input: child.stdout }), 'line')
  return { child, said: String(said) }
}
async function killed(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}
const opened = async (dir = dataDir) => {
  const app = await openEngine(dir)
  closers.push(() => app.engine.close())
  return app
}
const refused = async (dir = dataDir) => {
  const error = await openEngine(dir).catch((reason: unknown) => reason)
  return error instanceof EngineStartError ? error : null
}

describe('one engine per data directory', () => {
  it('the second is refused in words, under any name of the directory, and harms nothing', async () => {
    const app = await opened()
    const alias = `${dataDir}-alias`
    symlinkSync(dataDir, alias)
    closers.push(async () => rmSync(alias))
    for (const dir of [dataDir, alias, `${dataDir}/.`]) {
      const error = await refused(dir)
      expect(error?.code).toBe('already-running')
      expect(error?.message).toContain('--data-dir')
    }
    expect((await spawnEngine()).said).toBe('already-running')
    expect((await post(`${app.url}/x`, 'still here')).status).toBe(200)
    await app.engine.close()
    const next = await opened()
    expect((await next.client.deliveries.list({})).rows).toHaveLength(1)
  })

  it('of ten that start at once exactly one does', async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => openEngine(dataDir)))
    const started = outcomes.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    closers.push(async () => {
      for (const { engine } of started) await engine.close()
    })
    expect(started).toHaveLength(1)
    const codes = outcomes.flatMap((one) =>
      one.status === 'rejected' && one.reason instanceof EngineStartError ? [one.reason.code] : [],
    )
    expect(new Set(codes)).toEqual(new Set(['already-running']))
    expect(codes).toHaveLength(9)
  })

  it('what was killed leaves a stale link behind, and the next start works', async () => {
    for (const round of [1, 2]) {
      const { child, said } = await spawnEngine()
      expect((await post(`${said}/kept`, `round ${round}`)).status).toBe(200)
      await killed(child)
      expect(await connectControlSocket(dataDir)).toBeNull()
    }
    const app = await opened()
    expect((await app.client.deliveries.list({})).rows).toHaveLength(2)
    expect((await post(`${app.url}/kept`, 'round 3')).status).toBe(200)
    const row = (await app.client.deliveries.list({})).rows[0]
    expect(row?.id).toBe(3)
  })
})

describe('a client on the control socket', () => {
  it('sees what happens, changes things, and hears the end', async () => {
    const { child, said: url } = await spawnEngine()
    const connection = await connectControlSocket(dataDir)
    if (!connection) throw new Error('Nothing answers on the control socket.')
    const { client } = connection
    expect((await client.status.get()).pid).toBe(child.pid)
    const changes = await client.status.changes()
    const start = await changes.next()
    const fromSeq = start.done ? -1 : start.value.toSeq
    await post(`${url}/bytes`, new Uint8Array([0, 255, 10]))
    const change = (await changes.next()).value
    expect(change).toMatchObject({ fromSeq, arrived: 1, newestDeliveryId: 1 })
    const body = await client.deliveries.body({ id: 1 })
    expect([...new Uint8Array(await body.arrayBuffer())]).toEqual([0, 255, 10])
    await client.endpoints.create({ name: 'n', path: '/bytes', schemeId: 'svix' })
    // The times of the answer may be told in an event of their own before that.
    await expect.poll(async () => (await changes.next()).value).toMatchObject({ endpoints: true })
    const twice = await safe(client.endpoints.create({ name: 'n', path: '/m', schemeId: null }))
    expect(isDefinedError(twice.error) && twice.error.code).toBe('CONFLICT')

    await killed(child)
    await connection.closed
    expect((await safe(client.status.get())).error).not.toBeNull()
    const ended = await safe(changes.next())
    expect(ended.error !== null || ended.data?.done === true).toBe(true)
  })

  it('that goes away in the middle of a call or a subscription disturbs nobody', async () => {
    const app = await opened()
    for (let round = 0; round < 20; round++) {
      const connection = await connectControlSocket(dataDir)
      if (!connection) throw new Error('Nothing answers on the control socket.')
      const pending = safe(connection.client.deliveries.list({}))
      const changes = safe(connection.client.status.changes())
      connection.close()
      await Promise.all([pending, changes, connection.closed])
    }
    expect((await post(`${app.url}/x`, 'fine')).status).toBe(200)
    expect((await app.client.deliveries.list({})).rows).toHaveLength(1)
  })
})
