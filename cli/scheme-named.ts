import type { Scheme } from '#contract/scheme.ts'
import { defaultDataDir } from '#engine/rpc/data-dir.ts'
import { findScheme, schemes } from '#engine/signatures/catalogue.ts'
import type { Context } from './context.ts'
import { escapeTerminal } from './escape.ts'
import { usageFailure } from './failure.ts'
import { findOwnSchemes } from './own-schemes.ts'

/**
 * The scheme of that id: of the catalogue, else one that somebody described here, which is then
 * looked for in the data directory.
 * @throws CommandFailure 2 when there is none
 */
export async function schemeNamed(
  context: Context,
  { scheme: id, dataDir }: { scheme: string; dataDir?: string },
): Promise<Scheme> {
  const known = findScheme(id)
  if (known !== null) return known
  const { own, notes } = await findOwnSchemes(dataDir ?? defaultDataDir(context.env))
  for (const note of notes) context.output.note(escapeTerminal(note))
  const found = findScheme(id, own)
  if (found !== null) return found
  const ids = [...own, ...schemes].map((one) => one.id).join(', ')
  throw usageFailure(escapeTerminal(`There is no scheme “${id}”. There are: ${ids}.`))
}
