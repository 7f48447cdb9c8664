import type { Command } from 'commander'
import { saveFixtures, testFixtures } from './commands/fixtures.ts'
import type { Context } from './context.ts'
import * as value from './option-values.ts'
import { idsValue } from './replay-command.ts'

const every = (text: string, earlier: readonly string[]) => [...earlier, text]
const NONE: readonly string[] = []

/** `test` gets the options for secrets, both that of the data directory, from the caller. */
export function addFixtureCommands(
  { test, save }: { test: Command; save: Command },
  context: Context,
  onExitCode: (code: number) => void,
): void {
  test
    .description('send the fixtures of a folder to a handler and compare its answers; exit 0, 1, 2')
    .argument('<dir>', 'a folder with *.webhook.json files')
    .requiredOption('--to <url>', 'the handler', value.httpUrlValue)
    .option('--endpoint <name>', 'sign with the secrets of this endpoint')
    .option('--update', 'keep what comes back as what is accepted')
    .option('--junit <file>', 'write the results as JUnit XML too')
    .option('--allow-remote', 'send to another computer than this one')
    .option('--insecure', 'accept any TLS certificate')
    .option('--json', 'one JSON object per fixture')
    .action(async (dir: string, { secretEnv, ...options }) =>
      onExitCode(await testFixtures(context, dir, { ...options, secretSources: secretEnv })),
    )
  save
    .description('save deliveries as files NAME.webhook.json of a project')
    .argument('<ids...>', 'deliveries', idsValue)
    .requiredOption('--dir <dir>', 'the folder; it is made when its parent is there')
    .option('--name <name>', 'what to call a single one')
    .option('--redact <path>', 'mask a JSON path such as $.data.email; repeat', every, NONE)
    .option('--redact-header <name>', 'mask a header; repeat', every, NONE)
    .option('--json', 'as JSON')
    .action((ids: readonly number[], options) => saveFixtures(context, ids, options))
}
