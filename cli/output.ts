import { writeSync } from 'node:fs'
import { jsonLine } from './escape.ts'

/** Where a command writes; tests and the fallback of `app` give their own. */
export interface Output {
  /** One line on standard output. */
  line(text: string): void
  json(value: unknown): void
  bytes(bytes: Uint8Array): Promise<void>
  /** One line on standard error, for people. */
  note(text: string): void
  colours: boolean
  /** Aborted when whoever read our standard output has gone away (EPIPE). */
  gone: AbortSignal
  /** Resolves when everything written has left. */
  flushed(): Promise<void>
}

/** Standard output and error of this process. */
export function processOutput(): Output {
  const gone = new AbortController()
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') gone.abort()
    else noteDirectly(`Standard output cannot be written: ${error.message}`)
  })
  // With standard error gone there is nobody left to tell.
  process.stderr.on('error', () => gone.abort())
  const write = (text: string | Uint8Array) =>
    new Promise<void>((resolve) => {
      if (gone.signal.aborted) resolve()
      else process.stdout.write(text, () => resolve())
    })
  return {
    line: (text) => void write(`${text}\n`),
    json: (value) => void write(`${jsonLine(value)}\n`),
    bytes: write,
    note: (text) => void process.stderr.write(`${text}\n`),
    colours: wantsColours(process.env, process.stdout.isTTY),
    gone: gone.signal,
    flushed: () => write(''),
  }
}

/** Colours only for a terminal, and never with NO_COLOR set to anything (https://no-color.org). */
export function wantsColours(
  env: Readonly<Record<string, string | undefined>>,
  isTTY: boolean,
): boolean {
  return isTTY && !env['NO_COLOR'] && env['TERM'] !== 'dumb'
}

function noteDirectly(text: string): void {
  writeSync(2, `${text}\n`)
}
