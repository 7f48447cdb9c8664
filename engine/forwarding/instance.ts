import { randomBytes } from 'node:crypto'
import type { SettingsTable } from '#engine/store/settings-table.ts'

const KEY = 'instance'

/** A random name of this data directory, made once; it says nothing of whose it is. */
export function instanceIdOf(settings: Pick<SettingsTable, 'get' | 'set'>): string {
  const known = settings.get(KEY)
  if (known !== null && /^[0-9a-f]{24}$/.test(known)) return known
  const made = randomBytes(12).toString('hex')
  settings.set(KEY, made)
  return made
}
