import type { Database } from 'better-sqlite3'
import type { SettingChange, SettingRow } from './types.ts'

/** What schemes need beside the secret, by endpoint and name. */
export interface EndpointSettingsTable {
  /** By name; of every endpoint without an id. */
  list(endpointId?: number): SettingRow[]
}

export interface SettingsWriter {
  /** Whether anything is another now. To be called inside a transaction. */
  change(endpointId: number, changes: readonly SettingChange[]): boolean
  removeAll(endpointId: number): void
}

const COLUMNS = 'endpoint_id AS endpointId, name, value, sealed, seal_context AS sealContext'

export function endpointSettingsTable(db: Database): EndpointSettingsTable {
  const all = db.prepare<[], SettingRow>(
    `SELECT ${COLUMNS} FROM endpoint_settings ORDER BY endpoint_id, name`,
  )
  const ofEndpoint = db.prepare<[number], SettingRow>(
    `SELECT ${COLUMNS} FROM endpoint_settings WHERE endpoint_id = ? ORDER BY name`,
  )
  return {
    list: (endpointId) => (endpointId === undefined ? all.all() : ofEndpoint.all(endpointId)),
  }
}

export function settingsWriter(db: Database): SettingsWriter {
  const get = db.prepare<[number, string], SettingRow>(
    `SELECT ${COLUMNS} FROM endpoint_settings WHERE endpoint_id = ? AND name = ?`,
  )
  const put = db.prepare(
    `INSERT OR REPLACE INTO endpoint_settings (endpoint_id, name, value, sealed, seal_context)
     VALUES (?, ?, ?, ?, ?)`,
  )
  const drop = db.prepare('DELETE FROM endpoint_settings WHERE endpoint_id = ? AND name = ?')
  const dropAll = db.prepare('DELETE FROM endpoint_settings WHERE endpoint_id = ?')

  const changeOne = (endpointId: number, { name, to }: SettingChange): boolean => {
    const old = get.get(endpointId, name)
    if (to === null) return drop.run(endpointId, name).changes > 0
    if ('value' in to) {
      if (old?.value === to.value) return false
      put.run(endpointId, name, to.value, null, null)
    } else {
      put.run(endpointId, name, null, to.sealed, to.sealContext)
    }
    return true
  }
  return {
    change: (endpointId, changes) =>
      changes.map((each) => changeOne(endpointId, each)).includes(true),
    removeAll: (endpointId) => {
      dropAll.run(endpointId)
    },
  }
}
