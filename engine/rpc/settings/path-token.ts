import { randomBytes } from 'node:crypto'
import type { SettingsTable } from '#engine/store/settings-table.ts'

/** The random prefix of every path; kept so that URLs that were handed out stay good. */
export interface PathTokens {
  /** Made when it is asked for the first time. */
  current(): string
  renew(): void
}

const SETTING = 'pathToken'
/** 144 bits: nobody guesses it over a network. */
const TOKEN_BYTES = 18

export function pathTokens(table: SettingsTable): PathTokens {
  let known = table.get(SETTING)
  const renew = () => {
    const token = randomBytes(TOKEN_BYTES).toString('base64url')
    table.set(SETTING, token)
    known = token
    return token
  }
  return { current: () => known ?? renew(), renew: () => void renew() }
}
