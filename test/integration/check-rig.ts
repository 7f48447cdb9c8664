import http from 'node:http'
import type { AddressInfo } from 'node:net'
import type { CheckResult } from '#contract/check.ts'
import type { RawHeader } from '#contract/http.ts'
import { runCheck } from '#engine/replay/check/run-check.ts'
import { makeWorld, type World } from '#engine/replay/check/world.ts'
import { findScheme } from '#engine/signatures/catalogue.ts'

/** What a handler of a test sees. */
export interface Received {
  method: string
  target: string
  rawHeaders: RawHeader[]
  headers: http.IncomingHttpHeaders
  body: Buffer
}
export interface Answer {
  status: number
  body?: string
  headers?: Record<string, string>
}

export interface Handler {
  url: string
  close(): Promise<void>
}

const LIMIT = 4 * 1024 * 1024

/** A real server on loopback. What `answer` throws is a 500, as with every framework. */
export async function serve(
  answer: (received: Received) => Answer | Promise<Answer>,
  path = '/webhooks',
): Promise<Handler> {
  const server = http.createServer((request, response) => {
    exchange(request, response, answer).catch(() => response.destroy())
  })
  return { url: `${await listening(server)}${path}`, close: () => closed(server) }
}

async function exchange(
  request: http.IncomingMessage,
  response: http.ServerResponse,
  answer: (received: Received) => Answer | Promise<Answer>,
): Promise<void> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk)
    length += bytes.byteLength
    if (length <= LIMIT) chunks.push(bytes)
  }
  if (length > LIMIT) {
    response.writeHead(413).end()
    return
  }
  const { method = '', url: target = '', headers } = request
  const rawHeaders: RawHeader[] = []
  for (let at = 0; at < request.rawHeaders.length; at += 2) {
    rawHeaders.push([request.rawHeaders[at] ?? '', request.rawHeaders[at + 1] ?? ''])
  }
  try {
    const made = await answer({ method, target, rawHeaders, headers, body: Buffer.concat(chunks) })
    response.writeHead(made.status, made.headers).end(made.body)
  } catch (error) {
    response.writeHead(500).end(String(error))
  }
}

export async function listening(server: http.Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address: AddressInfo | string | null = server.address()
  if (address === null || typeof address === 'string') throw new Error('There is no port.')
  return `http://127.0.0.1:${address.port}`
}

export function closed(server: http.Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((resolve) => server.close(() => resolve()))
}

export async function worldOf(
  schemeId: string,
  url: string,
  secretTexts: readonly string[],
  settings: Record<string, string> = {},
): Promise<World> {
  const scheme = findScheme(schemeId)
  if (!scheme) throw new Error(`There is no scheme ${schemeId}.`)
  const secrets = secretTexts.map((text, at) => ({ id: null, name: `secret ${at + 1}`, text }))
  const world = await makeWorld({ scheme, url, secrets, settings })
  if ('problem' in world) throw new Error(world.problem)
  return world
}

export interface Checked {
  results: CheckResult[]
  problem: string | null
  /** Ids with this outcome, sorted. */
  ids(outcome: CheckResult['outcome']): string[]
  get(id: string): CheckResult
}

export async function check(
  world: World,
  options: { only?: readonly string[]; timeoutMs?: number; signal?: AbortSignal } = {},
): Promise<Checked> {
  const results: CheckResult[] = []
  const { problem } = await runCheck({
    world,
    only: options.only ?? [],
    timeoutMs: options.timeoutMs ?? 3_000,
    verifyTls: true,
    signal: options.signal ?? new AbortController().signal,
    onResult: (result) => results.push(result),
  })
  return {
    results,
    problem,
    ids: (outcome) =>
      results
        .filter((each) => each.outcome === outcome)
        .map(({ id }) => id)
        .sort(),
    get(id) {
      const found = results.find((each) => each.id === id)
      if (!found) throw new Error(`There is no result ${id}.`)
      return found
    },
  }
}
