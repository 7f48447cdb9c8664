import { createServer, type Server } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { Flight, type CaptureContext, type ListenerProblem } from './capture-context.ts'
import { closeConnections } from './close-connections.ts'
import { Connection } from './connection.ts'
import type { Credentials } from './credentials.ts'
import type { Peer } from './request-head.ts'
import { createDoorstep } from './tls-doorstep.ts'
import type { DeliverySink } from './types.ts'

export interface CaptureOptions {
  sink: DeliverySink
  /** Where bodies over the memory limit are written; must exist. */
  bodiesDir: string
  /** Asked anew for every request. */
  bodyLimitBytes: () => number
  memoryLimitBytes?: number
  /** How long a connection may be silent: in the middle of a request 408, between two the end. */
  idleTimeoutMs: number
  headTimeoutMs?: number
  onProblem: (problem: ListenerProblem) => void
}

/** Reads requests from the connections that a door lets in, until it is closed. */
export interface CaptureServer {
  take(socket: Socket): void
  readonly activeConnections: number
  /** From now on each connection ends with its next answer; until then, what comes is captured. */
  retire(): void
  /** Lets begun requests finish (10 s at most), then closes the connections. */
  close(): Promise<void>
}

const MEMORY_LIMIT_BYTES = 1024 * 1024
const MAX_HEAD_BYTES = 64 * 1024
const HEAD_TIMEOUT_MS = 60_000
const LONGEST_SWEEP_MS = 5000

/** @param tls `null`: plain HTTP; else TLS alone, and plain requests are recorded and refused */
export function createCaptureServer(
  options: CaptureOptions,
  tls: Credentials | null,
): CaptureServer {
  const connections = new Map<Duplex, Connection>()
  const server = createHttpServer(connections)
  const context: CaptureContext = {
    ...options,
    memoryLimitBytes: options.memoryLimitBytes ?? MEMORY_LIMIT_BYTES,
    headTimeoutMs: options.headTimeoutMs ?? HEAD_TIMEOUT_MS,
    plainOnTls: false,
    flight: new Flight(),
    reconnect: (bridge, peer, method) =>
      add(bridge, () => new Connection(context, bridge, peer, method)),
  }
  /** Node's own listeners come first: added later, ours make its parser hand on what it reads. */
  const add = (socket: Duplex, connect: () => Connection) => {
    server.emit('connection', socket)
    connections.set(socket, connect())
    socket.once('close', () => connections.delete(socket))
  }
  const serve = (socket: Socket, peer: Peer, plainOnTls = false) =>
    add(socket, () => new Connection({ ...context, plainOnTls }, socket, peer))
  const doorstep = tls === null ? null : createDoorstep(tls, serve)
  const sweep = startSweep(connections, Math.min(context.idleTimeoutMs, context.headTimeoutMs))
  return {
    take: (socket) => {
      const peer = peerOf(socket)
      if (doorstep) doorstep.take(socket, peer)
      else serve(socket, peer)
    },
    get activeConnections() {
      return connections.size + (doorstep?.size ?? 0)
    },
    retire() {
      context.flight.retire()
    },
    async close() {
      context.flight.close()
      doorstep?.close()
      await closeConnections(context.flight, connections, () => clearInterval(sweep))
    },
  }
}

function peerOf(socket: Socket): Peer {
  return {
    address: socket.remoteAddress ?? '',
    port: socket.remotePort ?? 0,
    connectedAtMs: Date.now(),
    reset: () => {
      if (!socket.destroyed) socket.resetAndDestroy()
    },
  }
}

/** Never listens itself: connections are given to it (node:http, event 'connection'). */
function createHttpServer(connections: ReadonlyMap<unknown, Connection>): Server {
  const server = createServer({
    maxHeaderSize: MAX_HEAD_BYTES,
    requireHostHeader: false,
    // Node keeps these times only where it listens itself; Connection.sweep keeps ours.
    requestTimeout: 0,
    headersTimeout: 0,
    keepAliveTimeout: 0,
  })
  // No limit but the size: beyond a count, Node would drop headers silently.
  server.maxHeadersCount = 0
  server.timeout = 0
  // A sender may close its side after the request and still read the answer (RFC 9112 §9.6).
  Object.assign(server, { httpAllowHalfOpen: true })
  const of = (socket: unknown) => connections.get(socket)
  server.on('request', (request, response) => of(request.socket)?.request(request, response))
  server.on('checkContinue', (request, response) =>
    of(request.socket)?.requestExpectingContinue(request, response),
  )
  server.on('checkExpectation', (request, response) =>
    of(request.socket)?.requestExpectingUnknown(request, response),
  )
  server.on('connect', (request, socket, bytes) => of(socket)?.connect(request, bytes))
  server.on('clientError', (error, socket) => of(socket)?.failed(error))
  return server
}

/** One coarse timer for all connections: nothing is set and cleared per request. */
function startSweep(
  connections: ReadonlyMap<unknown, Connection>,
  shortestMs: number,
): NodeJS.Timeout {
  const everyMs = Math.min(LONGEST_SWEEP_MS, Math.max(10, shortestMs / 4))
  return setInterval(() => {
    const nowMs = Date.now()
    for (const connection of connections.values()) connection.sweep(nowMs)
  }, everyMs).unref()
}
