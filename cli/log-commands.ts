import { type Command, Option } from 'commander'
import { LogLevel } from '#contract/log.ts'
import { type LogsOptions, showLogs } from './commands/logs.ts'
import type { Context } from './context.ts'
import { limitValue } from './option-values.ts'

/** How much an engine logs that this command starts. */
export interface LoggingOptions {
  logLevel?: LogLevel
  logBodies?: boolean
}

export function withLogging(command: Command): Command {
  return command
    .addOption(
      new Option('--log-level <level>', 'log this and what is graver (default: info)').choices(
        LogLevel.options,
      ),
    )
    .option('--log-bodies', 'log headers and bodies too, secrets in them included')
}

/** Bodies are logged at `debug` alone, so asking for them asks for that. */
export function loggingOf({ logLevel, logBodies }: LoggingOptions) {
  return { level: logBodies ? ('debug' as const) : logLevel, bodies: logBodies }
}

export const BODIES_WARNING =
  'Headers and bodies go into the log as they come, credentials included. Remove the logs folder when you are done.'

export function addLogsCommand(command: Command, context: Context): void {
  command
    .description('show the log of the data directory')
    .option('-f, --follow', 'and what comes, until interrupted')
    .addOption(
      new Option('--level <level>', 'this and what is graver')
        .choices(LogLevel.options)
        .default('info'),
    )
    .option('--limit <n>', 'at most so many of the newest lines', limitValue, 200)
    .option('--json', 'one JSON object per line, as it is in the file')
    .action((options: LogsOptions) => showLogs(context, options))
}
