import { SqliteError } from 'better-sqlite3'
import { databaseFile } from '#engine/store/database-file.ts'
import { headerDamage, isDamage } from './damage.ts'
import { lookAtLog } from './page-file.ts'
import { finishRecovery, recoverDatabase } from './recover.ts'

/** A schema that lost a table or a column, of a database that says it has them. */
function lacksSchema(error: unknown): boolean {
  return (
    error instanceof SqliteError &&
    error.code === 'SQLITE_ERROR' &&
    /^(no such (table|column|index|view|module)|malformed database schema|vtable constructor failed)/.test(
      error.message,
    )
  )
}

/**
 * Opens a database; where it turns out to be damaged, sets it aside first and opens what could be
 * saved of it. Whoever calls holds the data directory alone.
 * @param open is told whether the end of the log was torn or damaged
 */
export function recovering<T>(dataDir: string, open: (torn: boolean) => T): T {
  finishRecovery(dataDir)
  const log = lookAtLog(`${databaseFile(dataDir)}-wal`)
  const wrong = headerDamage(dataDir, log.state)
  if (wrong !== null) recoverDatabase(dataDir, wrong)
  try {
    return open(wrong === null && log.hasTail)
  } catch (error) {
    if (!(error instanceof Error) || !(isDamage(error) || lacksSchema(error))) throw error
    recoverDatabase(dataDir, error.message)
    return open(false)
  }
}
