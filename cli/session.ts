import { createRouterClient } from '@orpc/server'
import type { ApiClient } from '#contract/client.ts'
import { EngineStartError } from '#engine/options.ts'
import { connectControlSocket } from '#engine/rpc/control-client.ts'
import { runtimeFailure } from './failure.ts'
import { version } from './project.ts'

export interface Session {
  client: ApiClient
  close(): Promise<void>
}

const ATTEMPTS = 20
const PAUSE_MS = 100

/**
 * The engine that runs for this data directory, else one opened here that does not listen. Between
 * looking and opening another may come or go, so it is tried a few times.
 */
export async function openSession(dataDir: string): Promise<Session> {
  for (let attempt = 1; ; attempt += 1) {
    const connection = await connectControlSocket(dataDir)
    if (connection !== null) {
      return { client: connection.client, close: async () => connection.close() }
    }
    try {
      return await openHere(dataDir)
    } catch (error) {
      if (!(error instanceof EngineStartError)) throw error
      if (error.code !== 'already-running' || attempt === ATTEMPTS) {
        throw runtimeFailure(error.message, error)
      }
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
    }
  }
}

async function openHere(dataDir: string): Promise<Session> {
  const { createEngine } = await import('#engine/engine.ts')
  const engine = await createEngine({
    dataDir,
    version: version(),
    listen: null,
    osKeyStorage: null,
  })
  return {
    client: createRouterClient(engine.router, { context: {} }),
    close: () => engine.close(),
  }
}

/** Opens a session, uses it, and closes it whatever happens. */
export async function withSession<T>(
  dataDir: string,
  use: (client: ApiClient) => Promise<T>,
): Promise<T> {
  const session = await openSession(dataDir)
  try {
    return await use(session.client)
  } finally {
    await session.close()
  }
}
