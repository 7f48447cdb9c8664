import type { LogLevel } from '#contract/log.ts'
import type { ClientCertificates, ListenerTls } from '#contract/listener-tls.ts'
import type { RunForwarding } from '#engine/forwarding/config.ts'

/** The OS key storage, which only the desktop's main process can reach. */
export interface OsKeyStorage {
  /** `null`: there is none that deserves the name (such as Electron's `basic_text`). */
  wrap(dataKey: Uint8Array): Promise<Uint8Array | null>
  unwrap(wrapped: Uint8Array): Promise<Uint8Array | null>
}

/** So long requests that are under way may take when the engine closes; its last words add 1 s. */
export const DRAIN_MS = 9000

/** Where this start was told to listen. */
export interface ListenOptions {
  /** `null`: where the settings say. */
  host: string | null
  /** `null`: where the settings say; 0: any free one. */
  port: number | null
  /** Then exactly this port or none; otherwise the next free one will do. */
  portWasAskedFor: boolean
  /** Absent: as the settings say. */
  tls?: ListenerTls | undefined
  clientCertificates?: ClientCertificates | undefined
  pathToken?: boolean | undefined
}

export interface EngineOptions {
  dataDir: string
  version: string
  /** `null`: do not listen (a CLI command without a running engine). */
  listen: ListenOptions | null
  osKeyStorage: OsKeyStorage | null
  /** The listener moved to this URL while the engine was running. */
  onMoved?: (url: string) => void
  /** How much room the data directory has, in bytes; absent: asks its file system. */
  roomOnDisk?: (dataDir: string) => Promise<{ freeBytes: number; totalBytes: number }>
  /** So long a removal can be undone, milliseconds; absent: 30 s. */
  undoMs?: number
  /** Requests that are under way when it closes get so long, milliseconds; absent: `DRAIN_MS`. */
  drainMs?: number | undefined
  /** Where this run sends deliveries on to; the endpoints stay as they are. */
  forward?: RunForwarding | undefined
  /** Chance for answers that fail now and then, from 0 up to 1; absent: Math.random. */
  random?: () => number
  /** Where to look for tunnel programs; absent: on PATH and at their usual places. */
  tunnelPrograms?: { searchPath: string } | undefined
  /** How much is logged; absent: from `info` on, without headers and bodies. */
  logging?: { level?: LogLevel | undefined; bodies?: boolean | undefined } | undefined
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
    | 'tls-unusable'
  constructor(code: EngineStartError['code'], message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
