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
    const runs = allNodes(tree).filter(({ commands }) => commands.length === 0)
    const expected = runs.flatMap(({ path: words, options }) => [
      `.SS countersign ${words.join(' ')}`,
      ...options.map(({ flags }) => flags).filter((flags) => !flags.includes('--help')),
    ])
    expect(expected.filter((text) => !plain.includes(text))).toEqual([])
    expect(page).toMatch(/^[\x20-\x7e\n]*$/)
    const macros = /^\.(?:TH|SH|SS|B|I|RI|PP|TP|RS|RE|nf|fi)\b/
    expect(page.split('\n').filter((line) => /^[.']/.test(line) && !macros.test(line))).toEqual([])
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
