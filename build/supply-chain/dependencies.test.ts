import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { readLockFile } from './lock-file.ts'
import { importedPackages, packageOf, shippedPackages } from './shipped-packages.ts'

const root = path.resolve(import.meta.dirname, '..', '..')
const Names = z.record(z.string(), z.string())
const { scripts, dependencies, devDependencies } = z
  .object({ scripts: Names, dependencies: Names, devDependencies: Names })
  .parse(JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')))
const declared = [...Object.keys(dependencies), ...Object.keys(devDependencies)].sort()

/** The names in backticks in the first column of each table of docs/dependencies.md, by heading. */
function documented(): Map<string, string[]> {
  const text = readFileSync(path.join(root, 'docs', 'dependencies.md'), 'utf8')
  const sections = text.split(/^## /m).slice(1)
  return new Map(
    sections.map((section) => {
      const [heading = ''] = section.split('\n', 1)
      const cells = [...section.matchAll(/^\|([^|]*)\|/gm)].map(([, cell = '']) => cell)
      return [
        heading,
        cells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name)),
      ]
    }),
  )
}

describe('docs/dependencies.md', () => {
  const sections = documented()

  it('names every dependency once, and none that is not there', () => {
    expect([...sections.values()].flat().sort()).toEqual(declared)
  })

  it('names what the product imports as being in the product', () => {
    const told = sections.get('In the product') ?? []
    // Electron is a program of its own: it is told among those that build and run the app.
    const imported = importedPackages(root).filter((name) => name !== 'electron')
    expect(imported.filter((name) => !told.includes(name))).toEqual([])
  })

  it('has one package that is installed with the app', () => {
    expect(Object.keys(dependencies)).toEqual(['better-sqlite3'])
  })
})

describe('what is installed', () => {
  const packages = readLockFile(root)

  it('runs nothing of ours at the installation', () => {
    const hooks = ['preinstall', 'install', 'postinstall', 'prepare', 'prepublish', 'dependencies']
    expect(Object.keys(scripts).filter((name) => hooks.includes(name))).toEqual([])
  })

  it('is locked with a digest each, and comes from nowhere but a registry', () => {
    const loose = [...packages].filter(
      ([folder, { integrity = '', link, inBundle, resolved = 'https://' }]) =>
        folder !== '' &&
        inBundle !== true &&
        (link === true || !integrity.startsWith('sha512-') || !resolved.startsWith('https://')),
    )
    expect(loose.map(([folder]) => folder)).toEqual([])
  })
})

describe('what is shipped', () => {
  const names = new Set(shippedPackages(root).map(({ name }) => name))

  it.each([
    'better-sqlite3',
    'zod',
    '@orpc/server',
    'react-dom',
    'scheduler',
    'tailwindcss',
    'electron',
  ])('%s is', (name) => expect(names).toContain(name))

  it.each(['vitest', 'svix', 'stripe', 'electron-builder', 'oxlint', 'express', '@electron/get'])(
    '%s is not',
    (name) => expect(names).not.toContain(name),
  )

  it.each([
    ['./x.ts', null],
    ['#engine/engine.ts', null],
    ['node:fs', null],
    ['fs', null],
    ['zod', 'zod'],
    ['zod/v4/core', 'zod'],
    ['@orpc/server/node', '@orpc/server'],
  ])('%s is of %s', (specifier, name) => expect(packageOf(specifier)).toBe(name))
})
