import { existsSync } from 'node:fs'
import path from 'node:path'

const root = path.join(import.meta.dirname, '..', '..')

/** Where a run of Vitest puts what it builds of the sources; another run meanwhile has its own. */
export const BUILT_FOLDER = 'COUNTERSIGN_BUILT'

/** The programs look for package.json above their folder, as those in `dist` do. */
export const builtFolder = path.join(root, `.built-${process.pid}`)

/** What Node makes of TypeScript, kept from run to run; it knows by the content when to renew it. */
export const compiledFolder = path.join(root, 'node_modules', '.cache', 'compiled')

/** A program as this run of Vitest built it, else its source, which Node strips of its types. */
export function builtOr(source: string, name: string): string {
  const built = path.join(process.env[BUILT_FOLDER] ?? '', name)
  return existsSync(built) ? built : source
}
