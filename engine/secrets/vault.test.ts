import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { OsKeyStorage } from '#engine/options.ts'
import { createKeyFile } from './key-file.ts'
import { sealBytes, unsealBytes } from './sealing.ts'
import type { Slot, SlotsAccess } from './types.ts'
import { openVault } from './vault.ts'

function memorySlots(): SlotsAccess {
  let slots: Slot[] = []
  let next = 1
  const access: SlotsAccess = {
    list: () => [...slots],
    add: (kind, wrapped, parameters) => {
      const bytes = Uint8Array.from(wrapped)
      const slot = { id: next++, kind, wrapped: bytes, parameters, createdAtMs: 0 }
      slots.push(slot)
      return slot
    },
    remove: (id) => {
      const before = slots.length
      slots = slots.filter((slot) => slot.id !== id)
      return slots.length < before
    },
    exchange: ({ remove = [], add = [], parameters = [] }) => {
      for (const id of remove) access.remove(id)
      for (const one of parameters) {
        slots = slots.map((slot) => (slot.id === one.id ? { ...slot, ...one } : slot))
      }
      const added = add.map((row) => access.add(row.kind, row.wrapped, row.parameters))
      return { added, resealed: 0 }
    },
  }
  return access
}

/** Behaves like an OS key storage of one login: only it can unwrap what it wrapped. */
function keyring(): OsKeyStorage {
  const key = randomBytes(32)
  return {
    wrap: (dataKey) => Promise.resolve(sealBytes(key, dataKey, 'keyring')),
    unwrap: (wrapped) => Promise.resolve(unsealBytes(key, wrapped, 'keyring')),
  }
}

let dataDir: string
let slots: SlotsAccess
beforeEach(() => {
  dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'countersign-'))
  slots = memorySlots()
})
afterEach(() => {
  fs.rmSync(dataDir, { recursive: true })
})

const open = (osKeyStorage: OsKeyStorage | null = null) =>
  openVault({ slots, dataDir, osKeyStorage })
const keyFile = () => path.join(dataDir, 'data.key')
const mode = () => fs.statSync(keyFile()).mode & 0o777

async function sealed(osKeyStorage: OsKeyStorage | null = null): Promise<Uint8Array> {
  const vault = await open(osKeyStorage)
  const bytes = vault.seal('whsec_x', 'row')
  vault.close()
  if (bytes === null) throw new Error('It is locked.')
  return bytes
}

describe('sealing', () => {
  const key = randomBytes(32)

  it('gives back what was sealed, under the same context only', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.string(), fc.string(), (plain, context, other) => {
        const bytes = sealBytes(key, plain, context)
        expect(unsealBytes(key, bytes, context)).toEqual(Buffer.from(plain))
        expect(unsealBytes(key, bytes, `${context}${other}x`)).toBeNull()
      }),
    )
  })

  it('refuses any flipped bit, any cut, and another key', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), fc.nat(), (plain, at) => {
        const bytes = sealBytes(key, plain, 'c')
        const bit = at % (bytes.length * 8)
        const flipped = Buffer.from(bytes)
        flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7))
        expect(unsealBytes(key, flipped, 'c')).toBeNull()
        expect(unsealBytes(key, bytes.subarray(0, at % bytes.length), 'c')).toBeNull()
        expect(unsealBytes(randomBytes(32), bytes, 'c')).toBeNull()
      }),
    )
  })

  it('never uses a nonce twice', () => {
    const nonces = Array.from({ length: 500 }, () =>
      sealBytes(key, Buffer.from('x'), 'c').toString('hex', 1, 13),
    )
    expect(new Set(nonces).size).toBe(500)
  })
})

describe('a new data directory', () => {
  it('gets a key file that only its owner can read, and opens with it again', async () => {
    const bytes = await sealed()
    expect(mode()).toBe(0o600)
    const vault = await open()
    expect([vault.state, vault.slots]).toEqual(['open', ['key-file']])
    expect(vault.sentence).toContain(keyFile())
    expect(vault.unseal(bytes, 'row')).toEqual({ text: 'whsec_x' })
    expect(vault.unseal(bytes, 'other row')).toEqual({ problem: 'unreadable' })
    expect(slots.list()).toHaveLength(1)
  })

  it('uses the OS key storage where it is real', async () => {
    const storage = keyring()
    const bytes = await sealed(storage)
    expect(fs.existsSync(keyFile())).toBe(false)
    const vault = await open(storage)
    expect([vault.state, vault.slots]).toEqual(['open', ['os']])
    expect(vault.unseal(bytes, 'row')).toEqual({ text: 'whsec_x' })
  })

  it('falls back to a key file where the OS has none or refuses', async () => {
    const none: OsKeyStorage = { ...keyring(), wrap: () => Promise.resolve(null) }
    expect((await open(none)).slots).toEqual(['key-file'])
    slots = memorySlots()
    const refuses: OsKeyStorage = { ...keyring(), wrap: () => Promise.reject(new Error('No bus')) }
    const vault = await open(refuses)
    expect(vault.slots).toEqual(['key-file'])
    expect(vault.sentence).toContain('No bus')
  })

  it('uses a key file again that a crash left without a slot, and replaces a torn one', async () => {
    const key = createKeyFile(keyFile())
    await open()
    expect(createKeyFile(keyFile()).equals(key)).toBe(true)
    slots = memorySlots()
    fs.truncateSync(keyFile(), 30)
    expect((await open()).state).toBe('open')
    expect((await open()).state).toBe('open')
  })
})

describe('locked', () => {
  it('stays locked without the OS key storage, makes no second key, and opens with it', async () => {
    const storage = keyring()
    const bytes = await sealed(storage)
    for (const without of [null, keyring()]) {
      const vault = await open(without)
      expect([vault.state, vault.slots]).toEqual(['locked', ['os']])
      expect(vault.seal('x', 'row')).toBeNull()
      expect(vault.unseal(bytes, 'row')).toEqual({ problem: 'locked' })
      expect(vault.sentence).toContain('not available here')
      await expect(vault.addSlot({ kind: 'key-file' })).rejects.toThrow(/Unlock/)
    }
    expect(slots.list()).toHaveLength(1)
    expect(fs.existsSync(keyFile())).toBe(false)
    expect((await open(storage)).unseal(bytes, 'row')).toEqual({ text: 'whsec_x' })
  })

  it('says that the key file is missing, damaged or of another directory', async () => {
    const bytes = await sealed()
    const right = fs.readFileSync(keyFile())
    fs.rmSync(keyFile())
    expect((await open()).sentence).toContain('is missing')
    fs.writeFileSync(keyFile(), 'x'.repeat(100), { mode: 0o600 })
    expect((await open()).sentence).toContain('is not a key file')
    fs.rmSync(keyFile())
    createKeyFile(keyFile())
    const vault = await open()
    expect(vault.sentence).toContain('another data directory')
    fs.writeFileSync(keyFile(), right)
    expect(await vault.unlock()).toBe(true)
    expect(vault.unseal(bytes, 'row')).toEqual({ text: 'whsec_x' })
  })

  it('does not fall over slots that make no sense', async () => {
    slots.add('os', Uint8Array.of(1), 'no json')
    slots.add('key-file', Uint8Array.of(1), '{}')
    const vault = await open(keyring())
    expect([vault.state, vault.slots]).toEqual(['locked', ['os', 'key-file']])
  })
})

it('closes a key file that others can read, and says so', async () => {
  await sealed()
  fs.chmodSync(keyFile(), 0o644)
  const vault = await open()
  expect(mode()).toBe(0o600)
  expect(vault.sentence).toContain('Other users could read')
})

it('opens with a passphrase, and keeps the last slot', async () => {
  const bytes = await sealed()
  const vault = await open()
  await vault.addSlot({ kind: 'passphrase', passphrase: 'Zo\u0308e 1' })
  await expect(vault.addSlot({ kind: 'key-file' })).rejects.toThrow(/already/)
  await expect(vault.addSlot({ kind: 'os' })).rejects.toThrow(/no OS key storage/)
  const [file, passphrase] = slots.list()
  await vault.removeSlot(file?.id ?? 0)
  await expect(vault.removeSlot(passphrase?.id ?? 0)).rejects.toThrow(/last slot/)
  vault.close()
  expect(vault.unseal(bytes, 'row')).toEqual({ problem: 'locked' })

  const later = await open()
  expect([later.state, later.slots]).toEqual(['locked', ['passphrase']])
  expect(await later.unlockWithPassphrase('wrong')).toBe(false)
  expect(await later.unlockWithPassphrase('Z\u00f6e 1')).toBe(true)
  expect(later.unseal(bytes, 'row')).toEqual({ text: 'whsec_x' })
}, 60_000)
