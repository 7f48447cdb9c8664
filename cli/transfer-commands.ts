import type { Command } from 'commander'
import { ExportFormat } from '#contract/transfer.ts'
import { exportDeliveries } from './commands/export.ts'
import { importFiles } from './commands/import.ts'
import type { Context } from './context.ts'
import { usageFailure } from './failure.ts'
import { idsValue } from './replay-command.ts'
import * as value from './option-values.ts'
import { queryValue } from './query-option.ts'

type WithDataDir = (command: Command) => Command

const several = (text: string, earlier: readonly string[]) => [...earlier, text]

function formatValue(text: string): ExportFormat {
  const found = ExportFormat.safeParse(text)
  if (found.success) return found.data
  throw usageFailure(`There is no format “${text}”. Choose ${ExportFormat.options.join(', ')}.`)
}

/** `export` and `import`: deliveries out into files and in from them. */
export function addTransferCommands(
  program: Command,
  withDataDir: WithDataDir,
  context: Context,
): void {
  withDataDir(program.command('export'))
    .description('write deliveries to a file, or to standard output')
    .argument('[ids...]', 'as “countersign list” shows them; or --query', idsValue)
    .option('--query <filter>', 'what this filter finds; "" is everything', queryValue)
    .option('--format <format>', ExportFormat.options.join(', '), formatValue, 'ndjson')
    .option('--target <code>', 'which code, with --format code; “list” lists them')
    .option('--url <url>', 'where requests go (default: our capture URL)', value.httpUrlValue)
    .option('-o, --output <file>', 'where to write it; - is standard output', '-')
    .option('--redact-json <path>', 'mask this JSON path; repeat for several', several, [])
    .option('--redact-header <name>', 'mask this header; repeat for several', several, [])
    .option('--with-credentials', 'keep tokens, passwords and cookies that came with requests')
    .option('--no-resign', 'leave what is redacted unsigned')
    .option('--json', 'a summary as JSON: on standard error where the export is on the other')
    .action((ids: readonly number[], options) => exportDeliveries(context, ids, options))
  withDataDir(program.command('import'))
    .description('read deliveries from NDJSON, HAR, raw HTTP or cURL; gzip is unpacked')
    .argument('<files...>', 'files; - is standard input')
    .option('--json', 'a summary of each file as one JSON object per line')
    .addHelpText('after', '\nWhat is here already is recognised: importing twice adds nothing.')
    .action((files: readonly string[], options) => importFiles(context, files, options))
}
