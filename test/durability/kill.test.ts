import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openReader } from '#engine/store/open-reader.ts'
import { spawnListener } from './spawned-listener.ts'

const ROUNDS = 20
const CONNECTIONS = 32
/** Every so many requests one goes through the spool. */
const LARGE_EVERY = 40
const LARGE_BYTES = 1_200_000

/** Posts one body; resolves with whether it was answered 2xx. */
function post(url: string, agent: Agent, name: string, body: Buffer): Promise<boolean> {
  return new Promise((resolve) => {
    const outgoing = request(
      `${url}/kill/${name}`,
      { method: 'POST', agent, headers: { 'content-length': body.byteLength } },
      (response) => {
        const { statusCode = 0 } = response
        response.resume()
        resolve(statusCode >= 200 && statusCode < 300)
      },
    )
    outgoing.on('error', () => resolve(false))
    outgoing.end(body)
  })
}

/** Sends until the listener is gone; returns name and digest of all that was answered 2xx. */
async function burst(url: string, round: number, stopped: () => boolean) {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })
  const answered = new Map<string, string>()
  let sent = 0
  const sender = async () => {
    while (!stopped()) {
      const number = ++sent
      const body = randomBytes(number % LARGE_EVERY === 0 ? LARGE_BYTES : 1024)
      const name = `${round}-${number}`
      if (await post(url, agent, name, body)) {
        answered.set(`/kill/${name}`, createHash('sha256').update(body).digest('hex'))
      } else if (!stopped()) await sleep(5)
    }
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, sender))
  agent.destroy()
  return answered
}

function storedDigests(dataDir: string): Map<string, string[]> {
  const reader = openReader(dataDir)
  const digests = new Map<string, string[]>()
  let after: { id: number; value: null } | undefined
  for (;;) {
    const { rows, hasMore } = reader.list({ after, limit: 500 })
    for (const row of rows) {
      const bytes = reader.body(row.id, 0, row.bodyByteLength)
      const digest = createHash('sha256')
        .update(bytes ?? 'missing')
        .digest('hex')
      digests.set(row.target, [...(digests.get(row.target) ?? []), digest])
      after = { id: row.id, value: null }
    }
    if (!hasMore) break
  }
  reader.close()
  return digests
}

describe('kill -9 during a burst', () => {
  let dataDir = ''
  beforeAll(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'countersign-kill-'))
  })
  afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

  it(`keeps every answered delivery, once and whole, over ${ROUNDS} rounds`, async () => {
    const promised = new Map<string, string>()
    for (let round = 0; round < ROUNDS; round++) {
      const listener = await spawnListener(dataDir)
      let killed = false
      const sending = burst(listener.url, round, () => killed)
      await sleep(100 + Math.random() * 300)
      await listener.kill('SIGKILL')
      killed = true
      const answered = await sending
      expect(answered.size, `round ${round} answered something`).toBeGreaterThan(0)
      for (const [name, digest] of answered) promised.set(name, digest)
    }
    const stored = storedDigests(dataDir)
    const broken = [...promised].filter(([name, digest]) => {
      const found = stored.get(name)
      return found?.length !== 1 || found[0] !== digest
    })
    expect(broken).toEqual([])
  }, 240_000)
})
