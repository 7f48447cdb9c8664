import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import type { AnyRouter, Context } from '@orpc/server'
import { RPCHandler } from '@orpc/server/ws'
import { WebSocketServer } from 'ws'
import { createAccess } from './access.ts'
import { createGuard, splitTarget, type Guard } from './guard.ts'
import { createRest } from './rest.ts'
import { commonHeaders, INERT_POLICY, loadStaticFiles } from './static-files.ts'

const LOOPBACK = ['127.0.0.1', '::1', 'localhost']
const MAX_MESSAGE_BYTES = 64 * 1024 * 1024

export interface ServerOptions {
  /** The contract implemented, needing no context. */
  router: AnyRouter
  version: string
  /** 0 takes any free port. */
  port: number
  host?: string
  /** The built renderer. */
  rendererDir: string
  /** Told of every answer; the path comes without its query, which may hold a token. */
  onRequestLog?: (entry: { method: string; path: string; status: number }) => void
  /** Unix milliseconds; for tests of expiry. */
  now?: () => number
}

export interface RunningServer {
  /** Such as `http://127.0.0.1:4200`. */
  url: string
  port: number
  /** A link that opens the UI: once, and within an hour. Each call gives a new one. */
  tokenUrl(): string
  /** For scripts: `Authorization: Bearer …`, good while this server runs. */
  apiToken: string
  close(): Promise<void>
}

/**
 * The browser shell: the UI, the contract over a WebSocket at `/rpc` and as REST under `/api`, all
 * behind one guard on a loopback port. Rejects with the error of `listen` (`EADDRINUSE` …).
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const host = options.host ?? '127.0.0.1'
  if (!LOOPBACK.includes(host)) {
    throw new Error(`The UI is served on loopback only; ${host} is not. Use 127.0.0.1.`)
  }
  const access = createAccess(options.now)
  const file = loadStaticFiles(options.rendererDir)
  const server = createServer({ requestTimeout: 0 })
  await listen(server, options.port, host)
  const port = portOf(server)
  const origins = ownOrigins(host, port)
  const url = origins[0] ?? ''
  const guard = createGuard(access, origins, port)
  const shell: Shell = { guard, file, rest: createRest(options.router, options.version) }
  server.on('request', (request, response) => {
    response.on('close', () => options.onRequestLog?.(logEntry(request, response)))
    answer(shell, request, response).catch((error: unknown) => failed(response, error))
  })
  const webSockets = serveWebSockets(server, guard, options.router)
  return {
    url,
    port,
    apiToken: access.apiToken,
    tokenUrl: () => `${url}/?token=${access.newToken()}`,
    close: () => close(server, webSockets),
  }
}

interface Shell {
  guard: Guard
  file: ReturnType<typeof loadStaticFiles>
  rest: ReturnType<typeof createRest>
}

async function answer(
  shell: Shell,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  for (const [name, value] of Object.entries(commonHeaders)) response.setHeader(name, value)
  const decision = shell.guard.judge(request, 'http')
  if (decision.kind === 'refuse') return plain(response, decision.status, decision.sentence)
  if (decision.kind === 'signed-in') {
    const cookie = `${shell.guard.cookieName}=${decision.session}; Path=/; HttpOnly; SameSite=Strict`
    response.setHeader('Set-Cookie', cookie).setHeader('Location', '/')
    return plain(response, 303, 'Signed in.')
  }
  const [path] = splitTarget(request.url ?? '')
  const docs = request.method === 'GET' ? docsPages.get(path) : undefined
  if (docs !== undefined) {
    response.setHeader('Location', docs)
    return plain(response, 303, 'The page is in the documentation.')
  }
  if (path === '/api' || path.startsWith('/api/')) {
    if (!(await shell.rest(request, response))) plain(response, 404, 'There is no such call.')
    return
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD')
    return plain(response, 405, 'Only GET and HEAD are possible here.')
  }
  // A link to a delivery as people keep it; the page knows its places by their fragment.
  const delivery = /^\/delivery\/([1-9]\d{0,14})$/.exec(path)?.[1]
  if (delivery !== undefined) {
    response.setHeader('Location', `/#/all/${delivery}`)
    return plain(response, 303, 'The delivery is in the app.')
  }
  const found = shell.file(path)
  if (found === null) return plain(response, 404, 'There is nothing here.')
  if (found.headers['ETag'] && request.headers['if-none-match'] === found.headers['ETag']) {
    response.writeHead(304, found.headers).end()
    return
  }
  response.writeHead(200, found.headers).end(request.method === 'HEAD' ? undefined : found.bytes)
}

/** Where the documentation is under the shorter paths that people type. */
const docsPages: ReadonlyMap<string, string> = new Map([
  ['/docs', '/docs/index.html'],
  ['/docs/', '/docs/index.html'],
  ['/api', '/docs/api.html'],
  ['/api/', '/docs/api.html'],
])

function plain(response: ServerResponse, status: number, sentence: string): void {
  response
    .writeHead(status, {
      'Content-Type': 'text/plain; charset=utf-8',
      'Cache-Control': 'no-store',
      'Content-Security-Policy': INERT_POLICY,
    })
    .end(`${sentence}\n`)
}

function failed(response: ServerResponse, error: unknown): void {
  console.error('The UI server could not answer:', error)
  if (response.headersSent) response.destroy()
  else plain(response, 500, 'Something went wrong here; the terminal says what.')
}

function serveWebSockets(server: Server, guard: Guard, router: AnyRouter): WebSocketServer {
  const handler = new RPCHandler<Context>(router)
  const webSockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES })
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy())
    const decision = guard.judge(request, 'websocket')
    if (decision.kind !== 'pass') {
      return refuseUpgrade(socket, decision.kind === 'refuse' ? decision.status : 403)
    }
    if (request.url !== '/rpc') return refuseUpgrade(socket, 404)
    webSockets.handleUpgrade(request, socket, head, (ws) => {
      ws.on('error', () => ws.terminate())
      void handler.upgrade(ws, { context: {} })
    })
  })
  return webSockets
}

function refuseUpgrade(socket: Duplex, status: number): void {
  socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address()
  if (address === null || typeof address === 'string') throw new Error('There is no port.')
  return address.port
}

/** The loopback names that lead here; the first is the one in links. */
function ownOrigins(host: string, port: number): string[] {
  const names = host === '::1' ? ['[::1]', 'localhost'] : ['127.0.0.1', 'localhost']
  return names.map((name) => `http://${name}${port === 80 ? '' : `:${port}`}`)
}

function logEntry(
  request: IncomingMessage,
  response: ServerResponse,
): { method: string; path: string; status: number } {
  const [path] = splitTarget(request.url ?? '')
  return { method: request.method ?? '', path, status: response.statusCode }
}

async function close(server: Server, webSockets: WebSocketServer): Promise<void> {
  for (const ws of webSockets.clients) ws.terminate()
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  server.closeAllConnections()
  await closed
}
