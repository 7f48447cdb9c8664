import { safe } from '@orpc/client'
import { createRouterClient } from '@orpc/server'
import type { ApiClient } from '#contract/client.ts'
import { EngineStartError } from '#engine/options.ts'
import { connectControlSocket } from '#engine/rpc/control-client.ts'
import { runtimeFailure } from './failure.ts'
import { version } from './project.ts'

interface Session {
  client: ApiClient
  /** Whether an engine that we only attached to is gone. */
  hasEnded(): boolean
  close(): Promise<void>
}

const PATIENCE_MS = 15_000
const PAUSE_MS = 50

/**
 * The engine that runs for this data directory, else one opened here that does not listen. Between
 * looking and opening another may come or go, so it is tried for a while; an engine that does not
 * listen is another command's and is gone in a moment, so it is waited for rather than used.
 */
async function openSession(dataDir: string): Promise<Session> {
  const deadline = Date.now() + PATIENCE_MS
  for (;;) {
    const late = Date.now() > deadline
    const attached = await attach(dataDir, late)
    if (attached !== null) return attached
    try {
      return await openHere(dataDir)
    } catch (error) {
      const held = error instanceof EngineStartError && error.code === 'already-running'
      if (!held || late) throw error
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
    }
  }
}

async function attach(dataDir: string, evenWithoutListening: boolean): Promise<Session | null> {
  const connection = await connectControlSocket(dataDir)
  if (connection === null) return null
  const { error, data } = await safe(connection.client.status.get())
  if (!error && (data.listening !== null || evenWithoutListening)) {
    let ended = false
    void connection.closed.then(() => (ended = true))
    return {
      client: connection.client,
      hasEnded: () => ended,
      close: async () => connection.close(),
    }
  }
  connection.close()
  return null
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
    hasEnded: () => false,
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
  } catch (error) {
    if (!session.hasEnded()) throw error
    throw runtimeFailure('The Countersign that was running ended meanwhile. Try again.', error)
  } finally {
    await session.close()
  }
}
