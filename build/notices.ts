import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { ShippedPackage } from './supply-chain/shipped-packages.ts'

const LICENCE_FILE = /^(?:licen[cs]e|copying|notice)(?:[-.].*)?$/i

/**
 * The licences of the packages whose code is bundled, as their makers wrote them: most of them ask
 * that they go with every copy.
 */
export function notices(root: string, packages: readonly ShippedPackage[]): string {
  const parts = packages.map(({ folder, name, locked }) => {
    const head = `${name} ${locked.version ?? ''} (${locked.license ?? 'see its files'})`
    return [head, '-'.repeat(head.length), '', licenceText(path.join(root, folder))].join('\n')
  })
  const first = 'Countersign contains code of the packages below, or of parts of them.'
  return `${[first, ...parts].join('\n\n')}\n`
}

function licenceText(folder: string): string {
  const files = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && LICENCE_FILE.test(entry.name))
    .map(({ name }) => readFileSync(path.join(folder, name), 'utf8').trim())
  return files.length === 0
    ? 'It carries no licence file; the licence is named above.'
    : files.join('\n\n')
}
