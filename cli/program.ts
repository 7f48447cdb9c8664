import { Command } from 'commander'
import { defaultDataDir } from '#engine/rpc/data-dir.ts'
import { addDeliveryCommands, addListenCommands } from './delivery-commands.ts'
import { addDataKeyCommands } from './data-key-commands.ts'
import { addLogsCommand } from './log-commands.ts'
import { addCaCommands } from './ca-commands.ts'
import { addCheckCommand } from './check-command.ts'
import { addCompletionCommand } from './completion-command.ts'
import { addHealthCommands } from './health-commands.ts'
import { addFixtureCommands } from './fixture-commands.ts'
import { addCodeCommand } from './commands/code.ts'
import { addEndpoint, listEndpoints, removeEndpoint, updateEndpoint } from './commands/endpoints.ts'
import { showEndpoint } from './commands/show-endpoint.ts'
import { addSendCommand } from './send-command.ts'
import { addSchemeCommands } from './scheme-commands.ts'
import { makeKeys } from './commands/keys.ts'
import { printSubscriberHash } from './commands/subscriber-hash.ts'
import { signFile } from './commands/sign.ts'
import { diagnoseFile } from './commands/diagnose.ts'
import { verifyFile } from './commands/verify.ts'
import type { Context } from './context.ts'
import { withActing } from './endpoint-acting.ts'
import * as value from './option-values.ts'
import { noteSetAside } from './set-aside-note.ts'
import type { SecretSource } from './secret-sources.ts'
import { settingsFromEnv } from './settings.ts'
import { addTransferCommands } from './transfer-commands.ts'
import { addTunnelCommands } from './tunnel-commands.ts'

/** The whole command line. `onExitCode` is told when a command ends with another code than 0. */
export function buildProgram(
  context: Context,
  version: string,
  onExitCode: (code: number) => void,
): Command {
  const program = new Command('countersign')
    .description('Records webhooks, judges every signature, says why it failed, sends it again.')
    .version(version)
    // Read where the output is made (main.ts), before anything is parsed.
    .option('--no-color', 'no colours; NO_COLOR=1 says the same, FORCE_COLOR=1 the opposite')
    .exitOverride()
    .showHelpAfterError('Run it with --help to see what it takes.')
    .configureOutput({
      writeOut: (text) => context.output.line(text.trimEnd()),
      writeErr: (text) => context.output.note(text.trimEnd()),
    })
  const dataDir = defaultDataDir(context.env)
  const withDataDir = (command: Command) =>
    command.option('--data-dir <dir>', 'where everything is kept', value.pathValue, dataDir)
  addListenCommands(program, withDataDir, context, onExitCode)
  addEndpointCommands(program, withDataDir, context)
  addKeyCommands(program, withDataDir, context)
  addDataKeyCommands(program.command('data-key'), withDataDir, context)
  addCaCommands(program.command('ca'), withDataDir, context)
  addTunnelCommands(program.command('tunnel'), withDataDir, context)
  addLogsCommand(withDataDir(program.command('logs')), context)
  addDeliveryCommands(program, withDataDir, context)
  addSchemeCommands(program, withDataDir, context, onExitCode)
  addTransferCommands(program, withDataDir, context)
  addHealthCommands(program, withDataDir, context, onExitCode)
  addToolCommands(program, withDataDir, context, onExitCode)
  addCompletionCommand(program, context)
  program.hook('postAction', async (_program, command) => {
    const { dataDir: used } = command.opts<{ dataDir?: unknown }>()
    const tellsItself = ['doctor', 'listen'].includes(command.name())
    if (typeof used === 'string' && !tellsItself) await noteSetAside(context.output, used)
  })
  return program
}

type WithDataDir = (command: Command) => Command

function addEndpointCommands(program: Command, withDataDir: WithDataDir, context: Context): void {
  const endpoints = program.command('endpoints').description('add, list, show and remove endpoints')
  withActing(withSettings(withSecrets(withDataDir(endpoints.command('add')))))
    .description('add an endpoint; it adopts earlier deliveries to its path')
    .argument('<name>', 'what to call it')
    .requiredOption('--path <path>', 'absolute path, with or without a final /*')
    .option('--scheme <id>', 'how the provider signs, such as stripe')
    .option('--no-answer-challenges', 'leave the handshakes of the scheme unanswered')
    .option('--json', 'as JSON')
    .action((name: string, { secretEnv, setting, settingEnv, ...options }) =>
      addEndpoint(context, name, {
        ...options,
        secretSources: secretEnv,
        settings: setting,
        settingsFromEnv: settingEnv,
      }),
    )
  withActing(withSettings(withDataDir(endpoints.command('update'))))
    .description('change an endpoint; what is not named stays; an empty value removes a setting')
    .argument('<name>', 'its name, or its id')
    .option('--name <name>', 'what to call it from now on')
    .option('--path <path>', 'absolute path, with or without a final /*')
    .option('--scheme <id>', 'how the provider signs; none: record only')
    .option('--answer-challenges', 'answer the handshakes of the scheme')
    .option('--no-answer-challenges', 'leave them unanswered')
    .option('--json', 'as JSON')
    .action((name: string, { setting, settingEnv, ...options }) =>
      updateEndpoint(context, name, {
        ...options,
        settings: setting,
        settingsFromEnv: settingEnv,
      }),
    )
  withDataDir(endpoints.command('list'))
    .description('list the endpoints; secrets stay hidden')
    .option('--json', 'one JSON object per line')
    .action((options) => listEndpoints(context, options))
  withDataDir(endpoints.command('show'))
    .description('show an endpoint: its answers, forwarding, and what its secrets verified lately')
    .argument('<name>', 'its name, or its id')
    .option('--json', 'as JSON')
    .action((name: string, options) => showEndpoint(context, name, options))
  withDataDir(endpoints.command('remove'))
    .description('remove an endpoint; its deliveries stay')
    .argument('<name>', 'its name, or its id')
    .action((name: string, options) => removeEndpoint(context, name, options))
}

function addKeyCommands(
  program: Command,
  withDataDir: (command: Command) => Command,
  context: Context,
): void {
  const keys = program.command('keys').description('key pairs of asymmetric schemes, for tests')
  withDataDir(keys.command('make'))
    .description('make a key pair; print its halves')
    .requiredOption('--scheme <id>', 'such as discord; it says how the public half is written')
    .option('--endpoint <name>', 'store the private half as a secret of this endpoint')
    .option('--json', 'as JSON')
    .action((options) => makeKeys(context, options))
}

function addToolCommands(
  program: Command,
  withDataDir: WithDataDir,
  context: Context,
  onExitCode: (code: number) => void,
): void {
  withSettings(program.command('verify'))
    .description('judge a raw HTTP request message; exit 0 valid, 1 anything else, 2 usage')
    .argument('<file>', 'request line, headers, blank line, body bytes; - is standard input')
    .requiredOption('--scheme <id>', 'how the provider signs, such as stripe')
    .requiredOption(
      '--secret-env <variable>',
      'environment variable with a secret; repeat for several',
      value.secretEnvValue,
    )
    .option('--at <unix-seconds>', 'judge as of this moment (default: now)', value.unixSecondsValue)
    .option('--url <url>', 'the URL that the provider called, for schemes that sign it')
    .option('--json', 'as JSON')
    .option('--data-dir <dir>', 'where your own schemes are')
    .action(async (file: string, { secretEnv, setting, settingEnv, ...options }) => {
      const settings = [...setting, ...settingsFromEnv(settingEnv, context.env)]
      const sources = { secretSources: secretEnv, settings }
      onExitCode(await verifyFile(context, file, { ...options, ...sources }))
    })
  withSettings(program.command('diagnose'))
    .description('say why a request does not verify; exit 0 valid, 1 anything else, 2 usage')
    .argument('<file>', 'a raw HTTP request message or a curl command; - is standard input')
    .requiredOption('--scheme <id>', 'how the provider signs, such as stripe')
    .requiredOption(
      '--secret-env <variable>',
      'environment variable with a secret; repeat for several',
      value.secretEnvValue,
    )
    .option('--at <unix-seconds>', 'judge as of this moment (default: now)', value.unixSecondsValue)
    .option('--url <url>', 'the URL that the provider called, for schemes that sign it')
    .option('--json', 'as JSON')
    .option('--data-dir <dir>', 'where your own schemes are')
    .action(async (file: string, { secretEnv, setting, settingEnv, ...options }) => {
      const settings = [...setting, ...settingsFromEnv(settingEnv, context.env)]
      const sources = { secretSources: secretEnv, settings }
      onExitCode(await diagnoseFile(context, file, { ...options, ...sources }))
    })
  withSettings(withSecrets(program.command('sign')))
    .description('sign a body as the provider does, and print the headers')
    .requiredOption('--scheme <id>', 'how the provider signs, such as stripe')
    .requiredOption('--body-file <file>', 'the body, byte for byte; - is standard input')
    .option('--id <id>', 'the message id (default: a new one where the scheme has one)')
    .option('--timestamp <unix-seconds>', 'when it was signed (default: now)', value.signedAtValue)
    .option('--url <url>', 'where it goes, for schemes that sign it', value.httpUrlValue, NO_URL)
    .option('--method <method>', 'for schemes that sign it', 'POST')
    .option('--header <header>', '“Name: value” that it has; repeat', value.headerValue, [])
    .option('--json', 'headers, url and bodyBase64 as JSON')
    .option('--data-dir <dir>', 'where your own schemes are')
    .action(({ secretEnv, ...options }) =>
      signFile(context, { ...options, secretSources: secretEnv }),
    )
  const test = withSecrets(withDataDir(program.command('test')))
  const fixtures = program.command('fixtures').description('deliveries as files of a project')
  addFixtureCommands({ test, save: withDataDir(fixtures.command('save')) }, context, onExitCode)
  addCodeCommand(withDataDir(program.command('code')), context)
  addCheckCommand(withSettings(withSecrets(program.command('check'))), context, onExitCode)
  addSendCommand(withSettings(withSecrets(withDataDir(program.command('send')))), context)
  withSecrets(program.command('subscriber-hash'))
    .description("compute or check the subscriber hash of Novu's Inbox")
    .argument('<subscriber-id>')
    .option('--check <hash>', 'exit 0 when this is the hash, else 1')
    .option('--data-dir <dir>', 'taken by every command; not needed here')
    .option('--json', 'as JSON')
    .action((id: string, { secretEnv, ...options }) =>
      printSubscriberHash(context, id, { ...options, secretSources: secretEnv }),
    )
}

const NO_URL = 'http://localhost/'
const NO_SETTINGS: ReturnType<typeof value.settingValue> = []
const settingOption = [
  '--setting <name=value>',
  'what the scheme needs beside the secret; repeat for several',
  value.settingValue,
  NO_SETTINGS,
] as const

/** `--setting NAME=VALUE`, and for those that are secret `--setting-env NAME=VARIABLE`. */
function withSettings(command: Command): Command {
  return command
    .option(...settingOption)
    .option(
      '--setting-env <name=variable>',
      'the same, from an environment variable',
      value.settingValue,
      NO_SETTINGS,
    )
}

/** `--secret-env` and `--secret-stdin`, repeated and mixed, into one list in the order given. */
function withSecrets(command: Command): Command {
  command
    .option(
      '--secret-env <variable>',
      'environment variable with a secret; repeat for several',
      value.secretEnvValue,
      [],
    )
    .option('--secret-stdin', 'a secret from standard input')
  command.on('option:secret-stdin', () => {
    const earlier: readonly SecretSource[] = command.getOptionValue('secretEnv')
    command.setOptionValue('secretEnv', [...earlier, { kind: 'stdin' }])
  })
  return command
}
