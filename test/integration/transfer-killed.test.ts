import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import type { ApiClient } from '#contract/client.ts'
import { connectControlSocket } from '#engine/rpc/control-client.ts'
import { builtOr } from '#test/built/folder.ts'
import { ndjsonPieces } from './ndjson-file.ts'
import { openEngine, temporaryDataDir } from './opened-engine.ts'

const MANY = 600
const LARGE_EVERY = 100
const dataDir = temporaryDataDir()
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

const file = {
  deliveries: MANY,
  bodyBytes: (index: number) => (index % LARGE_EVERY === 0 ? 1_500_000 : 2_000),
  firstAtMs: Date.now() - 400 * 86_400_000,
}

async function importAll(client: ApiClient, until: (added: number) => boolean) {
  const { id } = await client.transfers.beginImport({ name: 'made.ndjson', byteLength: null })
  let offset = 0
  for (const bytes of ndjsonPieces(file, 200_000)) {
    for (let at = 0; at < bytes.byteLength; at += 1024 * 1024) {
      const piece = new Blob([new Uint8Array(bytes.subarray(at, at + 1024 * 1024))])
      const { added } = await client.transfers.write({ id, offset, piece })
      offset += piece.size
      if (until(added)) return null
    }
  }
  return client.transfers.finish({ id })
}

/** Runs an engine as a process, imports until so many are stored, and kills it while it goes on. */
async function killAfter(many: number): Promise<void> {
  const engine = spawn(process.execPath, [
    builtOr(join(import.meta.dirname, 'engine-process.ts'), 'engine-process.cjs'),
    dataDir,
  ])
  const ended = once(engine, 'exit')
  await once(engine.stdout, 'data')
  const control = await connectControlSocket(dataDir)
  if (!control) throw new Error('The engine does not answer.')
  try {
    await importAll(control.client, (added) => added >= many)
  } finally {
    engine.kill('SIGKILL')
    await ended
    control.close()
  }
}

it('an import that is killed and done again is complete, without doubles or files left behind', async () => {
  await killAfter(150)
  await killAfter(1)
  const { engine, client } = await openEngine(dataDir)
  try {
    const before = await client.deliveries.count({ filter: {} })
    expect(before.count).toBeGreaterThanOrEqual(150)
    expect(before.count).toBeLessThan(MANY)
    const done = await importAll(client, () => false)
    expect(done).toMatchObject({ state: 'done', problem: null, warnings: [] })
    expect(done?.alreadyHere).toBe(before.count)
    expect(done?.added).toBe(MANY - before.count)
    expect((await client.deliveries.count({ filter: {} })).count).toBe(MANY)
    expect(readdirSync(join(dataDir, 'bodies'))).toHaveLength(MANY / LARGE_EVERY)
    expect(readdirSync(join(dataDir, 'transfers'))).toEqual([])
  } finally {
    await engine.close()
  }
}, 60_000)
