import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { absolute } from './absolute.ts'

/** A line of a `sh` block. */
export interface ShownCommand {
  /** Such as `docs/secrets.md:20`. */
  where: string
  file: string
  line: string
}

/** Pages whose `sh` blocks are run: what people follow, the README first. */
export function pages(): string[] {
  const docs = readdirSync(absolute('docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md') && !/node_modules|\.vitepress/.test(name))
    .map((name) => path.posix.join('docs', name.split(path.sep).join('/')))
  return ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'build/npm-readme.md', ...docs.sort()]
}

/** The lines of the `sh` blocks of a page, also of blocks within lists; continued lines as one. */
export function shownCommands(file: string): ShownCommand[] {
  const found: ShownCommand[] = []
  let open: { indent: number } | null = null
  let continued = ''
  for (const [index, text] of readFileSync(absolute(file), 'utf8').split('\n').entries()) {
    const fence = /^( *)```(\S*)/.exec(text)
    if (fence && open === null) open = fence[2] === 'sh' ? { indent: fence[1]?.length ?? 0 } : null
    else if (fence) open = null
    else if (open !== null) {
      const line = continued + text.slice(open.indent)
      continued = line.endsWith('\\') ? line.slice(0, -1) : ''
      if (continued === '' && /^[^#\s]/.test(line))
        found.push({ where: `${file}:${index + 1}`, file, line })
    }
  }
  return found
}
