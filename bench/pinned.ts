import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

export interface Load {
  requests: number
  microseconds: number
  not2xx: number
  broken: number
  p50: number
  p99: number
}

/** A Node on the first core, or on others; resolves with the URL that its first line says. */
export async function startPinned(
  args: string[],
  { cores = '0', env = {} }: { cores?: string; env?: Record<string, string> } = {},
) {
  const child = spawn('taskset', ['-c', cores, process.execPath, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  })
  const lines = createInterface({ input: child.stdout })
  const first = await new Promise<string>((resolve, reject) => {
    lines.once('line', resolve)
    child.once('exit', (code) => reject(new Error(`A server of the bench ended with ${code}.`)))
  })
  lines.on('line', () => undefined)
  const url = /http:\/\/\S+/.exec(first)?.[0]
  if (!url) throw new Error(`A server of the bench said “${first}”.`)
  return { child, url }
}

export async function stop(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await ended
}

/** Load from the second core, by so many connections. */
export function load(
  url: string,
  seconds: number,
  file: string,
  recordBytes: number,
  connections = 32,
): Load {
  const args = loadArguments(url, seconds, file, recordBytes, connections)
  return loadResult(execFileSync('taskset', args, { encoding: 'utf8' }))
}

export function loadArguments(
  url: string,
  seconds: number,
  file: string,
  recordBytes: number,
  connections: number,
): string[] {
  const script = join(import.meta.dirname, 'wrk-requests.lua')
  return [
    ...['-c', '1', 'wrk', '-t1', `-c${connections}`, `-d${seconds}s`],
    ...['-s', script, url, '--', file, String(recordBytes)],
  ]
}

export function loadResult(out: string): Load {
  const result = /^RESULT (.*)$/m.exec(out)?.[1]
  if (!result) throw new Error(`wrk said something else than a result:\n${out}`)
  const parsed: Load = JSON.parse(result)
  return parsed
}

export const rate = ({ requests, microseconds }: Load) => requests / (microseconds / 1e6)
export const median = (values: number[]) =>
  values.sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN

/** Says the rates of all rounds; fails when not every answer was a good one. */
export function report(name: string, loads: Load[]): number {
  const rates = loads.map(rate)
  const middle = median([...rates])
  const spread = rates.map((one) => Math.round(one)).join(', ')
  const p99 = median(loads.map((one) => one.p99)) / 1000
  console.log(`${name}: ${Math.round(middle)}/s (${spread}), p99 ${p99.toFixed(1)} ms`)
  for (const { not2xx, broken } of loads) {
    if (not2xx > 0 || broken > 0) {
      throw new Error(`${name}: ${not2xx} answers were not 2xx, ${broken} connections broke.`)
    }
  }
  return middle
}
