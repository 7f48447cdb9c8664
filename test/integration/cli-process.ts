import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { Readable } from 'node:stream'
import { jsonLine } from '#cli/escape.ts'
import type { Output } from '#cli/output.ts'
import { runProgram } from '#cli/run-program.ts'
import { builtOr } from '#test/built/folder.ts'

const root = path.resolve(import.meta.dirname, '..', '..')

export interface Finished {
  code: number | null
  stdout: Buffer
  stderr: string
}

export interface RunOptions {
  env?: Record<string, string>
  stdin?: string | Uint8Array
}

/** The sources as they stand: built by this run of the tests, else stripped of types by Node. */
export const cliSource = builtOr(path.join(root, 'cli', 'main.ts'), 'cli.cjs')
export const launcher = path.join(root, 'cli', 'launcher.cjs')
export const isBuilt = existsSync(path.join(root, 'dist', 'cli.cjs'))

function start(args: readonly string[], env: Record<string, string> = {}): ChildProcess {
  return spawn(process.execPath, [cliSource, ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: '1', ...env },
  })
}

/** Runs a command to its end as a person does, in a process of its own. */
export async function spawnCli(
  args: readonly string[],
  options: RunOptions = {},
): Promise<Finished> {
  const child = start(args, options.env)
  const stdout: Buffer[] = []
  const stderr: Buffer[] = []
  child.stdout?.on('data', (chunk: Buffer) => stdout.push(chunk))
  child.stderr?.on('data', (chunk: Buffer) => stderr.push(chunk))
  // A command that does not read its input may be gone before it is written.
  child.stdin?.on('error', () => undefined)
  child.stdin?.end(options.stdin)
  const [code] = await once(child, 'close')
  return { code, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString() }
}

/** Nobody interrupts it. */
const stopSignal = () => new AbortController().signal

// The program looks for its folder beside what was started.
process.argv[1] = cliSource

/** Runs a command to its end in this process: the same program, without the start of a Node. */
export async function runCli(args: readonly string[], options: RunOptions = {}): Promise<Finished> {
  const stdout: Buffer[] = []
  let stderr = ''
  const write = (text: string | Uint8Array) => stdout.push(Buffer.from(text))
  const output: Output = {
    line: (text) => void write(`${text}\n`),
    json: (value) => void write(`${jsonLine(value)}\n`),
    bytes: async (bytes) => void write(bytes),
    note: (text) => {
      stderr += `${text}\n`
    },
    colours: false,
    gone: new AbortController().signal,
    flushed: () => Promise.resolve(),
  }
  const stdin = Readable.from(options.stdin === undefined ? [] : [Buffer.from(options.stdin)])
  const env = { ...process.env, ...options.env }
  const code = await runProgram({ output, stdin, env, stopSignal }, args)
  return { code, stdout: Buffer.concat(stdout), stderr }
}

/** The objects of an output of one JSON object per line. */
export function jsonLines(output: Buffer | string): Array<Record<string, unknown>> {
  return String(output)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))
}

export interface Listening {
  child: ChildProcess
  url: string
  first: Record<string, unknown>
  /** The delivery events so far; waits until there are so many. */
  deliveries(count: number): Promise<Array<Record<string, unknown>>>
  stderr(): string
  /** The exit code, once it has ended. */
  exited: Promise<number | null>
  stop(signal?: NodeJS.Signals): Promise<number | null>
}

/** Starts `countersign listen --json` on any port and waits for its first line. */
export async function startListening(
  dataDir: string,
  args: readonly string[] = ['--port', '0', '--no-ui'],
): Promise<Listening> {
  const child = start(['listen', '--json', '--data-dir', dataDir, ...args])
  let text = ''
  let errors = ''
  child.stdout?.on('data', (chunk) => (text += String(chunk)))
  child.stderr?.on('data', (chunk) => (errors += String(chunk)))
  const exited = once(child, 'exit').then(([code]): number | null => code)
  const lines = () => jsonLines(text.slice(0, text.lastIndexOf('\n') + 1))
  const until = async (count: number) => {
    const deadline = Date.now() + 40_000
    while (lines().length < count) {
      if (child.exitCode !== null || Date.now() > deadline) {
        throw new Error(`No ${count} lines came (exit ${child.exitCode}): ${text}${errors}`)
      }
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    return lines()
  }
  const [first] = await until(1)
  return {
    child,
    url: String(first?.['url']),
    first: first ?? {},
    deliveries: async (count) => (await until(count + 1)).slice(1),
    stderr: () => errors,
    exited,
    stop: async (signal = 'SIGTERM') => {
      child.kill(signal)
      return exited
    },
  }
}
