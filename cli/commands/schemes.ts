import type { Scheme } from '#contract/scheme.ts'
import type { CommonOptions, Context } from '#cli/context.ts'
import { escapeTerminal } from '#cli/escape.ts'
import { messageOf, usageFailure } from '#cli/failure.ts'
import { findOwnSchemes } from '#cli/own-schemes.ts'
import { schemeLine, schemeLines, signedText } from '#cli/scheme-lines.ts'
import { withSession } from '#cli/session.ts'
import { findScheme, schemeInfo, schemes as catalogue } from '#engine/signatures/catalogue.ts'
import { checkScheme } from '#engine/signatures/check-scheme.ts'
import { readBytes } from './verify.ts'

type Options = CommonOptions & { json?: boolean }

async function ownSchemes(context: Context, dataDir: string): Promise<readonly Scheme[]> {
  const { own, notes } = await findOwnSchemes(dataDir)
  for (const note of notes) context.output.note(escapeTerminal(note))
  return own
}

/** `countersign schemes list [--json]`: the catalogue and your own; with `--json` one per line. */
export async function listSchemes(context: Context, options: Options): Promise<void> {
  const own = await ownSchemes(context, options.dataDir)
  for (const scheme of [...catalogue, ...own]) {
    const isOwn = own.includes(scheme)
    if (options.json) context.output.json(schemeInfo(scheme, isOwn))
    else context.output.line(schemeLine(scheme, isOwn))
  }
}

/** `countersign schemes show ID [--json]`: with `--json` the data itself, as a file would hold it. */
export async function showScheme(context: Context, id: string, options: Options): Promise<void> {
  const own = await ownSchemes(context, options.dataDir)
  const scheme = findScheme(id, own)
  if (scheme === null) {
    throw usageFailure(
      `There is no scheme “${escapeTerminal(id)}”. “countersign schemes list” names them all.`,
    )
  }
  if (options.json) context.output.json(scheme)
  else for (const line of schemeLines(scheme, own.includes(scheme))) context.output.line(line)
}

async function readScheme(context: Context, file: string): Promise<unknown> {
  const text = Buffer.from(await readBytes(file, context.stdin)).toString('utf8')
  try {
    return JSON.parse(text)
  } catch (error) {
    throw usageFailure(`${file} is not JSON (${escapeTerminal(messageOf(error))}).`)
  }
}

/**
 * `countersign schemes validate FILE [--json]`: every problem with its place, and what the scheme
 * would sign.
 *
 * @returns the exit code: 0 it can be added, 1 it cannot
 */
export async function validateScheme(
  context: Context,
  file: string,
  options: { json?: boolean },
): Promise<0 | 1> {
  const takenIds = new Set(catalogue.map(({ id }) => id))
  const checked = checkScheme(await readScheme(context, file), { takenIds })
  const problems = 'problems' in checked ? checked.problems : []
  if (options.json) {
    const signs = 'scheme' in checked ? signedText(checked.scheme) : null
    context.output.json({ valid: problems.length === 0, problems, signs })
  } else {
    for (const { path, sentence } of problems) {
      context.output.line(escapeTerminal(path === '' ? sentence : `${path}: ${sentence}`))
    }
    if ('scheme' in checked) {
      const { scheme } = checked
      context.output.line(escapeTerminal(`${scheme.name} (${scheme.id}) can be used.`))
      context.output.line(escapeTerminal(`It signs: ${signedText(scheme)}`))
    }
  }
  return problems.length === 0 ? 0 : 1
}

/** `countersign schemes add FILE [--json]`: adds a scheme of your own, or replaces the one of its id. */
export async function addScheme(context: Context, file: string, options: Options): Promise<void> {
  const scheme = await readScheme(context, file)
  await withSession(options.dataDir, async (client) => {
    const problems = await client.schemes.check({ scheme })
    if (problems.length > 0) {
      const lines = problems.map(({ path, sentence }) => `  ${path}: ${sentence}`)
      throw usageFailure(escapeTerminalList(`${file} cannot be used:`, lines))
    }
    const saved = await client.schemes.save({ scheme })
    if (options.json) context.output.json(saved.scheme)
    else context.output.line(escapeTerminal(`Added ${saved.scheme.name} (${saved.scheme.id}).`))
  })
}

function escapeTerminalList(first: string, lines: readonly string[]): string {
  return [first, ...lines].map(escapeTerminal).join('\n')
}

/** `countersign schemes remove ID`: one of your own that no endpoint uses. */
export async function removeScheme(
  context: Context,
  id: string,
  options: CommonOptions,
): Promise<void> {
  await withSession(options.dataDir, async (client) => {
    await client.schemes.remove({ id })
    context.output.line(escapeTerminal(`Removed ${id}.`))
  })
}
