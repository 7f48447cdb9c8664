import { createConnection } from 'node:net'
import type { MessagePortMain } from 'electron'
import { WebSocket, type RawData } from 'ws'
import { connectControlSocket } from '#engine/rpc/control-client.ts'
import { findEngine } from '#engine/rpc/control-lock.ts'
import { existingDataDir } from '#engine/rpc/data-dir.ts'
import { isMessage } from './page-ports.ts'

export interface Attachment {
  /** Where the other engine's senders post to. */
  url: string | null
  accept(port: MessagePortMain): void
  close(): Promise<void>
}

/**
 * Stands in for an engine where another process already serves this data directory. Both ends
 * speak oRPC's peer protocol, so messages are passed on as they are, one connection per port.
 *
 * @param onLost called when the other engine has ended
 * @returns `null`: no engine answers there any more
 */
export async function attachTo(dataDir: string, onLost: () => void): Promise<Attachment | null> {
  const realDataDir = existingDataDir(dataDir)
  const socket = realDataDir === null ? null : await findEngine(realDataDir)
  const control = socket === null ? null : await connectControlSocket(dataDir)
  if (socket === null || control === null) return null
  const status = await control.client.status.get()
  let closing = false
  const watch = async (): Promise<void> => {
    await control.closed
    if (!closing) onLost()
  }
  void watch()
  return {
    url: status.listening?.url ?? null,
    accept: (port) => passOn(port, socket),
    close: async () => {
      closing = true
      control.close()
      await control.closed
    },
  }
}

/** Joins a page's port to a fresh connection; when either ends, so does the other. */
function passOn(port: MessagePortMain, socket: string): void {
  const ws = new WebSocket('ws://localhost/rpc', {
    createConnection: () => createConnection(socket),
    perMessageDeflate: false,
  })
  ws.once('open', () => {
    port.on('message', ({ data }: { data: unknown }) => {
      if (isMessage(data)) ws.send(data)
    })
    port.start()
  })
  ws.on('message', (data, isBinary) => port.postMessage(isBinary ? bytesOf(data) : textOf(data)))
  ws.once('close', () => port.close())
  ws.on('error', (error) => {
    console.error(`The connection to the running engine broke: ${error.message}`)
    ws.terminate()
  })
  port.once('close', () => ws.close())
}

function bytesOf(data: RawData): Uint8Array {
  if (data instanceof ArrayBuffer) return new Uint8Array(data)
  return new Uint8Array(Array.isArray(data) ? Buffer.concat(data) : data)
}

function textOf(data: RawData): string {
  return Buffer.from(bytesOf(data)).toString('utf8')
}
