import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { jsonLine } from '#cli/escape.ts'
import type { Output } from '#cli/output.ts'
import { runProgram } from '#cli/run-program.ts'
import { cliSource } from '#test/integration/cli-process.ts'
import type { StartedEngine } from '#test/integration/started-engine.ts'
import { sendToEndpoint } from './docs-senders.ts'

export interface Ran {
  code: number
  /** Both outputs, for a failing test. */
  text: string
}

export interface InDocs {
  args: readonly string[]
  env: Readonly<Record<string, string>>
  readsFrom: string | null
  writesTo: string | null
  /** The Countersign that listens. */
  engine: StartedEngine
}

// The program looks for its folder beside what was started.
process.argv[1] = cliSource

/**
 * Runs a command line of the docs to its end. What stays until it is interrupted is interrupted once
 * it listens, on a data directory and ports of its own; what waits for a delivery is sent one; what
 * asks for a passphrase gets it.
 */
export async function runInDocs(asked: InDocs): Promise<Ran> {
  const [command, group] = asked.args
  if (command === 'listen') return listenOnce(asked)
  const dataDir = asked.args.includes('--data-dir')
    ? {}
    : { COUNTERSIGN_DATA_DIR: asked.engine.dataDir }
  const asks = command === 'data-key' && group !== 'list'
  const passphrases = ['add', 'unlock', 'change-passphrase', 'remove', 'rotate'].includes(
    group ?? '',
  )
  const more = asks && passphrases ? ['--passphrase-stdin'] : []
  const stdin = more.length > 0 ? PASSPHRASES : asked.readsFrom && readFileSync(asked.readsFrom)
  const ended = new AbortController()
  const sending = command === 'wait' ? keepSending(asked, ended.signal) : null
  const ran = await run({ ...asked, args: [...asked.args, ...more] }, { ...dataDir }, stdin, never)
  ended.abort()
  await sending
  return ran
}

/** The same twice: it is the current one and the new one. */
const PASSPHRASES = 'a passphrase of the docs\na passphrase of the docs\n'
const never = () => new AbortController().signal

async function keepSending({ args, engine }: InDocs, ended: AbortSignal): Promise<void> {
  const name = args[args.indexOf('--endpoint') + 1] ?? ''
  while (!ended.aborted) {
    await sendToEndpoint(engine, name)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

async function listenOnce(asked: InDocs): Promise<Ran> {
  const folder = mkdtempSync(path.join(tmpdir(), 'countersign-docs-'))
  const stop = new AbortController()
  try {
    const named = asked.args.includes('--data-dir')
    const args = [...asked.args, '--port', '0', '--ui-port', '0']
    const env = named ? {} : { COUNTERSIGN_DATA_DIR: folder }
    return await run(
      { ...asked, args },
      env,
      null,
      () => stop.signal,
      (text) => {
        if (/^(?:Listening|\{"event":"listening")/m.test(text)) stop.abort()
      },
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function run(
  { args, env, writesTo }: InDocs,
  more: Readonly<Record<string, string>>,
  stdin: string | Uint8Array | null,
  stopSignal: () => AbortSignal,
  onText: (text: string) => void = () => undefined,
): Promise<Ran> {
  const stdout: Buffer[] = []
  let text = ''
  const write = (piece: string | Uint8Array) => {
    stdout.push(Buffer.from(piece))
    onText(Buffer.from(piece).toString())
  }
  const output: Output = {
    line: (line) => write(`${line}\n`),
    json: (value) => write(`${jsonLine(value)}\n`),
    bytes: async (bytes) => write(bytes),
    note: (note) => void (text += `${note}\n`),
    colours: false,
    gone: new AbortController().signal,
    flushed: () => Promise.resolve(),
  }
  const input = Readable.from(stdin === null || stdin === '' ? [] : [Buffer.from(stdin)])
  const environment = { ...process.env, ...more, ...env }
  const code = await runProgram({ output, stdin: input, env: environment, stopSignal }, args)
  const written = Buffer.concat(stdout)
  if (writesTo !== null) writeFileSync(writesTo, written)
  return { code, text: `${text}${written.toString()}` }
}
