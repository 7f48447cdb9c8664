import { CommanderError } from 'commander'
import { asCommandFailure } from './api-failure.ts'
import type { Context } from './context.ts'
import { processOutput } from './output.ts'
import { buildProgram } from './program.ts'
import { version } from './project.ts'
import { stopSignal } from './stop-signal.ts'

/** Runs the command line of this process; gives its exit code. */
async function main(): Promise<number> {
  const output = processOutput()
  const context: Context = { output, stdin: process.stdin, env: process.env, stopSignal }
  let exitCode = 0
  const program = buildProgram(context, version(), (code) => {
    exitCode = code
  })
  try {
    await program.parseAsync()
  } catch (error) {
    if (error instanceof CommanderError) exitCode = error.exitCode === 0 ? 0 : 2
    else {
      const failure = asCommandFailure(error)
      output.note(failure.message)
      exitCode = failure.exitCode
    }
  }
  await output.flushed()
  return exitCode
}

// Exits itself: what a dependency may have left open must not keep a script waiting.
void main().then((code) => process.exit(code))
