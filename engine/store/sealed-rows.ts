import type { Database } from 'better-sqlite3'
import { AUTHORITY_KEY_SETTING } from '#engine/local-ca/sealed-key.ts'
import type { SealedRow } from '#engine/secrets/types.ts'

export interface SealedRows {
  list(): SealedRow[]
  /** Another ciphertext of the same text: nothing that is judged with it changes. */
  replace(row: SealedRow, sealed: Uint8Array): void
}

export function sealedRows(db: Database): SealedRows {
  const secrets = db.prepare<[], Omit<Extract<SealedRow, { of: 'secret' }>, 'of'>>(
    `SELECT id, endpoint_id AS endpointId, seal_context AS sealContext, sealed
     FROM secrets ORDER BY id`,
  )
  const settings = db.prepare<[], Omit<Extract<SealedRow, { of: 'setting' }>, 'of'>>(
    `SELECT endpoint_id AS endpointId, name, seal_context AS sealContext, sealed
     FROM endpoint_settings WHERE sealed IS NOT NULL ORDER BY endpoint_id, name`,
  )
  const setSecret = db.prepare('UPDATE secrets SET sealed = ? WHERE id = ?')
  const setSetting = db.prepare(
    'UPDATE endpoint_settings SET sealed = ? WHERE endpoint_id = ? AND name = ?',
  )
  const authority = db
    .prepare<[string], string>(`SELECT value FROM settings WHERE key = ? AND value <> ''`)
    .pluck()
  const setAuthority = db.prepare('UPDATE settings SET value = ? WHERE key = ?')
  return {
    list: () => [
      ...secrets.all().map((row): SealedRow => ({ of: 'secret', ...row })),
      ...settings.all().map((row): SealedRow => ({ of: 'setting', ...row })),
      ...authority
        .all(AUTHORITY_KEY_SETTING)
        .map((text): SealedRow => ({ of: 'authority', sealed: Buffer.from(text, 'base64') })),
    ],
    replace(row, sealed) {
      if (row.of === 'secret') setSecret.run(sealed, row.id)
      else if (row.of === 'authority') {
        setAuthority.run(Buffer.from(sealed).toString('base64'), AUTHORITY_KEY_SETTING)
      } else setSetting.run(sealed, row.endpointId, row.name)
    },
  }
}
