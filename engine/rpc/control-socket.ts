import { utimes } from 'node:fs'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { Duplex } from 'node:stream'
import type { AnyRouter, Context } from '@orpc/server'
import { RPCHandler } from '@orpc/server/ws'
import { WebSocketServer } from 'ws'
import { claimDataDir } from './control-lock.ts'
import { prepareDataDir } from './data-dir.ts'

/** An implementation of the contract that needs no context. */
export type ApiRouter = AnyRouter

/** Larger than any input of the contract: a pasted request with a body of some 25 MiB as base64. */
const MAX_MESSAGE_BYTES = 64 * 1024 * 1024
/** Cleaners of temporary folders take what has not been used for days. */
const KEEP_FRESH_MS = 3_600_000

export interface ControlSocket {
  alreadyRunning: false
  path: string
  /** Answers with this router; connections that came earlier have been waiting for it. */
  serve(router: ApiRouter): void
  /**
   * Ends all connections and gives the data directory free: to be called last, when the database
   * is closed.
   */
  close(): Promise<void>
}

export interface AlreadyRunning {
  alreadyRunning: true
  path: string
}

/**
 * Takes the lock of a data directory by binding its control socket (0600). To be called before
 * anything in the directory is opened. Throws EngineStartError `data-dir-unusable`.
 */
export async function openControlSocket(options: {
  dataDir: string
}): Promise<ControlSocket | AlreadyRunning> {
  const realDataDir = prepareDataDir(options.dataDir)
  const door = createDoor()
  const claim = await claimDataDir(realDataDir, door.server)
  if (!claim.held) return { alreadyRunning: true, path: claim.path }
  const timer = setInterval(() => keepFresh(claim.path), KEEP_FRESH_MS)
  timer.unref()
  return {
    alreadyRunning: false,
    path: claim.path,
    serve: (router) => door.serve(router),
    close: async () => {
      clearInterval(timer)
      await door.close()
    },
  }
}

function keepFresh(socket: string): void {
  if (process.platform === 'win32') return
  const now = new Date()
  utimes(socket, now, now, (error) => {
    if (error) console.error(`The control socket cannot be kept fresh: ${error.message}`)
  })
}

interface Door {
  server: Server
  serve(router: ApiRouter): void
  close(): Promise<void>
}

function createDoor(): Door {
  const webSockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES })
  const waiting: Array<() => void> = []
  let handler: RPCHandler<Context> | null = null
  const server = createServer((_request, response) => {
    response.writeHead(404, { 'Content-Type': 'text/plain' }).end('Only /rpc is here.\n')
  })
  const sockets = new Set<Duplex>()
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  const accept = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    webSockets.handleUpgrade(request, socket, head, (ws) => {
      ws.on('error', () => ws.terminate())
      void handler?.upgrade(ws, { context: {} })
    })
  }
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy())
    if (request.url !== '/rpc') socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n')
    else if (handler === null) waiting.push(() => accept(request, socket, head))
    else accept(request, socket, head)
  })
  return {
    server,
    serve: (router) => {
      handler = new RPCHandler<Context>(router)
      for (const go of waiting.splice(0)) go()
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}
