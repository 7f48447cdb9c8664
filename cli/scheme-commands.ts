import type { Command } from 'commander'
import {
  addScheme,
  listSchemes,
  removeScheme,
  showScheme,
  validateScheme,
} from './commands/schemes.ts'
import type { Context } from './context.ts'

/** `countersign schemes …`: the catalogue, and schemes of one's own. */
export function addSchemeCommands(
  program: Command,
  withDataDir: (command: Command) => Command,
  context: Context,
  onExitCode: (code: number) => void,
): void {
  const schemes = program
    .command('schemes')
    .description('how providers sign: the catalogue, your own')
  withDataDir(schemes.command('list'))
    .description('list the schemes: id, name, algorithm, place of the signature, how sure')
    .option('--json', 'one JSON object per line')
    .action((options) => listSchemes(context, options))
  withDataDir(schemes.command('show'))
    .description('show everything that a scheme says')
    .argument('<id>', 'as “countersign schemes list” shows it')
    .option('--json', 'its data as JSON, as “schemes add” takes it')
    .action((id: string, options) => showScheme(context, id, options))
  schemes
    .command('validate')
    .description('say what is wrong with a scheme; exit 0 when nothing is, else 1')
    .argument('<file>', 'a scheme as JSON; - is standard input')
    .option('--json', 'as JSON')
    .option('--data-dir <dir>', 'taken by every command; not needed here')
    .action(async (file: string, options) => {
      onExitCode(await validateScheme(context, file, options))
    })
  withDataDir(schemes.command('add'))
    .description('add a scheme of your own, or replace the one of its id')
    .argument('<file>', 'a scheme as JSON; - is standard input')
    .option('--json', 'as JSON')
    .action((file: string, options) => addScheme(context, file, options))
  withDataDir(schemes.command('remove'))
    .description('remove a scheme of your own that no endpoint uses')
    .argument('<id>', 'as “countersign schemes list” shows it')
    .action((id: string, options) => removeScheme(context, id, options))
}
