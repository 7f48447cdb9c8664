import type { Command } from 'commander'
import { checkHandler } from './commands/check.ts'
import type { Context } from './context.ts'
import * as value from './option-values.ts'
import { settingsFromEnv } from './settings.ts'

/** `countersign check`, on a command that takes `--setting` and `--secret-env` already. */
export function addCheckCommand(
  command: Command,
  context: Context,
  onExitCode: (code: number) => void,
): void {
  command
    .description('ask your own handler what it protects against; exit 0 when all holds, else 1')
    .option('--to <url>', 'the handler', value.httpUrlValue)
    .requiredOption('--scheme <id>', 'how the provider signs, such as stripe')
    .option('--only <case>', 'a case or a group (accepts, rejects, behaves); repeat', onlyValue, [])
    .option('--list', 'the cases that apply to the scheme, without sending anything')
    .option('--junit <file>', 'write a JUnit report, for CI', value.pathValue)
    .option('--html <file>', 'write the report as a page', value.pathValue)
    .option('--json', 'the report as JSON')
    .option('--allow-remote', 'send to another host than this computer')
    .option('--insecure', 'accept any TLS certificate')
    .option('--timeout <seconds>', 'for one answer', value.secondsValue, 10)
    .option('--data-dir <dir>', 'where your own schemes are')
    .action(async ({ secretEnv, setting, settingEnv, timeout, ...options }) => {
      const settings = [...setting, ...settingsFromEnv(settingEnv, context.env)]
      const asked = { ...options, settings, secretSources: secretEnv, timeoutMs: timeout * 1000 }
      onExitCode(await checkHandler(context, asked))
    })
}

function onlyValue(text: string, earlier: readonly string[]): readonly string[] {
  return [...earlier, ...text.split(',').map((name) => name.trim())]
}
