import { CommanderError } from 'commander'
import { asCommandFailure } from './api-failure.ts'
import type { Context } from './context.ts'
import { escapeTerminalLines } from './escape.ts'
import { buildProgram } from './program.ts'
import { version } from './project.ts'

/**
 * Runs one command line to its end, all failures included: what went wrong is noted in a sentence.
 *
 * @param args without the program itself
 * @returns the exit code
 */
export async function runProgram(context: Context, args: readonly string[]): Promise<number> {
  let exitCode = 0
  const program = buildProgram(context, version(), (code) => {
    exitCode = code
  })
  try {
    await program.parseAsync(args, { from: 'user' })
  } catch (error) {
    if (error instanceof CommanderError) exitCode = error.exitCode === 0 ? 0 : 2
    else {
      const failure = asCommandFailure(error)
      context.output.note(escapeTerminalLines(failure.message))
      exitCode = failure.exitCode
    }
  }
  await context.output.flushed()
  return exitCode
}
