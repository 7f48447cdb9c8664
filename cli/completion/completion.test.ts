import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { allNodes } from '#cli/reference/command-tree.ts'
import { wholeTree } from '#cli/reference/whole-tree.ts'
import { schemes } from '#engine/signatures/catalogue.ts'
import { completionScript, shells } from './shells.ts'
import { valuedOptions } from './valued-options.ts'

const tree = wholeTree()
const schemeIds = schemes.map(({ id }) => id)
const script = (shell: (typeof shells)[number]) => completionScript(shell, { tree, schemeIds })
const has = (program: string) => spawnSync(program, ['--version']).status === 0

/** Names that would do something if a shell read them as code. */
const NAMES = [
  'stripe',
  'my shop',
  "it's",
  '$(touch owned)',
  '`touch owned`',
  '; touch owned',
  'sta*',
]

let folder: string
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'countersign-completion-'))
  mkdirSync(path.join(folder, 'bin'))
  const stub = path.join(folder, 'bin', 'countersign')
  const lines = NAMES.map((name) => `printf '%s\\n' '${name.replaceAll("'", "'\\''")}'`)
  writeFileSync(stub, `#!/bin/sh\n${lines.join('\n')}\n`)
  chmodSync(stub, 0o755)
  for (const shell of shells) writeFileSync(path.join(folder, `script.${shell}`), script(shell))
  mkdirSync(path.join(folder, 'hooks'))
  writeFileSync(path.join(folder, 'hooks.json'), '{}')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const env = () => ({ ...process.env, PATH: `${path.join(folder, 'bin')}:${process.env['PATH']}` })

describe('the scripts', () => {
  it.each(shells)('%s knows every command, option and scheme', (shell) => {
    const text = script(shell)
    for (const { path: words, options } of allNodes(tree)) {
      for (const word of words) expect(text).toContain(word)
      for (const { long } of options) expect(text).toContain(long.slice(2))
    }
    for (const id of schemeIds) expect(text).toContain(id)
  })

  it('an option takes a value in every command or in none', () => {
    const valued = new Set(valuedOptions(tree))
    const without = allNodes(tree).flatMap(({ options }) =>
      options.filter(({ takes }) => takes === 'none').map(({ long }) => long),
    )
    expect(without.filter((long) => valued.has(long))).toEqual([])
  })
})

/** What bash offers where the cursor stands, at the end of the line. */
function bash(...words: string[]): string[] {
  const text = [
    'source "$1"; shift',
    'complete -p countersign >&2',
    'COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMP_LINE="$*"; COMP_POINT=${#COMP_LINE}',
    '_countersign countersign "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"',
    'for offer in "${COMPREPLY[@]}"; do printf "%s\\n" "$offer"; done',
  ].join('\n')
  const args = ['-c', text, 'bash', path.join(folder, 'script.bash'), 'countersign', ...words]
  const said = execFileSync('bash', ['--norc', ...args], {
    ...{ env: env(), cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
  })
  return said.split('\n').filter(Boolean)
}

describe.runIf(has('bash'))('bash', () => {
  it('completes commands and commands of a group', () => {
    expect(bash('')).toEqual(tree.commands.map(({ path: words }) => words[0]))
    expect(bash('en')).toEqual(['endpoints'])
    expect(bash('endpoints', '')).toEqual(['add', 'update', 'list', 'show', 'remove'])
    expect(bash('--data-dir', 'endpoints', 'li')).toEqual(['listen', 'list'])
  })

  it('completes options and their values', () => {
    expect(bash('list', '--q')).toEqual(['--query'])
    expect(bash('endpoints', 'add', 'x', '--scheme', 'strip')).toEqual(['stripe'])
    expect(bash('verify', '--scheme', '=', 'strip')).toEqual(['stripe'])
    expect(bash('verify', '--scheme', '=').length).toBe(schemeIds.length)
    expect(bash('wait', '--verdict', 'in')).toEqual(['incomplete', 'invalid'])
    expect(bash('export', '--format', 'curl-')).toEqual([
      'curl-bash',
      'curl-powershell',
      'curl-cmd',
    ])
    expect(bash('completion', '')).toEqual([...shells])
    expect(bash('list', '--limit', '')).toEqual([])
    expect(bash('schemes', 'show', 'standard-w')).toContain('standard-webhooks')
  })

  it('completes files and folders', () => {
    expect(bash('verify', 'hoo')).toEqual(['hooks', 'hooks.json'])
    expect(bash('list', '--data-dir', 'hoo')).toEqual(['hooks'])
  })

  it('offers names of endpoints quoted, and runs nothing that stands in them', () => {
    const offers = bash('wait', '--endpoint', '')
    const read = execFileSync('bash', ['-c', `printf '%s\\n' ${offers.join(' ')}`], {
      ...{ cwd: folder, encoding: 'utf8' },
    })
    expect(read.trimEnd().split('\n')).toEqual(NAMES)
    expect(bash('endpoints', 'show', 'str')).toEqual(['stripe'])
    expect(spawnSync('ls', [path.join(folder, 'owned')]).status).not.toBe(0)
  })
})

const fish = (line: string) =>
  execFileSync(
    'fish',
    [
      '--no-config',
      '-c',
      `source ${path.join(folder, 'script.fish')}; complete -C ${JSON.stringify(line)}`,
    ],
    { env: { ...env(), HOME: folder }, cwd: folder, encoding: 'utf8' },
  )
    .split('\n')
    .map((each) => each.split('\t')[0] ?? '')
    .filter(Boolean)

/** Skipped, and so said by the reporter, where there is no fish. */
describe.runIf(has('fish'))('fish', () => {
  it('completes commands, options and values', () => {
    expect(fish('countersign end')).toEqual(['endpoints'])
    expect(fish('countersign endpoints ').sort()).toEqual([
      'add',
      'list',
      'remove',
      'show',
      'update',
    ])
    expect(fish('countersign list --quer')).toEqual(['--query'])
    expect(fish('countersign endpoints add x --scheme strip')).toContain('stripe')
    expect(fish('countersign wait --verdict inv')).toContain('invalid')
    expect(fish('countersign wait --endpoint ')).toEqual(expect.arrayContaining(NAMES))
    expect(fish('countersign list --data-dir hoo')).toEqual(['hooks/'])
  })
})

/** Skipped, and so said by the reporter, where there is no zsh. */
describe.runIf(has('zsh'))('zsh', () => {
  it('takes the script, and has a function for every command', () => {
    const text = `autoload -Uz compinit && compinit -u -D && source ${path.join(folder, 'script.zsh')} && print $_comps[countersign] && print -l \${(ok)functions[(I)_countersign*]}`
    const said = execFileSync('zsh', ['-f', '-c', text], {
      env: { ...env(), HOME: folder },
      encoding: 'utf8',
    })
    expect(said.split('\n')[0]).toBe('_countersign')
    expect(said).toContain('_countersign__endpoints__add')
  })
})

const powershell = (line: string) =>
  execFileSync(
    'pwsh',
    [
      '-NoProfile',
      '-Command',
      `. '${path.join(folder, 'script.powershell')}'; (TabExpansion2 '${line}' ${line.length}).CompletionMatches.CompletionText`,
    ],
    { env: env(), cwd: folder, encoding: 'utf8' },
  )
    .split(/\r?\n/)
    .filter(Boolean)

/** Skipped, and so said by the reporter, where there is no PowerShell. */
describe.runIf(has('pwsh'))('PowerShell', () => {
  it('completes commands and values', () => {
    expect(powershell('countersign endp')).toEqual(['endpoints'])
    expect(powershell('countersign wait --verdict inv')).toEqual(['invalid'])
  }, 30_000)
})
