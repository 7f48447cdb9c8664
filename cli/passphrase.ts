import { readFileSync, statSync } from 'node:fs'
import type { Readable } from 'node:stream'
import type { Context } from './context.ts'
import { messageOf, runtimeFailure, usageFailure } from './failure.ts'

/** Where passphrases come from; never the command line or the environment, which others can read. */
export interface PassphraseOptions {
  passphraseFile?: string
  passphraseStdin?: boolean
}

/** More than any passphrase; a file that is larger is the wrong one. */
const MOST_BYTES = 4096

/** Gives one passphrase after the other: lines of a file or of standard input, or typed ones. */
export interface Passphrases {
  /** @param question such as “Passphrase”; asked on a terminal only */
  next(question: string): Promise<string>
  /** A new one: typed twice on a terminal. */
  nextNew(question: string): Promise<string>
}

export function passphrasesFrom(context: Context, options: PassphraseOptions): Passphrases {
  const { passphraseFile, passphraseStdin } = options
  if (passphraseFile !== undefined && passphraseStdin) {
    throw usageFailure('Give --passphrase-file or --passphrase-stdin, not both.')
  }
  if (passphraseFile !== undefined) {
    return fromLines(() => fileLines(context, passphraseFile), `${passphraseFile} has no`)
  }
  if (passphraseStdin) return fromLines(() => stdinLines(context.stdin), 'Standard input has no')
  if (isTerminal(context.stdin)) return typed(context, context.stdin)
  throw usageFailure(
    'A passphrase is needed, and there is no terminal to ask on. Give --passphrase-file FILE or --passphrase-stdin.',
  )
}

function fromLines(read: () => Promise<string[]>, lacking: string): Passphrases {
  let lines: Promise<string[]> | null = null
  const next = async () => {
    lines ??= read()
    const line = (await lines).shift()
    if (line === undefined || line === '') throw usageFailure(`${lacking} further line to read.`)
    return line
  }
  return { next, nextNew: next }
}

async function fileLines(context: Context, file: string): Promise<string[]> {
  try {
    const { size, mode } = statSync(file)
    if (size > MOST_BYTES) throw new Error('it is larger than 4 kB')
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
      context.output.note(`Other users can read ${file}. Close it to them: chmod 600 ${file}`)
    }
    return linesOf(readFileSync(file, 'utf8'))
  } catch (error) {
    throw runtimeFailure(`The passphrase file ${file} cannot be read: ${messageOf(error)}.`, error)
  }
}

async function stdinLines(stdin: Readable): Promise<string[]> {
  const chunks: Buffer[] = []
  for await (const chunk of stdin) chunks.push(Buffer.from(chunk))
  return linesOf(Buffer.concat(chunks).toString('utf8'))
}

function linesOf(text: string): string[] {
  return text.replace(/\r?\n$/, '').split(/\r?\n/)
}

export type Terminal = Readable & { isTTY: true; setRawMode(raw: boolean): unknown }

export function isTerminal(stdin: Readable): stdin is Terminal {
  return 'isTTY' in stdin && stdin.isTTY === true && 'setRawMode' in stdin
}

function typed({ output }: Pick<Context, 'output'>, stdin: Terminal): Passphrases {
  const ask = async (question: string) => {
    output.note(`${question} (what you type is not shown):`)
    const line = await readHidden(stdin)
    if (line === null) throw usageFailure('Interrupted; nothing was changed.')
    if (line === '') throw usageFailure('An empty passphrase is none.')
    return line
  }
  return {
    next: ask,
    async nextNew(question) {
      const first = await ask(question)
      if ((await ask('The same once more')) !== first) {
        throw usageFailure('These were two different ones; nothing was changed.')
      }
      return first
    },
  }
}

const INTERRUPT = '\u0003'
const END = '\u0004'
const ERASE = new Set(['\u007f', '\b'])
const ERASE_LINE = '\u0015'

/** Reads a line from a terminal without showing it; `null`: Ctrl+C. */
export function readHidden(stdin: Terminal, signal?: AbortSignal): Promise<string | null> {
  return new Promise((resolve) => {
    let line = ''
    const done = (result: string | null) => {
      stdin.off('data', onData)
      signal?.removeEventListener('abort', onAbort)
      stdin.setRawMode(false)
      stdin.pause()
      resolve(result)
    }
    const onAbort = () => done(null)
    const onData = (chunk: Buffer | string) => {
      for (const key of chunk.toString()) {
        if (key === INTERRUPT) return done(null)
        if (key === '\r' || key === '\n' || key === END) return done(line)
        if (ERASE.has(key)) line = Array.from(line).slice(0, -1).join('')
        else if (key === ERASE_LINE) line = ''
        else if (key >= ' ') line += key
      }
    }
    stdin.setRawMode(true)
    stdin.on('data', onData)
    signal?.addEventListener('abort', onAbort)
    if (signal?.aborted) onAbort()
    else stdin.resume()
  })
}
