import { writeSync } from 'node:fs'
import { escapeTerminalLines, jsonLine, neutral } from './escape.ts'

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

/** What is used of a standard stream. */
export interface Stream {
  readonly isTTY?: boolean
  write(piece: string | Uint8Array, done?: () => void): unknown
  on(event: 'error', heard: (error: NodeJS.ErrnoException) => void): unknown
}

/** Standard output and error of this process; `plain`: `--no-color` was given. */
export function processOutput(plain: boolean): Output {
  const env = plain ? { ...process.env, NO_COLOR: '1' } : process.env
  return outputTo(process.stdout, process.stderr, env)
}

/**
 * Writes to two streams. Text is made harmless for a terminal whatever it is; bytes only where a
 * terminal would show them, since elsewhere they are meant as they are.
 */
export function outputTo(
  stdout: Stream,
  stderr: Stream,
  env: Readonly<Record<string, string | undefined>>,
): Output {
  const gone = new AbortController()
  stdout.on('error', (error) => {
    if (error.code === 'EPIPE') gone.abort()
    else noteDirectly(`Standard output cannot be written: ${error.message}`)
  })
  // With standard error gone there is nobody left to tell.
  stderr.on('error', () => gone.abort())
  const write = (text: string | Uint8Array) =>
    new Promise<void>((resolve) => {
      if (gone.signal.aborted) resolve()
      else stdout.write(text, () => resolve())
    })
  const colours = wantsColours(env, stdout.isTTY === true)
  const noteColours = wantsColours(env, stderr.isTTY === true)
  const note = (text: string) => void stderr.write(`${neutral(text, noteColours)}\n`)
  return {
    line: (text) => void write(`${neutral(text, colours)}\n`),
    json: (value) => void write(`${jsonLine(value)}\n`),
    bytes: stdout.isTTY === true ? shownBytes(write, note) : write,
    note,
    colours,
    gone: gone.signal,
    flushed: () => write(''),
  }
}

/** Bytes for a terminal: as UTF-8, with what acts on it shown escaped. */
function shownBytes(
  write: (text: string) => Promise<void>,
  note: (text: string) => void,
): Output['bytes'] {
  const decoder = new TextDecoder()
  let told = false
  return (bytes) => {
    if (!told) note('Shown escaped, since this is a terminal. Redirect it to get the bytes.')
    told = true
    return write(escapeTerminalLines(decoder.decode(bytes, { stream: true })))
  }
}

/**
 * Colours only for a terminal, unless FORCE_COLOR asks for them elsewhere too; `FORCE_COLOR=0` and
 * `false` ask for none, as in Node (https://force-color.org). Never with NO_COLOR set to anything
 * (https://no-color.org), whatever else is set.
 */
export function wantsColours(
  env: Readonly<Record<string, string | undefined>>,
  isTTY: boolean,
): boolean {
  if (env['NO_COLOR']) return false
  const forced = env['FORCE_COLOR']
  if (forced) return forced !== '0' && forced !== 'false'
  return isTTY && env['TERM'] !== 'dumb'
}

function noteDirectly(text: string): void {
  writeSync(2, `${text}\n`)
}
