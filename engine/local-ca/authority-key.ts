import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import type { Vault } from '#engine/secrets/vault.ts'
import type { SettingsTable } from '#engine/store/settings-table.ts'
import { AUTHORITY_KEY_CONTEXT, AUTHORITY_KEY_SETTING } from './sealed-key.ts'

/** Where the key of the authority lies: sealed with the data key, or in a file of its owner's. */
export interface AuthorityKeyPlace {
  /** @returns whether it is sealed */
  keep(pem: string): boolean
  read(): { pem: string } | { problem: string }
  readonly isSealed: boolean
}

export function authorityKeyPlace(options: {
  folder: string
  vault: Pick<Vault, 'seal' | 'unseal'>
  table: SettingsTable
}): AuthorityKeyPlace {
  const { folder, vault, table } = options
  const file = path.join(folder, 'authority-key.pem')
  const sealed = () => table.get(AUTHORITY_KEY_SETTING) ?? ''
  const keep = (pem: string) => {
    const bytes = vault.seal(pem, AUTHORITY_KEY_CONTEXT)
    if (bytes) {
      table.set(AUTHORITY_KEY_SETTING, Buffer.from(bytes).toString('base64'))
      fs.rmSync(file, { force: true })
    } else {
      writeOwners(file, pem)
      table.set(AUTHORITY_KEY_SETTING, '')
    }
    return bytes !== null
  }
  return {
    keep,
    get isSealed() {
      return !fs.existsSync(file)
    },
    read() {
      if (fs.existsSync(file)) {
        const pem = fs.readFileSync(file, 'utf8')
        // It could not be sealed when it was made; perhaps it can be now.
        keep(pem)
        return { pem }
      }
      const opened = vault.unseal(Buffer.from(sealed(), 'base64'), AUTHORITY_KEY_CONTEXT)
      if ('text' in opened) return { pem: opened.text }
      return {
        problem:
          opened.problem === 'locked'
            ? 'The key of the local authority is sealed with a key that is not available here. Unlock the secrets.'
            : 'The key of the local authority cannot be unsealed. Make a new authority (countersign ca make --replace) and let senders trust that one.',
      }
    },
  }
}

/** Writes a file (0600) so that whoever reads it sees the old text or the new one, and it stays. */
export function writeOwners(file: string, text: string): void {
  const fresh = `${file}.${randomBytes(4).toString('hex')}.new`
  const fd = fs.openSync(fresh, 'wx', 0o600)
  try {
    fs.writeSync(fd, text)
    fs.fsyncSync(fd)
  } finally {
    fs.closeSync(fd)
  }
  fs.renameSync(fresh, file)
}
