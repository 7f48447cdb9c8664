import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { answerKeyRequest, hasOsKeyStorage } from './os-key-storage.ts'

interface FakeSafeStorage {
  isEncryptionAvailable(): boolean
  /** Absent in Electron before 26. */
  getSelectedStorageBackend: (() => string) | undefined
  encryptString(text: string): Buffer
  decryptString(sealed: Buffer): string
}

const fake = vi.hoisted((): FakeSafeStorage => ({
  isEncryptionAvailable: () => true,
  getSelectedStorageBackend: undefined,
  encryptString: (text: string) => Buffer.from(`sealed:${text}`),
  decryptString: (sealed: Buffer) => {
    const text = sealed.toString()
    if (!text.startsWith('sealed:')) throw new Error('Error while decrypting the ciphertext')
    return text.slice('sealed:'.length)
  },
}))
vi.mock('electron', () => ({ safeStorage: fake }))

function onPlatform(platform: NodeJS.Platform, backend?: string): void {
  vi.spyOn(process, 'platform', 'get').mockReturnValue(platform)
  fake.getSelectedStorageBackend = backend === undefined ? undefined : () => backend
}

beforeEach(() => {
  fake.isEncryptionAvailable = () => true
})
afterEach(() => vi.restoreAllMocks())

describe('hasOsKeyStorage', () => {
  it.each(['gnome_libsecret', 'kwallet5', 'kwallet6'])('trusts %s on Linux', (backend) => {
    onPlatform('linux', backend)
    expect(hasOsKeyStorage()).toBe(true)
  })

  it.each(['basic_text', 'unknown', undefined])('does not trust %s on Linux', (backend) => {
    onPlatform('linux', backend)
    expect(hasOsKeyStorage()).toBe(false)
  })

  it.each([
    ['v11', true],
    ['v10', false],
  ])('asks an Electron that names no storage for a proof: %s', (prefix, trusted) => {
    onPlatform('linux')
    vi.spyOn(fake, 'encryptString').mockReturnValue(Buffer.from(`${prefix}sealed`))
    expect(hasOsKeyStorage()).toBe(trusted)
  })

  it('trusts macOS and Windows when they say that encryption is available', () => {
    for (const platform of ['darwin', 'win32'] as const) {
      onPlatform(platform)
      fake.isEncryptionAvailable = () => true
      expect(hasOsKeyStorage()).toBe(true)
      fake.isEncryptionAvailable = () => false
      expect(hasOsKeyStorage()).toBe(false)
    }
  })
})

describe('answerKeyRequest', () => {
  const dataKey = Uint8Array.from({ length: 32 }, (_, index) => 255 - index)
  const request = { type: 'key-request', id: 1, action: 'wrap', bytes: dataKey } as const

  it('unwraps what it wrapped, byte for byte', () => {
    onPlatform('darwin')
    const wrapped = answerKeyRequest(request) ?? new Uint8Array(0)
    expect(Buffer.from(wrapped).includes(Buffer.from(dataKey))).toBe(false)
    expect(answerKeyRequest({ ...request, action: 'unwrap', bytes: wrapped })).toEqual(dataKey)
  })

  it('answers null for bytes that this OS did not wrap', () => {
    onPlatform('darwin')
    expect(answerKeyRequest({ ...request, action: 'unwrap' })).toBeNull()
  })

  it('never hands the key to basic_text', () => {
    onPlatform('linux', 'basic_text')
    const encrypt = vi.spyOn(fake, 'encryptString')
    expect(answerKeyRequest(request)).toBeNull()
    expect(encrypt).not.toHaveBeenCalled()
  })
})
