import http from 'node:http'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'
import { openEngine, temporaryDataDir } from './opened-engine.ts'

interface Times {
  id: number
  connected: number
  received: number
  completed: number
  committed: number
  answered: number
}

function storedTimes(dataDir: string): Times[] {
  const db = new Database(join(dataDir, 'countersign.sqlite'), { readonly: true })
  const rows = db
    .prepare<[], Times>(
      `SELECT deliveries.id, connected_at_ms AS connected, received_at_ms AS received,
         completed_at_ms AS completed, committed_at_ms AS committed, answered_at_ms AS answered
       FROM deliveries JOIN delivery_times ON delivery_id = deliveries.id ORDER BY deliveries.id`,
    )
    .all()
  db.close()
  return rows
}

/** A body that takes its time, over the agent's one connection. */
function postSlowly(url: string, agent: http.Agent, waitMs: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = http.request(url, { method: 'POST', agent }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode ?? 0))
    })
    request.on('error', reject)
    request.write('first')
    setTimeout(() => request.end('last'), waitMs)
  })
}

it('keeps when the connection opened, the commit ended and the answer went out', async () => {
  const dataDir = temporaryDataDir()
  const { engine, url } = await openEngine(dataDir)
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 })
  onTestFinished(async () => {
    agent.destroy()
    await engine.close()
    rmSync(dataDir, { recursive: true, force: true })
  })
  for (const waitMs of [0, 200]) expect(await postSlowly(url, agent, waitMs)).toBe(200)
  await expect.poll(() => storedTimes(dataDir)).toHaveLength(2)
  const [first, second] = storedTimes(dataDir)
  for (const each of [first, second]) {
    if (!each) throw new Error('There are two.')
    const inOrder = [each.connected, each.received, each.completed, each.committed, each.answered]
    expect(inOrder).toEqual(inOrder.toSorted((a, b) => a - b))
  }
  // The second came on the connection of the first, and its body took 200 ms, less what the head was seen late.
  expect(second?.connected).toBe(first?.connected)
  expect((second?.completed ?? 0) - (second?.received ?? 0)).toBeGreaterThan(100)
})

it('closing stores the times of what was answered last', async () => {
  const dataDir = temporaryDataDir()
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }))
  const { engine, url } = await openEngine(dataDir)
  const answer = await fetch(url, { method: 'POST', body: 'x' })
  expect(answer.status).toBe(200)
  await answer.arrayBuffer()
  await engine.close()
  expect(storedTimes(dataDir)).toHaveLength(1)
})
