import type { Command } from 'commander'
import type { CommonOptions, Context } from '#cli/context.ts'
import { escapeTerminal } from '#cli/escape.ts'
import { runtimeFailure, usageFailure } from '#cli/failure.ts'
import { findOwnSchemes } from '#cli/own-schemes.ts'
import { verifierCode, verifierTargets } from '#engine/interchange/verifier-code/verifier-code.ts'
import { findScheme } from '#engine/signatures/catalogue.ts'

interface Options extends CommonOptions {
  scheme: string
  target: string
  json?: boolean
}

/** `code` on the command line; what it takes is said here, beside what it does. */
export function addCodeCommand(command: Command, context: Context): void {
  const targets = verifierTargets.map(({ id }) => id).join(', ')
  command
    .description('print receiver code that verifies a scheme, ready to paste')
    .requiredOption('--scheme <id>', 'how the provider signs, such as stripe')
    .requiredOption('--target <id>', `one of ${targets}`)
    .option('--json', 'language, filename, code and notes as JSON')
    .action((options: Options) => printCode(context, options))
}

/**
 * `countersign code --scheme ID --target ID [--json]`: the code on standard output; what to know
 * beside it goes to standard error, so that the output can be written to a file.
 */
async function printCode(context: Context, options: Options): Promise<void> {
  const target = verifierTargets.find(({ id }) => id === options.target)
  if (!target) {
    const ids = verifierTargets.map(({ id }) => id).join(', ')
    throw usageFailure(
      `There is no code for “${escapeTerminal(options.target)}”. There is for: ${ids}.`,
    )
  }
  const scheme = findScheme(options.scheme) ?? (await findOwn(context, options))
  if (!scheme) {
    throw usageFailure(
      `There is no scheme “${escapeTerminal(options.scheme)}”. “countersign schemes list” names them all.`,
    )
  }
  const made = verifierCode(scheme, target.id)
  if ('problem' in made) throw runtimeFailure(made.problem)
  if (options.json) {
    context.output.json({ scheme: scheme.id, target: target.id, ...made })
    return
  }
  context.output.line(made.code.trimEnd())
  context.output.note(escapeTerminal(`${made.filename}: ${scheme.name}, ${target.label}.`))
  for (const note of made.notes) context.output.note(escapeTerminal(note))
}

async function findOwn(context: Context, { scheme, dataDir }: Options) {
  const { own, notes } = await findOwnSchemes(dataDir)
  for (const note of notes) context.output.note(escapeTerminal(note))
  return findScheme(scheme, own)
}
