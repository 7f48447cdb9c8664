import type { Finding } from '#contract/health.ts'
import { makeBackup, type MadeBackup } from '#engine/store/backup/make-archive.ts'
import { isDamage } from '#engine/store/salvage/damage.ts'
import { recoverDatabase } from '#engine/store/salvage/recover.ts'
import { examineDatabase, verifyDatabase } from './examine.ts'
import { repairInPlace } from './repair.ts'

/** Work that reads all there is, each on a thread of its own. */
export type HealthTask =
  | { kind: 'examine'; dataDir: string; settledMs: number; repair: boolean }
  | { kind: 'back-up'; dataDir: string }
  | { kind: 'recover'; dataDir: string; reason: string }
  | { kind: 'verify'; dataDir: string }

export interface Examined {
  findings: Finding[]
  repaired: string[]
}

export interface HealthResults {
  examine: Examined
  'back-up': MadeBackup
  recover: null
  /** What is wrong; `null`: nothing. */
  verify: string | null
}

/** A database that cannot be opened at all is a finding like any other. */
function lookThrough(dataDir: string, settledMs: number): Finding[] {
  try {
    return examineDatabase(dataDir, settledMs)
  } catch (error) {
    if (!(error instanceof Error) || !isDamage(error)) throw error
    return [
      {
        code: 'integrity',
        level: 'wrong',
        title: 'Integrity',
        sentence: `The database cannot be read: ${error.message}.`,
        repair: 'The database is set aside, and what can be read is copied into a new one.',
      },
    ]
  }
}

export function examine(dataDir: string, settledMs: number, repair: boolean): Examined {
  const findings = lookThrough(dataDir, settledMs)
  if (!repair) return { findings, repaired: [] }
  const repaired = repairInPlace(dataDir, findings, settledMs)
  return { findings: repaired.length > 0 ? lookThrough(dataDir, settledMs) : findings, repaired }
}

export function performHealthTask(task: HealthTask): HealthResults[HealthTask['kind']] {
  if (task.kind === 'examine') return examine(task.dataDir, task.settledMs, task.repair)
  if (task.kind === 'back-up') return makeBackup(task.dataDir)
  if (task.kind === 'verify') return verifyDatabase(task.dataDir)
  recoverDatabase(task.dataDir, task.reason)
  return null
}
