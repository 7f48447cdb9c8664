import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { LogLevel } from '#contract/log.ts'
import type { ListenOptions } from '#engine/options.ts'
import { defaultDataDir } from '#engine/rpc/data-dir.ts'

export interface DesktopArguments {
  /** Absolute. */
  dataDir: string
  /** `null`: as the settings say. */
  listen: ListenOptions
  logging: { level: LogLevel; bodies: boolean }
}

/**
 * Reads `--data-dir DIR`, `--host HOST` and `--port N` (0 takes any free port); Chromium's own
 * switches stand between them and are passed over. Without `--data-dir` the environment variable
 * COUNTERSIGN_DATA_DIR counts, then the OS's data directory for the app.
 *
 * @param argv what follows the program (and, unpackaged, the app's folder)
 * `--log-level LEVEL` and `--log-bodies` say how much is logged.
 *
 * @throws RangeError with a sentence for people when the port or the level is none
 */
export function readArguments(
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): DesktopArguments {
  const { values } = parseArgs({
    args: [...argv],
    strict: false,
    allowPositionals: true,
    options: {
      'data-dir': { type: 'string' },
      host: { type: 'string' },
      port: { type: 'string' },
      'log-level': { type: 'string' },
      'log-bodies': { type: 'boolean' },
    },
  })
  const port = textOf(values['port'])
  return {
    dataDir: resolve(textOf(values['data-dir']) ?? defaultDataDir(environment)),
    listen: {
      host: textOf(values['host']),
      port: port === null ? null : portFrom(port),
      portWasAskedFor: port !== null,
    },
    logging: loggingFrom(textOf(values['log-level']), values['log-bodies'] === true),
  }
}

/** `null` for an option that is absent, empty, or stands without its value. */
function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

function portFrom(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
  if (!(port <= 65_535)) {
    throw new RangeError(`--port takes a number from 0 to 65535, not “${text}”.`)
  }
  return port
}

/** Bodies are logged at `debug` only, so asking for them asks for that. */
function loggingFrom(text: string | null, bodies: boolean): DesktopArguments['logging'] {
  const level = LogLevel.safeParse(text ?? 'info')
  if (!level.success) {
    throw new RangeError(`--log-level takes ${LogLevel.options.join(', ')}, not “${text}”.`)
  }
  return { level: bodies ? 'debug' : level.data, bodies }
}
