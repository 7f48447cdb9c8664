import type { Command } from 'commander'
import { makeBackup } from './commands/backup.ts'
import { doctor } from './commands/doctor.ts'
import type { Context } from './context.ts'

/** `backup` and `doctor`: what keeps the data, and what looks after it. */
export function addHealthCommands(
  program: Command,
  withDataDir: (command: Command) => Command,
  context: Context,
  onExitCode: (code: number) => void,
): void {
  withDataDir(program.command('backup'))
    .description('copy everything into one archive, also while Countersign runs')
    .argument('[file]', 'where to write it (default: backups/ of the data directory)')
    .option('--force', 'write over a file that is there')
    .option('--json', 'as JSON')
    .action((file: string | undefined, options) => makeBackup(context, file, options))
  withDataDir(program.command('doctor'))
    .description('look through everything that is stored; exit 0 sound, 1 something is wrong')
    .option('--repair', 'repair what can be repaired without losing anything')
    .option('--acknowledge', 'a damaged database that was set aside need not be told of again')
    .option('--json', 'as JSON')
    .action(async (options) => onExitCode(await doctor(context, options)))
}
