import type { Command } from 'commander'
import { app, type AppOptions } from './commands/app.ts'
import { addDemoCommand } from './commands/demo.ts'
import { list } from './commands/list.ts'
import { listen } from './commands/listen.ts'
import { show } from './commands/show.ts'
import { wait } from './commands/wait.ts'
import type { Context } from './context.ts'
import * as value from './option-values.ts'
import { withLogging } from './log-commands.ts'
import { queryValue } from './query-option.ts'
import { addReplayCommand } from './replay-command.ts'
import { withRunForwarding } from './run-forwarding.ts'
import { withTlsOptions } from './tls-options.ts'

type WithDataDir = (command: Command) => Command

const queryOption = [
  '--query <filter>',
  'only what this filter finds, as in the app: "verdict:invalid -type:ping"',
  queryValue,
] as const

/** `listen` and `app`: what captures. */
export function addListenCommands(
  program: Command,
  withDataDir: WithDataDir,
  context: Context,
  onExitCode: (code: number) => void,
): void {
  withTlsOptions(withLogging(withRunForwarding(withDataDir(program.command('listen')))))
    .description('capture webhooks and print a line for each, until interrupted')
    .option('--port <n>', 'port to capture on; 0 takes any (default: 4100)', value.portValue)
    .option('--host <host>', 'address to capture on (default: 127.0.0.1)')
    .option('--ui-port <n>', 'port of the UI (default: 4180)', value.portValue)
    .option('--no-ui', 'no UI')
    .option('--passphrase-file <file>', 'open the data key with what it holds', value.pathValue)
    .option('--tunnel <program>', 'open a tunnel: cloudflared, ngrok, tailscale or ssh')
    .option(...queryOption)
    .option('--json', 'one JSON object per line')
    .addHelpText(
      'after',
      '\nWhen a Countersign runs on the data directory already, its deliveries are followed.\n--forward-to counts for this run alone and changes no endpoint.',
    )
    .action((options) => listen(context, options))
  withDataDir(program.command('app'))
    .description('open the app: a desktop window, or the UI in a browser where there is none')
    .option('--port <n>', 'port to capture on; 0 takes any (default: 4100)', value.portValue)
    .option('--host <host>', 'address to capture on (default: 127.0.0.1)')
    .option('--ui-port <n>', 'port of the UI in a browser (default: 4180)', value.portValue)
    .option('--no-sandbox', "without Chromium's sandbox (root on Linux needs it)")
    .action(async (options: AppOptions, command: Command) => {
      const dataDirGiven = command.getOptionValueSource('dataDir') === 'cli'
      onExitCode(await app(context, { ...options, dataDirGiven }))
    })
  addDemoCommand(program.command('demo'), context, onExitCode)
}

/** `list`, `show`, `replay` and `wait`: what was captured. */
export function addDeliveryCommands(
  program: Command,
  withDataDir: WithDataDir,
  context: Context,
): void {
  withDataDir(program.command('list'))
    .description('list deliveries, newest first')
    .option(...queryOption)
    .option('--limit <n>', 'at most so many', value.limitValue, 100)
    .option('--json', 'one JSON object per line')
    .action((options) => list(context, options))
  withDataDir(program.command('show'))
    .description('show one delivery and explain its verdict')
    .argument('<id>', 'as “countersign list” shows it', value.idValue)
    .option('--json', 'everything as one JSON object')
    .option('--raw', 'the request message, byte for byte, credentials included')
    .option('--with-credentials', 'show tokens, passwords and cookies that came with it')
    .action((id: number, options) => show(context, id, options))
  addReplayCommand(withDataDir(program.command('replay')), context)
  withDataDir(program.command('wait'))
    .description('wait for a delivery and print it as one line of JSON')
    .option('--endpoint <name>', 'of this endpoint')
    .option('--verdict <verdict>', 'with this verdict', value.verdictValue)
    .option(...queryOption)
    .option('--timeout <seconds>', 'give up after so long, with exit code 1', value.secondsValue)
    .option('--after <id>', 'also one that is there already, above this id', value.afterValue)
    .option('--json', 'JSON is what it prints anyway')
    .action((options) => wait(context, options))
}
