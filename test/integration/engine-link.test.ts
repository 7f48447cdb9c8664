/** What the desktop shell asks of a running engine: its state, and whether anything arrives. */
import { rmSync } from 'node:fs'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Status } from '#contract/status.ts'
import { EngineLink } from '#electron/engine-link.ts'
import { openEngine, post, temporaryDataDir, type OpenedEngine } from './opened-engine.ts'

let dataDir: string
let app: OpenedEngine
let told: (Status | null)[]
let nowMs: number
let link: EngineLink
beforeEach(async () => {
  dataDir = temporaryDataDir()
  app = await openEngine(dataDir)
  told = []
  nowMs = 0
  link = new EngineLink({
    dataDir,
    onStatus: (status) => told.push(status),
    log: () => undefined,
    nowMs: () => nowMs,
  })
})
afterEach(async () => {
  link.close()
  await app.engine.close()
  rmSync(dataDir, { recursive: true })
})

it('tells of the listener as it changes, and of an engine that went', async () => {
  const ended = link.connect()
  await expect.poll(() => told.at(-1)?.listening?.url).toBe(app.url)
  await link.client?.listener.pause({})
  await expect.poll(() => told.at(-1)?.paused).toBe(true)
  await link.client?.listener.resume({})
  await expect.poll(() => told.at(-1)?.listening?.url).toBe(app.url)
  await app.engine.close()
  await ended
  expect(told.at(-1)).toBeNull()
  expect(link.client).toBeNull()
  app = await openEngine(dataDir)
  const again = link.connect()
  await expect.poll(() => told.at(-1)?.paused).toBe(false)
  link.close()
  await again
})

it('is not quiet for a minute after a delivery', async () => {
  void link.connect()
  await expect.poll(() => link.status !== null).toBe(true)
  expect(link.isQuiet()).toBe(true)
  await post(`${app.url}/x`, '1')
  await expect.poll(() => link.isQuiet()).toBe(false)
  nowMs = 59_000
  expect(link.isQuiet()).toBe(false)
  nowMs = 61_000
  expect(link.isQuiet()).toBe(true)
})

it('is not quiet while something is imported', async () => {
  void link.connect()
  await expect.poll(() => link.status !== null).toBe(true)
  const { id } = await app.client.transfers.beginImport({ name: 'x.ndjson' })
  await expect.poll(() => link.isQuiet()).toBe(false)
  await app.client.transfers.cancel({ id })
  await expect.poll(() => link.isQuiet()).toBe(true)
})
