import { createServer, type Server } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { BodyMemory } from './body-memory.ts'
import { Flight, type CaptureContext, type ListenerProblem } from './capture-context.ts'
import { closeConnections } from './close-connections.ts'
import { Connection } from './connection.ts'
import { makeRoom, MOST_CONNECTIONS } from './crowd.ts'
import type { Credentials } from './credentials.ts'
import { FloodBudget } from './flood-budget.ts'
import { handshakeFailure } from './handshake-failure.ts'
import { Http2Connection } from './http2-connection.ts'
import { http2Sessions } from './http2-sessions.ts'
import { Load } from './load.ts'
import { momentNow } from './moment.ts'
import type { Peer } from './request-head.ts'
import type { Served } from './served.ts'
import { countStrangers } from './strangers.ts'
import { createDoorstep, type Doorstep } from './tls-doorstep.ts'
import type { DeliverySink } from './types.ts'

export interface CaptureOptions {
  sink: DeliverySink
  /** Where bodies over the memory limit are written; must exist. */
  bodiesDir: string
  /** Asked anew for every request. */
  bodyLimitBytes: () => number
  memoryLimitBytes?: number
  /** What the bodies of all connections may hold in memory together. */
  bodyMemoryBytes?: number
  /** Beyond, the longest silent ones make room. */
  mostConnections?: number
  /** How long a connection may be silent: in the middle of a request 408, between two the end. */
  idleTimeoutMs: number
  headTimeoutMs?: number
  /** How long begun requests may take once it closes; absent: 9 s. */
  drainMs?: number | undefined
  /** Must stand in front of every path, asked anew for every request; absent or `null`: none. */
  pathToken?: () => string | null
  onProblem: (problem: ListenerProblem) => void
  /** A problem that was told is over. */
  onSettled?: (code: ListenerProblem['code']) => void
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
  const connections = new Map<Duplex, Served>()
  const server = createHttpServer(connections)
  const context: CaptureContext = {
    ...options,
    memoryLimitBytes: options.memoryLimitBytes ?? MEMORY_LIMIT_BYTES,
    bodyMemory: new BodyMemory(options.bodyMemoryBytes),
    load: new Load(),
    tellings: new FloodBudget(2, 1),
    headTimeoutMs: options.headTimeoutMs ?? HEAD_TIMEOUT_MS,
    plainOnTls: false,
    pathToken: options.pathToken ?? (() => null),
    strangers: countStrangers(options.onProblem),
    flight: new Flight(),
    reconnect: (bridge, peer, method) =>
      add(bridge, () => new Connection(context, bridge, peer, method)),
  }
  const keep = (socket: Duplex, served: Served) => {
    connections.set(socket, served)
    socket.once('close', () => connections.delete(socket))
  }
  /** Node's own listeners come first: added later, ours make its parser hand on what it reads. */
  const add = (socket: Duplex, connect: () => Connection) => {
    server.emit('connection', socket)
    keep(socket, connect())
  }
  const serve = (socket: Socket, peer: Peer, plainOnTls = false) =>
    add(socket, () => new Connection({ ...context, plainOnTls }, socket, peer))
  const left = (socket: Duplex) => connections.delete(socket)
  const doorstep = tls === null ? null : tlsDoorstep(tls, { context, options, serve, keep, left })
  const sweep = startSweep(connections, Math.min(context.idleTimeoutMs, context.headTimeoutMs))
  return {
    take: (socket) => {
      makeRoom(connections, options.mostConnections ?? MOST_CONNECTIONS)
      const peer = peerOf(socket)
      if (doorstep) doorstep.take(socket, peer)
      else serve(socket, peer)
    },
    get activeConnections() {
      return connections.size
    },
    retire() {
      context.flight.retire()
    },
    async close() {
      context.flight.close()
      context.strangers.close()
      await closeConnections(context.flight, connections, {
        drainMs: options.drainMs,
        drained: () => clearInterval(sweep),
      })
    },
  }
}

function tlsDoorstep(
  tls: Credentials,
  room: {
    context: CaptureContext
    options: CaptureOptions
    serve: (socket: Socket, peer: Peer, plainOnTls: boolean) => void
    keep: (socket: Duplex, served: Served) => void
    left: (socket: Duplex) => void
  },
): Doorstep {
  const { context, options, serve, keep, left } = room
  const begin = http2Sessions()
  const failures = handshakeFailure(options)
  return createDoorstep(tls, {
    waits: keep,
    left,
    serve: (socket, peer, spoken) => {
      if (spoken === 'h2') keep(socket, new Http2Connection(context, begin(socket), socket, peer))
      else serve(socket, peer, spoken === 'plain')
    },
    failed: failures.failed,
    shaken: failures.shaken,
  })
}

function peerOf(socket: Socket): Peer {
  return {
    address: socket.remoteAddress ?? '',
    port: socket.remotePort ?? 0,
    connected: momentNow(),
    reset: () => {
      if (!socket.destroyed) socket.resetAndDestroy()
    },
  }
}

/** Never listens itself: connections are given to it (node:http, event 'connection'). */
function createHttpServer(connections: ReadonlyMap<unknown, Served>): Server {
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
  const of = (socket: unknown) => {
    const served = connections.get(socket)
    return served instanceof Connection ? served : undefined
  }
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

/**
 * One coarse timer for all connections: nothing is set and cleared per request. Its clock stands
 * still while this process does (a suspended machine, SIGSTOP), so that nobody is thrown out for a
 * silence that was ours.
 */
function startSweep(connections: ReadonlyMap<unknown, Served>, shortestMs: number): NodeJS.Timeout {
  const everyMs = Math.min(LONGEST_SWEEP_MS, Math.max(10, shortestMs / 4))
  let lastMs = performance.now()
  let awakeMs = 0
  return setInterval(() => {
    const nowMs = performance.now()
    awakeMs += Math.min(nowMs - lastMs, 2 * everyMs)
    lastMs = nowMs
    for (const connection of connections.values()) connection.sweep(awakeMs)
  }, everyMs).unref()
}
