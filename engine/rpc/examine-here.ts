import fs from 'node:fs'
import type { Diagnosis, Finding } from '#contract/health.ts'
import { EngineStartError } from '#engine/options.ts'
import { openVault } from '#engine/secrets/vault.ts'
import { databaseFile } from '#engine/store/database-file.ts'
import { REBUILT } from '#engine/store/doctor/examine.ts'
import { dataFacts } from '#engine/store/doctor/facts.ts'
import { examine } from '#engine/store/doctor/health-task.ts'
import { acknowledgeIncident, listIncidents } from '#engine/store/salvage/incident.ts'
import { recoverDatabase } from '#engine/store/salvage/recover.ts'
import { openSealedTables } from '#engine/store/doctor/sealed-tables.ts'
import { openControlSocket } from './control-socket.ts'
import { secretsFinding } from './health-calls.ts'

/** Opens the key as the engine would, and makes none. */
async function secretsHere(dataDir: string): Promise<Finding[]> {
  const store = openSealedTables(dataDir)
  if (store === null) return []
  try {
    if (store.slots.list().length === 0) return []
    const vault = await openVault({ slots: store.slots, dataDir, osKeyStorage: null })
    const finding = secretsFinding({ store, vault })
    vault.close()
    return [finding]
  } finally {
    store.close()
  }
}

/**
 * The doctor without an engine, on the files themselves; holds the data directory meanwhile, so that
 * none starts.
 * @throws EngineStartError when there is no data directory, or another engine has it
 */
export async function examineHere(
  dataDir: string,
  { repair, acknowledge }: { repair: boolean; acknowledge: boolean },
): Promise<Diagnosis> {
  if (!fs.existsSync(databaseFile(dataDir))) {
    throw new EngineStartError('data-dir-unusable', `There is no database in ${dataDir}.`)
  }
  const lock = await openControlSocket({ dataDir })
  if (lock.alreadyRunning) {
    throw new EngineStartError('already-running', `Another command uses ${dataDir}. Try again.`)
  }
  try {
    return await look(dataDir, repair, acknowledge)
  } finally {
    await lock.close()
  }
}

async function look(dataDir: string, repair: boolean, acknowledge: boolean): Promise<Diagnosis> {
  const startedAt = performance.now()
  let { findings, repaired } = examine(dataDir, 0, repair)
  const damaged = findings.find(({ code, level }) => level === 'wrong' && REBUILT.includes(code))
  if (repair && damaged !== undefined) {
    recoverDatabase(dataDir, damaged.sentence)
    repaired = [...repaired, 'The database was set aside and what could be read was copied.']
    findings = examine(dataDir, 0, false).findings
  }
  if (acknowledge) for (const { id } of listIncidents(dataDir)) acknowledgeIncident(dataDir, id)
  const all = [...findings, ...(await secretsHere(dataDir))]
  const tookMs = Math.round(performance.now() - startedAt)
  return { checkedAtMs: Date.now(), tookMs, facts: dataFacts(dataDir), findings: all, repaired }
}
