import type { Command } from 'commander'
import { makeCa, printTrust, showCa } from './commands/ca.ts'
import type { Context } from './context.ts'

const NO_NAMES: readonly string[] = []

/** `ca`: the local authority of the HTTPS listener. */
export function addCaCommands(
  ca: Command,
  withDataDir: (command: Command) => Command,
  context: Context,
): void {
  ca.description('the local authority that signs certificates for the HTTPS listener')
  withDataDir(ca.command('make'))
    .description('make it; nothing is installed')
    .option(
      '--allow <name>',
      'host name or address beside private ones that it may sign for; repeat for several',
      (text: string, earlier: readonly string[]) => [...earlier, text],
      NO_NAMES,
    )
    .option('--replace', 'make another; senders that trust the one there have to trust it anew')
    .option('--json', 'as JSON')
    .action((options) => makeCa(context, options))
  withDataDir(ca.command('show'))
    .description('show it, and what it may sign for')
    .option('--pem', 'its certificate alone')
    .option('--json', 'as JSON')
    .action((options) => showCa(context, options))
  withDataDir(ca.command('trust'))
    .description('say how senders trust it: linux, macos, windows, firefox, node, curl')
    .option('--for <program>', 'only this one')
    .option('--json', 'as JSON')
    .action((options) => printTrust(context, options))
}
