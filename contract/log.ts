import { z } from 'zod'

/** From what ends something to what only a search for a fault needs. */
export const LogLevel = z.enum(['error', 'warn', 'info', 'debug'])
export type LogLevel = z.infer<typeof LogLevel>

/** A line of the log: JSON, one object; further members say what it is about. */
export const LogLine = z
  .object({
    /** ISO 8601, UTC. */
    at: z.string(),
    level: LogLevel,
    /** The process that wrote it. */
    from: z.enum(['engine', 'desktop']),
    /** Stable, such as `started`. */
    event: z.string(),
  })
  .catchall(z.json())
export type LogLine = z.infer<typeof LogLine>

/** Whether a line is at least as grave as `level`. */
export function isAtLeast(line: Pick<LogLine, 'level'>, level: LogLevel): boolean {
  return LogLevel.options.indexOf(line.level) <= LogLevel.options.indexOf(level)
}
