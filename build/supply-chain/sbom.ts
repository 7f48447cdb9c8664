import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { shippedPackages } from './shipped-packages.ts'
import { shippedOnly } from './shipped-bom.ts'

/**
 * Writes the bill of materials of what is shipped, in CycloneDX 1.5 JSON.
 *
 *   node build/supply-chain/sbom.ts [--out FILE]     (release/countersign-VERSION.cdx.json)
 *
 * npm makes it from the lock file. Nearly all of the product is bundled from devDependencies, which
 * npm cannot tell from tools, so everything is asked for and what does not ship is taken out.
 */
function main(root: string): number {
  const { values } = parseArgs({ options: { out: { type: 'string' } } })
  const { stdout, stderr, status } = spawnSync(
    'npm',
    ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'],
    {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
      shell: process.platform === 'win32',
    },
  )
  if (status !== 0) {
    console.error(`sbom: npm sbom ended with ${status}: ${stderr}`)
    return 1
  }
  const shipped = shippedPackages(root).map(({ name, locked }) => `${name}@${locked.version}`)
  const bom = shippedOnly(stdout, new Set(shipped))
  const file = values.out ?? path.join(root, 'release', `countersign-${bom.version}.cdx.json`)
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, bom.text)
  console.log(`sbom: ${bom.components} components in ${path.relative(root, file)}`)
  return 0
}

process.exitCode = main(path.resolve(import.meta.dirname, '..', '..'))
