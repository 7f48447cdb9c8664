import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { heldMemory } from '#test/integration/held-memory.ts'
import { waitFor } from '#test/integration/listener-rig.ts'
import { openEngine, type OpenedEngine, temporaryDataDir } from '#test/integration/opened-engine.ts'
import { honestSender } from './http/campaign.ts'

/** With each attack on, an honest sender comes so often. */
const HONEST = 12
/** The first provider to give up (GitHub) waits so long. */
const SLOWEST_MS = 10_000
/** A thousand senders: what all of them together may make the engine hold. */
const MOST_HELD = 256 * 1024 * 1024
const DESCRIPTORS = '/proc/self/fd'

let app: OpenedEngine
let attacker: ChildProcess
let port: number

async function tell(message: string): Promise<void> {
  const answered = once(attacker, 'message')
  attacker.send(message)
  await answered
}

beforeAll(async () => {
  app = await openEngine(temporaryDataDir())
  port = Number(new URL(app.url).port)
  attacker = fork(join(import.meta.dirname, 'flood-sender.ts'), [String(port)])
  await once(attacker, 'message')
  await honestSender(port)
})
afterAll(async () => {
  attacker.disconnect()
  await app.engine.close()
  rmSync(app.engine.dataDir, { recursive: true, force: true })
})

const descriptors = () => (existsSync(DESCRIPTORS) ? readdirSync(DESCRIPTORS).length : 0)

test.each([
  'silent connections',
  'heads that drip',
  'bodies that drip',
  'bodies that stop before their end',
  'bodies in chunks of one byte',
  'pipelined requests',
  'pipelined requests over a thousand connections',
  'heads of many headers, never whole',
  'resets',
  'connections that come and go',
  'half-closed connections',
  'lines of 1 MiB',
  'ten thousand headers',
  'connections beyond the limit',
])('%s: an honest sender is heard, memory is bounded, descriptors come back', async (attack) => {
  const before = { held: heldMemory(), descriptors: descriptors() }
  await tell(attack)
  const waits: number[] = []
  for (let n = 0; n < HONEST; n += 1) {
    waits.push(await honestSender(port))
    await delay(15)
  }
  expect(Math.max(...waits)).toBeLessThan(SLOWEST_MS)
  expect(heldMemory() - before.held).toBeLessThan(MOST_HELD)
  await tell('off')
  await waitFor(() => descriptors() <= before.descriptors + 24, 8000)
  const told = app.engine.status().problems.map(({ code }) => code)
  expect(told.filter((code) => code !== 'sender-cut-off')).toEqual([])
})
