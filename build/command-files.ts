import { readFileSync } from 'node:fs'
import path from 'node:path'

/** Where the command starts; its threads are named in what it loads. */
const ENTRY = 'cli.cjs'
const MENTIONED = /\.\/([\w.-]+\.cjs)\b/g

/**
 * The built files that the command needs, by name: what it loads and starts, and what those load.
 * The desktop shell is not among them.
 *
 * @param dist the folder of the build
 */
export function commandFiles(dist: string): string[] {
  const found = new Set<string>()
  const take = (name: string) => {
    if (found.has(name)) return
    found.add(name)
    const text = readFileSync(path.join(dist, name), 'utf8')
    for (const [, other] of text.matchAll(MENTIONED)) if (other !== undefined) take(other)
  }
  take(ENTRY)
  return [...found].sort()
}
