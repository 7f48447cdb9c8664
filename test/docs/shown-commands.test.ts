import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseOnly } from '#cli/reference/whole-tree.ts'
import { absolute } from './absolute.ts'
import { openDocsWorld } from './docs-world.ts'
import { whyNotRun } from './not-run.ts'
import { shellCommands } from './shell-lines.ts'
import { pages, type ShownCommand, shownCommands } from './shown-commands.ts'

const manifest: { scripts: Record<string, string> } = JSON.parse(
  readFileSync(absolute('package.json'), 'utf8'),
)

/** They end with 1 where what they look at is not as it should be, which docs may well show. */
const JUDGES = new Set(['verify', 'diagnose', 'check', 'test', 'doctor'])

/** Provider pages are one page made of 158 schemes: a few are followed to the end. */
const FOLLOWED = ['stripe', 'github', 'standard-webhooks', 'slack', 'discord']
const isProvider = (page: string) => page.startsWith('docs/providers/')
/** api-commands.test.ts runs those of docs/api.md, with a browser shell. */
const isFollowed = (page: string) =>
  page !== 'docs/api.md' &&
  (!isProvider(page) || FOLLOWED.some((id) => page === `docs/providers/${id}.md`))

describe('every command that the docs show runs', () => {
  const shown = pages()
    .filter(isFollowed)
    .map((page) => [page, shownCommands(page)] as const)
    .filter(([, commands]) => commands.length > 0)

  it('finds them', () => {
    expect(shown.map(([page]) => page)).toContain('README.md')
    expect(shown.flatMap(([, commands]) => commands).length).toBeGreaterThan(40)
  })

  it.each(shown)(
    '%s',
    async (page, commands) => {
      const run = commands.filter(isRun)
      if (run.length === 0) return
      const world = await openDocsWorld(page)
      try {
        for (const each of oncePerPage(run)) {
          for (const command of shellCommands(each.line)) {
            if (command.words[0] === 'npm') continue
            const { code, text } = await world.run(command)
            const name = command.words.find((word) => !['npx', 'countersign'].includes(word)) ?? ''
            const allowed = JUDGES.has(name) ? [0, 1] : [0]
            expect(allowed, `${each.where}: ${each.line}\n${text}`).toContain(code)
          }
        }
      } finally {
        await world.end()
      }
    },
    60_000,
  )
})

it('every command of every provider page is one that the program takes', async () => {
  const shown = pages().filter(isProvider).flatMap(shownCommands)
  for (const { where, line } of shown) {
    for (const { words } of shellCommands(line)) {
      if (words[0] !== 'npx' || words[1] !== 'countersign') continue
      const problem = await parseOnly(words.slice(2)).catch((error: unknown) => String(error))
      expect(problem, `${where}: ${line}`).toBeUndefined()
    }
  }
})

it('notices an option that does not exist, and one that lost its value', async () => {
  await expect(parseOnly(['list', '--lmit', '3'])).rejects.toThrow(/unknown option/)
  await expect(parseOnly(['list', '--limit'])).rejects.toThrow(/argument missing/)
  await expect(parseOnly(['lsit'])).rejects.toThrow(/unknown command/)
  await expect(parseOnly(['endpoints', 'add', 'x'])).rejects.toThrow(/--path/)
})

/** Whether any of it is run; `npm` lines are looked up, and throw for a script that there is not. */
function isRun({ line }: ShownCommand): boolean {
  return line
    .split(' && ')
    .map((part) => whyNotRun(part, manifest.scripts))
    .some((why) => why === null)
}

const plain = (line: string) => line.replace(/\s+#.*$/, '').trim()

/** A README says some things twice; an endpoint is added once. */
function oncePerPage(commands: readonly ShownCommand[]): ShownCommand[] {
  return commands.filter(
    (one, at) => commands.findIndex(({ line }) => plain(line) === plain(one.line)) === at,
  )
}
