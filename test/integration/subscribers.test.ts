import { rmSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ApiClient } from '#contract/client.ts'
import type { Change } from '#contract/status.ts'
import { createChangeFeed } from '#engine/rpc/changes.ts'
import { connectControlSocket, type ControlConnection } from '#engine/rpc/control-client.ts'
import { heldMemory } from './held-memory.ts'
import { openEngine, type OpenedEngine, post, temporaryDataDir } from './opened-engine.ts'

const dataDir = temporaryDataDir()
let app: OpenedEngine
const connections: ControlConnection[] = []
beforeAll(async () => {
  app = await openEngine(dataDir)
})
afterAll(async () => {
  for (const connection of connections) connection.close()
  await app.engine.close()
  rmSync(dataDir, { recursive: true, force: true })
})

async function attach(): Promise<ApiClient> {
  const connection = await connectControlSocket(dataDir)
  if (!connection) throw new Error('Nothing answers on the control socket.')
  connections.push(connection)
  return connection.client
}

interface Heard {
  events: Change[]
  atMs: number[]
}

/** Reads changes, thinking `slowMs` about each, until `total` deliveries were told of. */
async function listen(client: ApiClient, slowMs: number, total: number, ready: () => void) {
  const heard: Heard = { events: [], atMs: [] }
  const changes = await client.status.changes()
  let arrived = 0
  for await (const change of changes) {
    heard.events.push(change)
    heard.atMs.push(performance.now())
    arrived += change.arrived
    if (heard.events.length === 1) ready()
    if (arrived >= total) break
    if (slowMs > 0) await setTimeout(slowMs)
  }
  return heard
}

/** The most events that came within any one second. */
function mostInOneSecond({ atMs }: Heard): number {
  return Math.max(...atMs.map((from) => atMs.filter((at) => at >= from && at < from + 1000).length))
}

describe('forty subscribers', () => {
  it('hear of everything, coalesced, without a gap, however slow they are', async () => {
    const total = 240
    const remote = await attach()
    let ready = 0
    const paces = Array.from({ length: 40 }, (_, index) => [0, 5, 150, 400][index % 4] ?? 0)
    const listening = paces.map((slowMs, index) =>
      listen(index % 8 === 0 ? remote : app.client, slowMs, total, () => ready++),
    )
    while (ready < paces.length) await setTimeout(5)
    for (let sent = 0; sent < total; sent += 4) {
      const four = [0, 1, 2, 3].map((n) => post(`${app.url}/n`, String(sent + n)))
      await Promise.all([...four, setTimeout(20)])
    }
    for (const [index, heard] of (await Promise.all(listening)).entries()) {
      const { events } = heard
      const gaps = events.filter((event, at) => at > 0 && event.fromSeq !== events[at - 1]?.toSeq)
      expect(gaps).toEqual([])
      expect(events.reduce((sum, { arrived }) => sum + arrived, 0)).toBe(total)
      expect(events.at(-1)?.newestDeliveryId).toBe(total)
      expect(mostInOneSecond(heard)).toBeLessThanOrEqual(paces[index] === 400 ? 4 : 12)
      expect(events.length).toBeGreaterThan(2)
    }
  })

  it('of another engine that go away do not slow down or disturb those who stay', async () => {
    const staying = await app.client.status.changes()
    await staying.next()
    for (let round = 0; round < 10; round++) {
      const connection = await connectControlSocket(dataDir)
      if (!connection) throw new Error('Nothing answers on the control socket.')
      const going = await connection.client.status.changes()
      await going.next()
      connection.close()
      await connection.closed
    }
    await post(`${app.url}/n`, 'one more')
    expect((await staying.next()).value).toMatchObject({ arrived: 1 })
    await staying.return?.(undefined)
  })
})

describe('subscriptions that were aborted', () => {
  it('end, also when they are never read again, and nothing is kept for them', async () => {
    const feed = createChangeFeed()
    const abandon = async (count: number) => {
      for (let n = 0; n < count; n++) {
        const stop = new AbortController()
        await feed.subscribe(stop.signal).next()
        stop.abort()
      }
      await setTimeout(1)
    }
    await abandon(100)
    const before = heldMemory()
    await abandon(20_000)
    feed.publish({ status: true })
    expect(heldMemory() - before).toBeLessThan(2_000_000)
    feed.close()
  })

  it('end at once while they wait, and while they hold back', async () => {
    const feed = createChangeFeed()
    const stop = new AbortController()
    const changes = feed.subscribe(stop.signal)
    await changes.next()
    const waiting = changes.next()
    stop.abort()
    expect(await waiting).toEqual({ done: true, value: undefined })
    const early = new AbortController()
    early.abort()
    const none = feed.subscribe(early.signal)
    await none.next()
    feed.publish({ status: true })
    expect((await none.next()).done).toBe(true)
    const closed = feed.subscribe()
    await closed.next()
    const last = closed.next()
    feed.close()
    expect((await last).done).toBe(true)
  })
})
