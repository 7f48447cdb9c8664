import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { bindPort, type Place } from './bind-port.ts'
import { Flight, type CaptureContext, type ListenerProblem } from './capture-context.ts'
import { Connection } from './connection.ts'
import type { DeliverySink } from './types.ts'

export type { ListenerProblem }

export interface ListenerOptions extends Place {
  sink: DeliverySink
  /** Where bodies over the memory limit are written; must exist. */
  bodiesDir: string
  /** Asked anew for every request. */
  bodyLimitBytes: () => number
  memoryLimitBytes?: number
  /** How long a connection may be silent: in the middle of a request 408, between two the end. */
  idleTimeoutMs: number
  onProblem: (problem: ListenerProblem) => void
}

export interface Listener {
  url: string
  host: string
  port: number
  /** Which port was taken, and which one it is instead; `null`: the wanted one. */
  portNotice: string | null
  readonly activeConnections: number
  /** Stops accepting, lets begun requests finish (10 s at most), then closes the connections. */
  close(): Promise<void>
}

const MEMORY_LIMIT_BYTES = 1024 * 1024
const MAX_HEAD_BYTES = 64 * 1024
/** A whole head within this, however busily it drips (slowloris). */
const HEAD_TIMEOUT_MS = 60_000
const LONGEST_SWEEP_MS = 5000
const DRAIN_MS = 9000
const LAST_WORDS_MS = 1000

/**
 * Starts the capture port: every request that arrives goes to the sink, also what Node would have
 * answered by itself, and is answered when the sink says so.
 * Rejects with EngineStartError `port-taken` or `host-unusable`.
 */
export async function startListener(options: ListenerOptions): Promise<Listener> {
  const context: CaptureContext = {
    ...options,
    memoryLimitBytes: options.memoryLimitBytes ?? MEMORY_LIMIT_BYTES,
    flight: new Flight(),
    reconnect: (bridge, peer, method) => {
      connections.set(bridge, new Connection(context, bridge, peer, method))
      bridge.once('close', () => connections.delete(bridge))
      server.emit('connection', bridge)
    },
  }
  const connections = new Map<unknown, Connection>()
  const server = createCaptureServer(context, connections)
  const portNotice = await bindPort(server, options)
  const { port } = addressOf(server)
  const stop = (why: string) => {
    if (context.flight.closing) return
    options.onProblem({
      code: 'listener-stopped',
      sentence: `The capture port ${port} stopped (${why}). Restart Countersign to listen again.`,
    })
  }
  server.on('error', (error) => stop(error.message))
  server.on('close', () => stop('its socket was closed'))
  const sweep = startSweep(connections, options.idleTimeoutMs)
  let closed: Promise<void> | null = null
  return {
    url: urlOf(options.host, port),
    host: options.host,
    port,
    portNotice,
    get activeConnections() {
      return connections.size
    },
    close: () => (closed ??= closeListener(server, context.flight, connections, sweep)),
  }
}

function createCaptureServer(
  context: CaptureContext,
  connections: Map<unknown, Connection>,
): Server {
  const server = createServer({
    maxHeaderSize: MAX_HEAD_BYTES,
    requireHostHeader: false,
    requestTimeout: 0,
    headersTimeout: HEAD_TIMEOUT_MS,
    keepAliveTimeout: 0,
    noDelay: true,
  })
  // No limit but the size: beyond a count, Node would drop headers silently.
  server.maxHeadersCount = 0
  server.timeout = 0
  // A sender may close its side after the request and still read the answer (RFC 9112 §9.6).
  Object.assign(server, { httpAllowHalfOpen: true })
  server.on('connection', (socket) => {
    if (connections.has(socket)) return
    const peer = {
      address: socket.remoteAddress ?? '',
      port: socket.remotePort ?? 0,
      connectedAtMs: Date.now(),
    }
    connections.set(socket, new Connection(context, socket, peer))
    socket.once('close', () => connections.delete(socket))
  })
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
function startSweep(connections: Map<unknown, Connection>, idleTimeoutMs: number): NodeJS.Timeout {
  const everyMs = Math.min(LONGEST_SWEEP_MS, Math.max(10, idleTimeoutMs / 4))
  return setInterval(() => {
    const nowMs = Date.now()
    for (const connection of connections.values()) connection.sweep(nowMs)
  }, everyMs).unref()
}

async function closeListener(
  server: Server,
  flight: Flight,
  connections: Map<unknown, Connection>,
  sweep: NodeJS.Timeout,
): Promise<void> {
  flight.closing = true
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve())
  })
  for (const connection of connections.values()) if (!connection.isBusy) connection.end()
  await within(DRAIN_MS, flight.allLanded())
  clearInterval(sweep)
  for (const connection of connections.values()) {
    if (connection.isBusy) void connection.destroy()
    else connection.end()
  }
  // What was cut just now is still recorded, as cut.
  await within(
    LAST_WORDS_MS,
    flight.allLanded().then(() => closed),
  )
  const rest = [...connections.values()].map((connection) => connection.destroy())
  await within(LAST_WORDS_MS, Promise.all(rest))
}

async function within(ms: number, work: Promise<unknown>): Promise<void> {
  const giveUp = new AbortController()
  const late = delay(ms, undefined, { signal: giveUp.signal }).catch(() => undefined)
  await Promise.race([work, late])
  giveUp.abort()
}

function addressOf(server: Server): AddressInfo {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('Not a TCP listener.')
  return address
}

/** Where a sender on this machine posts to; an address that means "all" is no place to post to. */
function urlOf(host: string, port: number): string {
  const name = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`
}
