/** The OS key storage, which only the desktop's main process can reach. */
export interface OsKeyStorage {
  /** `null`: there is none that deserves the name (such as Electron's `basic_text`). */
  wrap(dataKey: Uint8Array): Promise<Uint8Array | null>
  unwrap(wrapped: Uint8Array): Promise<Uint8Array | null>
}

export interface EngineOptions {
  dataDir: string
  version: string
  /** `null`: do not listen (a CLI command without a running engine). */
  listen: { host: string; port: number; portWasAskedFor: boolean } | null
  osKeyStorage: OsKeyStorage | null
}

/** Thrown by createEngine; `code` is stable, `message` says what to do next. */
export class EngineStartError extends Error {
  override name = 'EngineStartError'
  readonly code:
    | 'already-running'
    | 'port-taken'
    | 'data-dir-unusable'
    | 'database-newer'
    | 'not-a-database'
    | 'host-unusable'
  constructor(code: EngineStartError['code'], message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
