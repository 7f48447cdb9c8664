import { isAtLeast, type LogLevel, type LogLine } from '#contract/log.ts'
import { RotatingFile } from './rotating-file.ts'
import { errorFacts, type KnownSecrets, scrubText } from './scrub.ts'

/** What a line is about. Texts are scrubbed; bodies, header values and queries do not belong here. */
export type Facts = Readonly<Record<string, string | number | boolean | null>>

/** A structured log. Writing never throws: a log that fails must not stop capture. */
export interface Log {
  readonly level: LogLevel
  /** Whether somebody asked for headers and bodies in it. */
  readonly bodies: boolean
  readonly folder: string
  error(event: string, error: unknown, facts?: Facts): void
  warn(event: string, facts?: Facts): void
  info(event: string, facts?: Facts): void
  debug(event: string, facts?: Facts): void
  /** What was asked for with `bodies`, as it is; nothing otherwise. */
  unmasked(event: string, facts: Facts): void
  /** What must not be in any line, whatever says it. */
  guard(secrets: KnownSecrets): void
  close(): void
}

export interface LogOptions {
  folder: string
  from: LogLine['from']
  level?: LogLevel | undefined
  bodies?: boolean | undefined
  /** Told once that the log cannot be written, and again after it could be for a while. */
  onFailure?: (error: unknown) => void
}

const NONE: KnownSecrets = () => []

export function openLog(options: LogOptions): Log {
  const { folder, from, level = 'info', bodies = false } = options
  const file = new RotatingFile(folder, from)
  let known: KnownSecrets = NONE
  let failing = false

  const write = (of: LogLevel, event: string, facts: object) => {
    if (!isAtLeast({ level: of }, level)) return
    try {
      const at = new Date().toISOString()
      file.append(JSON.stringify({ at, level: of, from, event, ...facts }))
      failing = false
    } catch (error) {
      if (!failing) options.onFailure?.(error)
      failing = true
    }
  }
  const scrubbed = (facts: Facts) => {
    const secrets = known()
    return Object.fromEntries(
      Object.entries(facts).map(([name, value]) => [
        name,
        typeof value === 'string' ? scrubText(value, secrets) : value,
      ]),
    )
  }
  return {
    level,
    bodies,
    folder,
    error: (event, error, facts = {}) =>
      write('error', event, { ...scrubbed(facts), error: errorFacts(error, known()) }),
    warn: (event, facts = {}) => write('warn', event, scrubbed(facts)),
    info: (event, facts = {}) => write('info', event, scrubbed(facts)),
    debug: (event, facts = {}) => {
      if (level === 'debug') write('debug', event, scrubbed(facts))
    },
    unmasked: (event, facts) => {
      if (bodies) write('debug', event, facts)
    },
    guard(secrets) {
      known = secrets
    },
    close: () => file.close(),
  }
}
