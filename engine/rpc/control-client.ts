import { createConnection } from 'node:net'
import { WebSocket } from 'ws'
import { createApiClient, webSocketLink, type ApiClient, type ApiLink } from '#contract/client.ts'
import { findEngine } from './control-lock.ts'
import { existingDataDir } from './data-dir.ts'

export interface ControlConnection {
  client: ApiClient
  link: ApiLink
  /** Resolves when the connection has ended, for example because the engine did. */
  closed: Promise<void>
  close(): void
}

/** The engine that runs for this data directory, or `null` when none does. */
export async function connectControlSocket(dataDir: string): Promise<ControlConnection | null> {
  const realDataDir = existingDataDir(dataDir)
  const socket = realDataDir === null ? null : await findEngine(realDataDir)
  if (socket === null) return null
  const ws = new WebSocket('ws://localhost/rpc', {
    createConnection: () => createConnection(socket),
    perMessageDeflate: false,
  })
  const link = webSocketLink(ws)
  const closed = new Promise<void>((resolve) => ws.once('close', () => resolve()))
  const opened = await new Promise<boolean>((resolve) => {
    ws.once('open', () => resolve(true))
    // It ended between being found and being asked.
    ws.once('error', () => resolve(false))
  })
  if (!opened) return null
  ws.on('error', () => ws.terminate())
  return { client: createApiClient(link), link, closed, close: () => ws.close() }
}
