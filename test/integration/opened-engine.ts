import { mkdtempSync } from 'node:fs'
import http from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRouterClient } from '@orpc/server'
import type { ApiClient } from '#contract/client.ts'
import type { DeliveryRow } from '#contract/delivery.ts'
import { createEngine, type Engine } from '#engine/engine.ts'
import type { EngineOptions } from '#engine/options.ts'

export interface OpenedEngine {
  engine: Engine
  client: ApiClient
  url: string
}

/** A real engine on a directory that the test owns, so that it can be closed and opened again. */
export async function openEngine(
  dataDir: string,
  options: Partial<EngineOptions> = {},
): Promise<OpenedEngine> {
  const engine = await createEngine({
    dataDir,
    version: '0.0.0-test',
    listen: { host: '127.0.0.1', port: 0, portWasAskedFor: true },
    osKeyStorage: null,
    // No test starts a real tunnel program of this machine.
    tunnelPrograms: { searchPath: '' },
    ...options,
  })
  const client: ApiClient = createRouterClient(engine.router, { context: {} })
  return { engine, client, url: engine.status().listening?.url ?? '' }
}

export function temporaryDataDir(): string {
  return mkdtempSync(join(tmpdir(), 'countersign-test-'))
}

export interface Posted {
  status: number
  text: string
  /** From the first byte sent to the last one received. */
  tookMs: number
}

/** Sends a request with exactly these headers (names and values in turn), framing apart. */
export function post(
  url: string,
  body: string | Uint8Array,
  headers: readonly string[] = [],
  options: { method?: string; agent?: http.Agent } = {},
): Promise<Posted> {
  const bytes = Buffer.from(body)
  const { method = 'POST', agent } = options
  const all = ['Host', new URL(url).host, ...headers, 'Content-Length', String(bytes.length)]
  const startedAt = performance.now()
  return new Promise((resolve, reject) => {
    const request = http.request(url, { method, headers: all, ...(agent && { agent }) })
    request.on('error', reject)
    request.on('response', (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('end', () => {
        const text = Buffer.concat(parts).toString()
        resolve({
          status: response.statusCode ?? 0,
          text,
          tookMs: performance.now() - startedAt,
        })
      })
    })
    request.end(bytes)
  })
}

export async function newestRow(client: ApiClient): Promise<DeliveryRow> {
  const [row] = (await client.deliveries.list({ limit: 1 })).rows
  if (!row) throw new Error('Nothing was stored.')
  return row
}

/** Waits, at most ten seconds, until something holds. A process that has to start takes longer. */
export async function until(
  holds: () => boolean | Promise<boolean>,
  what: string,
  patienceMs = 10_000,
): Promise<void> {
  const giveUpAt = Date.now() + patienceMs
  while (!(await holds())) {
    if (Date.now() > giveUpAt) throw new Error(`It did not come to this: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 15))
  }
}
