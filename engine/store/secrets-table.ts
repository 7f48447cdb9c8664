import type { Database } from 'better-sqlite3'
import type { SecretRow } from './types.ts'

/** Sealed signing secrets. Every change raises the revision of the endpoint with it. */
export interface SecretsTable {
  /** In order of creation; of every endpoint without an id. */
  list(endpointId?: number): SecretRow[]
  get(id: number): SecretRow | null
  /** @param sealContext what `sealed` was sealed with; a replacement is sealed with the same */
  add(endpointId: number, name: string, sealed: Uint8Array, sealContext: string): SecretRow
  /** `null`: there is no such secret. */
  replace(id: number, change: { name?: string | undefined; sealed: Uint8Array }): SecretRow | null
  remove(id: number): boolean
}

const COLUMNS =
  'id, endpoint_id AS endpointId, name, sealed, seal_context AS sealContext, created_at_ms AS createdAtMs'

export function secretsTable(db: Database): SecretsTable {
  const all = db.prepare<[], SecretRow>(`SELECT ${COLUMNS} FROM secrets ORDER BY id`)
  const ofEndpoint = db.prepare<[number], SecretRow>(
    `SELECT ${COLUMNS} FROM secrets WHERE endpoint_id = ? ORDER BY id`,
  )
  const get = db.prepare<[number], SecretRow>(`SELECT ${COLUMNS} FROM secrets WHERE id = ?`)
  const insert = db.prepare(
    'INSERT INTO secrets (endpoint_id, name, sealed, seal_context, created_at_ms) VALUES (?, ?, ?, ?, ?)',
  )
  const change = db.prepare('UPDATE secrets SET name = ?, sealed = ? WHERE id = ?')
  const drop = db.prepare('DELETE FROM secrets WHERE id = ?')
  const raise = db.prepare('UPDATE endpoints SET revision = revision + 1 WHERE id = ?')

  const add = db.transaction(
    (endpointId: number, name: string, sealed: Uint8Array, sealContext: string): SecretRow => {
      const done = insert.run(endpointId, name, sealed, sealContext, Date.now())
      raise.run(endpointId)
      const row = get.get(Number(done.lastInsertRowid))
      if (row === undefined) throw new Error('A secret that was just added cannot be read.')
      return row
    },
  )

  const replace = db.transaction(
    (id: number, next: { name?: string | undefined; sealed: Uint8Array }): SecretRow | null => {
      const old = get.get(id)
      if (old === undefined) return null
      change.run(next.name ?? old.name, next.sealed, id)
      raise.run(old.endpointId)
      return get.get(id) ?? null
    },
  )

  const remove = db.transaction((id: number): boolean => {
    const old = get.get(id)
    if (old === undefined) return false
    drop.run(id)
    raise.run(old.endpointId)
    return true
  })

  return {
    list: (endpointId) => (endpointId === undefined ? all.all() : ofEndpoint.all(endpointId)),
    get: (id) => get.get(id) ?? null,
    add: (endpointId, name, sealed, sealContext) =>
      add.immediate(endpointId, name, sealed, sealContext),
    replace: (id, next) => replace.immediate(id, next),
    remove: (id) => remove.immediate(id),
  }
}
