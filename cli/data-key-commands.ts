import { type Command, Argument } from 'commander'
import { SlotKind } from '#contract/status.ts'
import {
  addSlot,
  beginAnew,
  changePassphrase,
  type DataKeyOptions,
  listSlots,
  recoverDataKey,
  removeSlot,
  rotateDataKey,
  unlockDataKey,
} from './commands/data-key.ts'
import type { Context } from './context.ts'
import { pathValue } from './option-values.ts'

/** Options that say where a passphrase comes from; without them a terminal asks. */
export function withPassphrase(command: Command): Command {
  return command
    .option('--passphrase-file <file>', 'read passphrases from the lines of this file', pathValue)
    .option('--passphrase-stdin', 'read them from the lines of standard input')
}

const kind = () =>
  new Argument('<slot>', 'os (desktop app only), passphrase or key-file').choices(SlotKind.options)

/** `data-key`: the key that secrets are sealed with, and the ways to open it. */
export function addDataKeyCommands(
  group: Command,
  withDataDir: (command: Command) => Command,
  context: Context,
): void {
  group.description('the key that signing secrets are sealed with, and the ways to open it')
  const command = (name: string) => withDataDir(group.command(name))
  command('list')
    .description('list the ways to open it, and what each protects against')
    .option('--json', 'as JSON')
    .action((options: DataKeyOptions) => listSlots(context, options))
  withPassphrase(command('unlock'))
    .description('open it in the Countersign that runs; what waited is judged')
    .option('--json', 'as JSON')
    .action((options: DataKeyOptions) => unlockDataKey(context, options))
  withPassphrase(command('add'))
    .description('add a way to open it')
    .addArgument(kind())
    .option('--json', 'as JSON')
    .action((slot: SlotKind, options: DataKeyOptions) => addSlot(context, slot, options))
  withPassphrase(command('change-passphrase'))
    .description('change the passphrase; the current one is asked for first')
    .action((options: DataKeyOptions) => changePassphrase(context, options))
  withPassphrase(command('remove'))
    .description('remove a way to open it; never the last one that is sure to open')
    .addArgument(kind())
    .action((slot: SlotKind, options: DataKeyOptions) => removeSlot(context, slot, options))
  withPassphrase(command('rotate'))
    .description('make a new key and seal every secret anew')
    .option('--json', 'as JSON')
    .action((options: DataKeyOptions) => rotateDataKey(context, options))
  command('begin-anew')
    .description('begin with a new key where the old one is lost; nothing is deleted')
    .option('--yes', 'really')
    .option('--json', 'as JSON')
    .action((options: DataKeyOptions & { yes?: boolean }) => beginAnew(context, options))
  withPassphrase(command('recover'))
    .description('open what lies under a former key that came back')
    .option('--key-file <file>', 'the key file of that time', pathValue)
    .action((options: DataKeyOptions & { keyFile?: string }) => recoverDataKey(context, options))
}
