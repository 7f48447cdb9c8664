import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

export const projectRoot = join(import.meta.dirname, '..', '..')
export const builtCli = join(projectRoot, 'dist', 'cli.cjs')

export interface SpawnedListener {
  child: ChildProcess
  url: string
  kill(signal: NodeJS.Signals): Promise<void>
}

/**
 * The built `countersign listen` as a process of its own, optionally under another program
 * (`wrapper`, such as strace with its arguments).
 */
export async function spawnListener(
  dataDir: string,
  { wrapper = [], nodeArguments = [] }: { wrapper?: string[]; nodeArguments?: string[] } = {},
): Promise<SpawnedListener> {
  const command = [
    ...[...wrapper, process.execPath, ...nodeArguments, builtCli],
    ...['listen', '--port', '0', '--no-ui', '--json', '--data-dir', dataDir],
  ]
  const [program = process.execPath, ...args] = command
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  let complaints = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints += text
  })
  const lines = createInterface({ input: child.stdout })
  const first = await new Promise<string>((resolve, reject) => {
    lines.once('line', resolve)
    child.once('exit', (code) => reject(new Error(`listen ended with ${code}: ${complaints}`)))
  })
  lines.on('line', () => undefined)
  const { url } = JSON.parse(first) as { url: string }
  return {
    child,
    url,
    async kill(signal) {
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = once(child, 'exit')
      // A wrapper such as strace keeps signals to itself: the listener is its child.
      process.kill(wrapper.length > 0 ? childOf(child.pid ?? 0) : (child.pid ?? 0), signal)
      await ended
    },
  }
}

function childOf(pid: number): number {
  const [child] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')
  if (!child) throw new Error(`Process ${pid} has no child.`)
  return Number(child)
}
