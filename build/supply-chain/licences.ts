import path from 'node:path'
import { licenceAllows, licenceRead } from './licence-rules.ts'
import { packageName, readLockFile } from './lock-file.ts'
import { shippedPackages } from './shipped-packages.ts'

/**
 * Holds the licence of every locked package against the rules: strictly what is shipped, laxer what
 * only development uses.
 *
 *   node build/supply-chain/licences.ts
 */
function main(root: string): number {
  const shipped = new Set(shippedPackages(root).map(({ folder }) => folder))
  const problems: string[] = []
  const readByPeople: string[] = []
  const counts = { shipped: 0, development: 0 }
  for (const [folder, locked] of readLockFile(root)) {
    if (folder === '' || locked.link === true) continue
    const use = shipped.has(folder) ? 'shipped' : 'development'
    const name = packageName(folder, locked)
    const version = locked.version ?? ''
    counts[use] += 1
    if (licenceAllows(locked.license ?? '', use)) continue
    const read = use === 'development' ? licenceRead(name, version) : null
    const line = `${name}@${version} (${use}): ${locked.license ?? 'names no licence'}`
    if (read === null) problems.push(line)
    else readByPeople.push(`${name}@${version}: ${read}`)
  }
  console.log(`licences: ${counts.shipped} packages are shipped, ${counts.development} are not`)
  for (const line of readByPeople) console.log(`licences: read by a person, not shipped: ${line}`)
  for (const line of problems) console.error(`licences: not allowed: ${line}`)
  if (problems.length > 0) {
    console.error('licences: read it, then see build/supply-chain/licence-rules.ts')
  }
  return problems.length === 0 ? 0 : 1
}

process.exitCode = main(path.resolve(import.meta.dirname, '..', '..'))
