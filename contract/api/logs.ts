import { LogLevel, LogLine } from '#contract/log.ts'
import { z } from 'zod'
import { base } from './base.ts'

export const logsApi = {
  /** The newest lines, oldest of them first, and where they lie. */
  recent: base
    .route({ method: 'GET', path: '/logs' })
    .input(
      z.object({
        limit: z.coerce.number().int().min(1).max(1000).default(200),
        level: LogLevel.default('info'),
      }),
    )
    .output(z.object({ folder: z.string(), level: LogLevel, lines: z.array(LogLine) })),
  /** Version, system, problems and the newest lines, to be pasted where help is asked for. */
  diagnostics: base
    .route({ method: 'GET', path: '/logs/diagnostics' })
    .output(z.object({ text: z.string() })),
}
