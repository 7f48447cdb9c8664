import http from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ApiClient } from '#contract/client.ts'
import type { Endpoint } from '#contract/endpoint.ts'
import type { Forward, Forwarding } from '#contract/forwarding.ts'
import { rmSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, onTestFinished, vi } from 'vitest'
import { openEngine, type OpenedEngine, temporaryDataDir, until } from './opened-engine.ts'

/** A request as a handler sees it. */
export interface Handled {
  method: string
  url: string
  rawHeaders: string[]
  headers: http.IncomingHttpHeaders
  body: string
  atMs: number
}

export interface Handler {
  url: string
  handled: Handled[]
  close(): Promise<void>
}

type Respond = (request: Handled, response: http.ServerResponse) => void | Promise<void>

/** A real handler on loopback: keeps what it got, answers as it is told (200 by itself). */
export async function openHandler(
  respond: Respond = (_, response) => void response.end('ok'),
  port = 0,
): Promise<Handler> {
  const handled: Handled[] = []
  const server = http.createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const one: Handled = {
        method: request.method ?? '',
        url: request.url ?? '',
        rawHeaders: request.rawHeaders,
        headers: request.headers,
        body: Buffer.concat(parts).toString(),
        atMs: Date.now(),
      }
      handled.push(one)
      void respond(one, response)
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const { port: opened } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${opened}`,
    handled,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** From now until the test ends it is so much later for this process and the engine in it. */
export function letTimePass(ms: number): void {
  const now = Date.now.bind(Date)
  vi.spyOn(Date, 'now').mockImplementation(() => now() + ms)
  onTestFinished(() => void vi.restoreAllMocks())
}

/** An address at which nothing listens. */
export async function deadUrl(): Promise<string> {
  const handler = await openHandler()
  await handler.close()
  return handler.url
}

const TARGET = {
  enabled: true,
  keepHost: false,
  addressHeaders: 'none',
  verifyTls: true,
} as const

/** Forwarding to these URLs, with everything else as it is by default. */
export function forwardingTo(urls: readonly string[], more: Partial<Forwarding> = {}): Forwarding {
  return {
    targets: urls.map((url) => ({ url, ...TARGET })),
    when: 'before-answer',
    deadlineMs: null,
    retry: { kind: 'none' },
    late: 'as-is',
    paused: false,
    ...more,
  }
}

export function addEndpoint(
  client: ApiClient,
  forwarding: Forwarding | null,
  more: Partial<Parameters<ApiClient['endpoints']['create']>[0]> = {},
): Promise<Endpoint> {
  return client.endpoints.create({
    name: more.path ?? 'hook',
    path: '/hook',
    schemeId: null,
    forwarding,
    ...more,
  })
}

/** The forwards of a delivery, once none of them waits any more. */
export async function settledForwards(client: ApiClient, deliveryId: number): Promise<Forward[]> {
  let found: Forward[] = []
  await until(async () => {
    found = await client.forwards.list({ deliveryId })
    return (
      found.length > 0 && found.every(({ state }) => state !== 'waiting' && state !== 'sending')
    )
  }, 'every forward is settled')
  return found
}

/** One engine for all tests of a file; each begins without endpoints and with empty queues. */
export interface SharedEngine extends OpenedEngine {
  dataDir: string
  /** A handler that ends with the test. */
  handler(...args: Parameters<typeof openHandler>): Promise<Handler>
  reopen(): Promise<void>
}

export function sharedEngine(): SharedEngine {
  const dataDir = temporaryDataDir()
  const handlers: Handler[] = []
  const open = () => openEngine(dataDir, { undoMs: 50 })
  let opened: OpenedEngine | null = null
  const now = () => {
    if (!opened) throw new Error('The engine is opened by beforeAll.')
    return opened
  }
  const shared: SharedEngine = {
    get engine() {
      return now().engine
    },
    get client() {
      return now().client
    },
    get url() {
      return now().url
    },
    dataDir,
    handler: async (...args: Parameters<typeof openHandler>) => {
      const handler = await openHandler(...args)
      handlers.push(handler)
      return handler
    },
    reopen: async () => {
      await now().engine.close()
      opened = await open()
    },
  }
  beforeAll(async () => {
    opened = await open()
  })
  afterEach(async () => {
    for (const { id } of await shared.client.endpoints.list()) {
      await shared.client.forwards.drop({ endpointId: id })
      await shared.client.endpoints.remove({ id })
    }
    for (const handler of handlers.splice(0)) await handler.close()
  })
  afterAll(async () => {
    await shared.engine.close()
    rmSync(dataDir, { recursive: true, force: true })
  })
  return shared
}
