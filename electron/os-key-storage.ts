import { safeStorage } from 'electron'
import type { KeyRequest } from './engine-messages.ts'

/**
 * Whether the OS keeps keys for us. On Linux Chromium falls back to a password that is the same
 * on every machine (`basic_text`): that is no key storage, nor is one it cannot name. An Electron
 * that cannot name it (before 26) is asked for a proof: what it seals under a key of the keyring
 * begins with `v11`, under the password that everybody knows with `v10`
 * (Chromium, components/os_crypt/sync/os_crypt_linux.cc).
 */
export function hasOsKeyStorage(): boolean {
  if (!safeStorage.isEncryptionAvailable()) return false
  if (process.platform !== 'linux') return true
  if (typeof safeStorage.getSelectedStorageBackend !== 'function') return sealsWithKeyring()
  const backend = safeStorage.getSelectedStorageBackend()
  return backend !== 'basic_text' && backend !== 'unknown'
}

function sealsWithKeyring(): boolean {
  return safeStorage.encryptString('which key').toString('latin1', 0, 3) === 'v11'
}

/**
 * Wraps or unwraps the data key. safeStorage takes text, so the bytes go in as base64.
 *
 * @returns `null`: there is no such storage, or it does not know these bytes
 */
export function answerKeyRequest(request: KeyRequest): Uint8Array | null {
  if (!hasOsKeyStorage()) return null
  const bytes = Buffer.from(request.bytes)
  if (request.action === 'wrap') {
    return new Uint8Array(safeStorage.encryptString(bytes.toString('base64')))
  }
  return unwrap(bytes)
}

function unwrap(wrapped: Buffer): Uint8Array | null {
  try {
    return new Uint8Array(Buffer.from(safeStorage.decryptString(wrapped), 'base64'))
  } catch {
    // Wrapped on another machine or for another user: the slot does not open, which is an answer.
    return null
  }
}
