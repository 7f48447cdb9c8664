import { openStore } from '#engine/store/open-store.ts'
import { expectNone } from './breach.ts'
import { checkDatabase, orphanedBodies, readStored, type Stored } from './stored.ts'

/**
 * Opens a data directory as the next start would, with what its log still holds, sweeps what a
 * crash left, and reads what lies behind `afterId`.
 * @throws Breach when the database is not sound, or bodies stay that no row names
 */
export function reopen(dataDir: string, afterId = 0): Stored[] {
  const store = openStore(dataDir)
  try {
    const { complete } = store.sweepOrphanedBodies()
    checkDatabase(dataDir)
    if (complete) expectNone('Body files stay that no row names.', orphanedBodies(dataDir))
    return readStored(dataDir, afterId)
  } finally {
    store.close()
  }
}
