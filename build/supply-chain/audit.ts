import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { type Finding, readAudit } from './audit-report.ts'
import { shippedPackages } from './shipped-packages.ts'

/** The registry was asked and gave no report. */
const NOT_ANSWERED = 3

/**
 * Asks the registry for known vulnerabilities of the locked packages.
 *
 *   node build/supply-chain/audit.ts
 *
 * Exits 1 for any in what is shipped; those in what only development uses are listed. Exits 3 when
 * the registry gives no report: then nothing was checked, which is not the same as nothing found.
 */
function main(root: string): number {
  const shipped = new Set(shippedPackages(root).map(({ folder }) => folder))
  const { stdout, error } = spawnSync('npm', ['audit', '--json'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    timeout: 120_000,
    shell: process.platform === 'win32',
  })
  const outcome = error
    ? { answered: false as const, why: error.message }
    : readAudit(stdout, shipped)
  if (!outcome.answered) {
    console.error(`audit: NOT CHECKED, the registry gave no report: ${outcome.why}`)
    return NOT_ANSWERED
  }
  const found = outcome.findings.filter((finding) => finding.shipped)
  const beside = outcome.findings.filter((finding) => !finding.shipped)
  for (const finding of beside) console.log(`audit: not shipped: ${sentence(finding)}`)
  for (const finding of found) console.error(`audit: SHIPPED: ${sentence(finding)}`)
  console.log(
    `audit: ${found.length} known vulnerabilities in ${shipped.size} shipped packages, ` +
      `${beside.length} in others`,
  )
  return found.length === 0 ? 0 : 1
}

function sentence({ name, severity, because }: Finding): string {
  return `${name}, ${severity}: ${because.join('; ')}`
}

process.exitCode = main(path.resolve(import.meta.dirname, '..', '..'))
