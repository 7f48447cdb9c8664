import { Argument, type Command } from 'commander'
import { defaultDataDir } from '#engine/rpc/data-dir.ts'
import { connectControlSocket } from '#engine/rpc/control-client.ts'
import { schemes } from '#engine/signatures/catalogue.ts'
import { completionScript, type Shell, shells } from './completion/shells.ts'
import type { Context } from './context.ts'
import { escapeTerminal } from './escape.ts'
import { commandTree } from './reference/command-tree.ts'

const HOW = `
bash        eval "$(countersign completion bash)"              in ~/.bashrc
zsh         source <(countersign completion zsh)               in ~/.zshrc, after compinit
fish        countersign completion fish | source               in ~/.config/fish/config.fish
PowerShell  countersign completion powershell | Out-String | Invoke-Expression    in $PROFILE`

/**
 * `countersign completion SHELL`; the scripts ask `completion endpoints`, which help does not show,
 * for names of endpoints.
 */
export function addCompletionCommand(program: Command, context: Context): void {
  const completion = program
    .command('completion')
    .description('print what makes a shell complete commands, options, schemes and endpoints')
    .addHelpText('after', HOW)
    .addArgument(new Argument('<shell>', `one of ${shells.join(', ')}`).choices(shells))
    .action((shell: Shell) => {
      const schemeIds = schemes.map(({ id }) => id)
      const script = completionScript(shell, { tree: commandTree(program), schemeIds })
      context.output.line(script.trimEnd())
    })
  completion.command('endpoints', { hidden: true }).action(() => printEndpointNames(context))
}

/**
 * The names of the endpoints, a line each, as a running Countersign knows them. Without one there
 * are none: a shell that waits for the next key must not open a data directory.
 */
async function printEndpointNames({ env, output }: Context): Promise<void> {
  const connection = await connectControlSocket(defaultDataDir(env))
  if (connection === null) return
  try {
    for (const { name } of await connection.client.endpoints.list()) {
      output.line(escapeTerminal(name))
    }
  } finally {
    connection.close()
  }
}
