import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { allNodes } from './command-tree.ts'
import { manPage } from './man-page.ts'
import { wholeTree } from './whole-tree.ts'

const tree = wholeTree()
const page = manPage(tree, { version: '1.2.3', date: '2026-01-02' })
const has = (program: string) => spawnSync('which', [program]).status === 0

describe('countersign(1)', () => {
  it('has every command and option, and nothing that the macros would read', () => {
    const plain = page.replaceAll('\\-', '-')
    for (const { path: words, options, commands } of allNodes(tree)) {
      if (commands.length > 0) continue
      expect(plain).toContain(`.SS countersign ${words.join(' ')}`)
      for (const { flags } of options) if (!flags.includes('--help')) expect(plain).toContain(flags)
    }
    expect(page).toMatch(/^[\x20-\x7e\n]*$/)
    for (const line of page.split('\n')) {
      if (line.startsWith('.')) expect(line).toMatch(/^\.(?:TH|SH|SS|B|I|RI|PP|TP|RS|RE|nf|fi)\b/)
      expect(line).not.toMatch(/^'/)
    }
  })

  it.runIf(has('groff'))('groff prints it without a complaint, as it can be typed', () => {
    const said = run('groff', ['-man', '-Tutf8', '-ww', '-P-cbou', '-rLL=200n'])
    expect([said.status, said.stderr]).toEqual([0, ''])
    expect(said.stdout).toContain('countersign endpoints add [options] <name>')
    expect(said.stdout).toContain('--secret-env <variable>')
    expect(said.stdout).toContain('“Name: value”')
  })

  it.runIf(has('mandoc'))('mandoc prints it, and finds no error', () => {
    const said = run('mandoc', ['-T', 'lint', '-W', 'error'])
    expect([said.status, said.stdout]).toEqual([0, ''])
    expect(run('mandoc', ['-T', 'utf8']).stdout).toContain('countersign endpoints add')
  })
})

function run(program: string, args: readonly string[]) {
  return spawnSync(program, args, { input: page, encoding: 'utf8' })
}
