import { Readable } from 'node:stream'
import type { Command } from 'commander'
import type { Context } from '#cli/context.ts'
import { buildProgram } from '#cli/program.ts'
import { type CommandNode, commandTree } from './command-tree.ts'

/** For a program that is only looked at: nothing is read, written or stopped. */
const lookedAt: Context = {
  output: {
    line: () => undefined,
    json: () => undefined,
    bytes: async () => undefined,
    note: () => undefined,
    colours: false,
    gone: new AbortController().signal,
    flushed: async () => undefined,
  },
  stdin: Readable.from([]),
  env: {},
  stopSignal: () => new AbortController().signal,
}

/** The command line of this version, for what is made of it outside of the program. */
export function wholeTree(): CommandNode {
  return commandTree(buildProgram(lookedAt, '', () => undefined))
}

/**
 * Parses a command line and does nothing else.
 * @throws CommanderError, or what the option's own reader throws, for what the program does not take
 */
export async function parseOnly(args: readonly string[]): Promise<void> {
  const program = buildProgram(lookedAt, '', () => undefined)
  const silence = (command: Command) => {
    if (command.commands.length === 0) command.action(() => undefined)
    command.commands.forEach(silence)
  }
  silence(program)
  await program.parseAsync(args, { from: 'user' })
}
