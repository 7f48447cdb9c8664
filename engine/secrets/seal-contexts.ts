import { AUTHORITY_KEY_CONTEXT } from '#engine/local-ca/sealed-key.ts'
import type { SealedRow } from './types.ts'

/** What a secret is sealed for: it opens in its own row and for its own endpoint only. */
export function secretContext(row: { endpointId: number; sealContext: string }): string {
  return `endpoint ${row.endpointId} ${row.sealContext}`
}

/** The same for a setting that is a secret. */
export function settingContext(row: {
  endpointId: number
  name: string
  /** `null`: it is not sealed. */
  sealContext: string | null
}): string {
  return `endpoint ${row.endpointId} setting ${row.name} ${row.sealContext}`
}

/** The same for whatever lies sealed in the database. */
export function contextOf(row: SealedRow): string {
  if (row.of === 'authority') return AUTHORITY_KEY_CONTEXT
  return row.of === 'secret' ? secretContext(row) : settingContext(row)
}
