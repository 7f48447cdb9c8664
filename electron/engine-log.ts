import { createWriteStream, mkdirSync, renameSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

const MAX_BYTES = 1024 * 1024

/** Appends what the engine prints to a file; the one before it is kept once as `.old`. */
export class EngineLog {
  readonly file: string
  readonly #out: NodeJS.WritableStream

  constructor(file: string) {
    this.file = file
    mkdirSync(dirname(file), { recursive: true })
    const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0
    if (size > MAX_BYTES) renameSync(file, `${file}.old`)
    const out = createWriteStream(file, { flags: 'a', mode: 0o600 })
    out.on('error', (error) => console.error(`The log ${file} cannot be written: ${error.message}`))
    this.#out = out
  }

  note(line: string): void {
    this.#out.write(`${new Date().toISOString()} ${line}\n`)
  }

  /** Copies a stream of the engine into the log, and to `also` where someone may be watching. */
  follow(stream: NodeJS.ReadableStream, also: NodeJS.WritableStream | null): void {
    stream.on('data', (chunk: Buffer) => {
      this.#out.write(chunk)
      also?.write(chunk)
    })
  }
}
