import { chmodSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import http from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { TunnelId } from '#contract/tunnel.ts'

const SOURCE = path.join(import.meta.dirname, 'program.cjs')

export interface Behaviour {
  /** `silent`: it tells nothing; `dies`: a moment after it opened; `stubborn`: SIGTERM is not heard. */
  mode?: 'open' | 'refuse' | 'silent' | 'dies' | 'stubborn'
  /** The public URL that it tells. */
  url?: string
  /** The address that its edge sees. */
  sender?: string
}

export interface Ran {
  name: string
  args: string[]
  env: Record<string, string>
  pid: number
}

/** A folder with tunnel programs of our own, to be put on PATH. */
export interface FakeTunnels {
  folder: string
  behave(behaviour: Behaviour): void
  /** What it was started with last. */
  ran(): Ran
  /** Sends a request to the edge, as a provider does to the public URL. */
  send(url: string, body: string, headers?: Record<string, string>): Promise<number>
  /** The program of this pid is gone. */
  gone(pid: number): Promise<void>
  remove(): void
}

export function fakeTunnels(names: readonly TunnelId[], behaviour: Behaviour = {}): FakeTunnels {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'countersign-tunnels-')))
  const source = readFileSync(SOURCE, 'utf8')
  for (const name of names) {
    // No node has to be on the PATH that it gets.
    writeFileSync(path.join(folder, name), `#!${process.execPath}\n${source}`)
    chmodSync(path.join(folder, name), 0o755)
  }
  const read = (file: string) => JSON.parse(readFileSync(path.join(folder, file), 'utf8'))
  const behave = (how: Behaviour) =>
    writeFileSync(path.join(folder, 'config.json'), JSON.stringify({ mode: 'open', ...how }))
  behave(behaviour)
  return {
    folder,
    behave,
    ran: () => read('run.json'),
    send(url, body, headers = {}) {
      const { port } = read('edge.json')
      const { host, pathname, search } = new URL(url)
      return post(port, pathname + search, body, { Host: host, ...headers })
    },
    gone: waitUntilGone,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

async function waitUntilGone(pid: number): Promise<void> {
  const giveUpAt = Date.now() + 10_000
  while (isAlive(pid)) {
    if (Date.now() > giveUpAt) throw new Error(`The program of pid ${pid} still runs.`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

function post(
  port: number,
  target: string,
  body: string,
  headers: Record<string, string>,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = http.request(
      { host: '127.0.0.1', port, path: target, method: 'POST', headers },
      (response) => {
        response.resume().on('end', () => resolve(response.statusCode ?? 0))
      },
    )
    request.on('error', reject)
    request.end(body)
  })
}
