import type { Readable } from 'node:stream'
import type { Output } from './output.ts'

/** What a command has to do with the world outside its arguments. */
export interface Context {
  output: Output
  stdin: Readable
  env: Readonly<Record<string, string | undefined>>
  /** Aborted by SIGINT or SIGTERM, once somebody asks for it. */
  stopSignal(): AbortSignal
}

/** Every command takes these. */
export interface CommonOptions {
  dataDir: string
}
