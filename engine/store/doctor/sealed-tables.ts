import Database from 'better-sqlite3'
import { databaseFile } from '#engine/store/database-file.ts'
import { type EndpointsTable, endpointsTable } from '#engine/store/endpoints-table.ts'
import { isDamage } from '#engine/store/salvage/damage.ts'
import { type SecretsTable, secretsTable } from '#engine/store/secrets-table.ts'
import { type SlotsTable, slotsTable } from '#engine/store/slots-table.ts'

export interface SealedTables {
  secrets: SecretsTable
  slots: SlotsTable
  endpoints: EndpointsTable
  close(): void
}

/** What is sealed, to be read only; `null`: the database is damaged or of an earlier version. */
export function openSealedTables(dataDir: string): SealedTables | null {
  const db = new Database(databaseFile(dataDir), { readonly: true, fileMustExist: true })
  try {
    const tables = {
      secrets: secretsTable(db),
      slots: slotsTable(db),
      endpoints: endpointsTable(db),
    }
    return { ...tables, close: () => void db.close() }
  } catch (error) {
    db.close()
    if (error instanceof Error && (isDamage(error) || /no such/.test(error.message))) return null
    throw error
  }
}
