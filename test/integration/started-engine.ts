import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRouterClient } from '@orpc/server'
import type { ApiClient } from '#contract/client.ts'
import { createEngine, type Engine } from '#engine/engine.ts'

export interface StartedEngine {
  engine: Engine
  client: ApiClient
  url: string
  dataDir: string
  restart(): Promise<void>
  /** Ends the engine and removes its data directory. */
  end(): Promise<void>
}

/** A real engine on a data directory and a port of its own. */
export async function startEngine(): Promise<StartedEngine> {
  const dataDir = mkdtempSync(join(tmpdir(), 'countersign-test-'))
  const open = async () => {
    const engine = await createEngine({
      dataDir,
      version: '0.0.0-test',
      listen: { host: '127.0.0.1', port: 0, portWasAskedFor: true },
      osKeyStorage: null,
    })
    const client: ApiClient = createRouterClient(engine.router, { context: {} })
    return { engine, client, url: engine.status().listening?.url ?? '' }
  }
  const started: StartedEngine = {
    ...(await open()),
    dataDir,
    async restart() {
      await started.engine.close()
      Object.assign(started, await open())
    },
    async end() {
      await started.engine.close()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
  return started
}

/** Resolves when nothing is left to judge anew. */
export async function judged(client: ApiClient): Promise<void> {
  for (;;) {
    const { judging } = await client.status.get()
    if (judging === null) return
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
