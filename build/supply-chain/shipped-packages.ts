import { readdirSync, readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import path from 'node:path'
import { type LockedPackage, packageName, readLockFile, resolveFrom } from './lock-file.ts'

/** A package that people get with the app: installed beside it, bundled into it, or Electron. */
export interface ShippedPackage {
  /** Its folder in the lock file, such as `node_modules/zod`. */
  folder: string
  name: string
  locked: LockedPackage
}

const PRODUCT = ['contract', 'engine', 'electron', 'server', 'cli', 'renderer']
const SOURCE = /\.(?:ts|tsx|css|cjs)$/
const NOT_SHIPPED = /\.(?:test|fixture|d)\.tsx?$/
/** Statements at the beginning of a line, and what is loaded later; not words in texts. */
const SPECIFIER =
  /(?:^(?:import|export)\s(?:[^'"`;]*\sfrom\s)?|^@import\s|\bimport\(|\brequire\(|\burl\()\s*['"]([^'"\n]+)['"]/gm
const PACKAGE = /^(?:@[\w.-]+\/)?[\w.-]+$/

/** Its own program comes along; what its npm package needs to fetch that does not. */
const LEAVES = new Set(['electron'])

function* sources(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name)
    if (entry.isDirectory()) yield* sources(file)
    else if (SOURCE.test(entry.name) && !NOT_SHIPPED.test(entry.name)) yield file
  }
}

/** The package that a specifier names; `null`: a file of ours or a module of Node's. */
export function packageOf(specifier: string): string | null {
  if (/^(?:[.#/]|node:|data:|https?:)/.test(specifier) || specifier === '') return null
  const parts = specifier.split('/')
  const name = parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/')
  return builtinModules.includes(name) || !PACKAGE.test(name) ? null : name
}

/** Names of the packages that files of the product import, sorted. */
export function importedPackages(root: string): string[] {
  const names = new Set<string>()
  for (const folder of PRODUCT) {
    for (const file of sources(path.join(root, folder))) {
      for (const [, specifier = ''] of readFileSync(file, 'utf8').matchAll(SPECIFIER)) {
        const name = packageOf(specifier)
        if (name !== null) names.add(name)
      }
    }
  }
  return [...names].sort()
}

/**
 * Every package whose code can reach a person who installs Countersign: what the product imports,
 * and what that depends on in turn. More than the bundler keeps, never less.
 */
export function shippedPackages(root: string): ShippedPackage[] {
  const packages = readLockFile(root)
  const found = new Map<string, ShippedPackage>()
  const take = (folder: string) => {
    const locked = packages.get(folder)
    if (locked === undefined || found.has(folder)) return
    const name = packageName(folder, locked)
    found.set(folder, { folder, name, locked })
    if (LEAVES.has(name)) return
    for (const dependency of needs(locked)) {
      const next = resolveFrom(packages, folder, dependency)
      if (next !== null) take(next)
    }
  }
  for (const name of importedPackages(root)) {
    const folder = resolveFrom(packages, '', name)
    if (folder === null)
      throw new Error(`The product imports ${name}, which is not in the lock file.`)
    take(folder)
  }
  return [...found.values()].sort((a, b) => (a.folder < b.folder ? -1 : 1))
}

/** What it needs of others; a peer that it can do without is left to those who import it. */
function needs(locked: LockedPackage): string[] {
  const { dependencies = {}, optionalDependencies = {}, peerDependencies = {} } = locked
  const peers = Object.keys(peerDependencies).filter(
    (name) => locked.peerDependenciesMeta?.[name]?.optional !== true,
  )
  return [...Object.keys(dependencies), ...Object.keys(optionalDependencies), ...peers]
}
