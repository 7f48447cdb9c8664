import { createHmac, timingSafeEqual } from 'node:crypto'
import type { OsKeyStorage } from '#engine/options.ts'
import { z } from 'zod'
import { createKeyFile, keyFilePath, readKeyFile } from './key-file.ts'
import { derivePassphraseKey, newPassphraseParameters, PassphraseParameters } from './passphrase.ts'
import { KEY_BYTES, sealBytes, unsealBytes } from './sealing.ts'
import type { Slot, SlotsAccess } from './types.ts'

/** Every slot holds the same key; this binds a wrapped key to being one. */
const CONTEXT = 'data key'

/** Tells an OS key storage that gives another key from one that gives the right one. */
const OsParameters = z.object({ check: z.string() })

export type Unwrapped = { dataKey: Buffer; note: string | null } | { problem: string }

function keyCheck(dataKey: Uint8Array): string {
  return createHmac('sha256', dataKey).update('countersign data key').digest('base64')
}

export async function addOsSlot(
  slots: SlotsAccess,
  storage: OsKeyStorage,
  dataKey: Buffer,
): Promise<Slot | null> {
  const wrapped = await storage.wrap(dataKey)
  if (wrapped === null) return null
  return slots.add('os', wrapped, JSON.stringify({ check: keyCheck(dataKey) }))
}

/** The key file is durable before the slot that needs it is written. */
export function addKeyFileSlot(slots: SlotsAccess, dataDir: string, dataKey: Buffer): Slot {
  const key = createKeyFile(keyFilePath(dataDir))
  try {
    return slots.add('key-file', sealBytes(key, dataKey, CONTEXT), '{}')
  } finally {
    key.fill(0)
  }
}

export async function addPassphraseSlot(
  slots: SlotsAccess,
  passphrase: string,
  dataKey: Buffer,
): Promise<Slot> {
  const parameters = newPassphraseParameters()
  const key = await derivePassphraseKey(passphrase, parameters)
  try {
    return slots.add('passphrase', sealBytes(key, dataKey, CONTEXT), JSON.stringify(parameters))
  } finally {
    key.fill(0)
  }
}

export async function unwrapOsSlot(slot: Slot, storage: OsKeyStorage | null): Promise<Unwrapped> {
  if (storage === null) {
    return { problem: 'The key lies in the OS key storage, which only the desktop app can open.' }
  }
  const { check } = OsParameters.parse(JSON.parse(slot.parameters))
  const unwrapped = await storage.unwrap(slot.wrapped)
  if (unwrapped === null) return { problem: 'The OS key storage did not give the key out.' }
  const dataKey = Buffer.from(unwrapped)
  unwrapped.fill(0)
  const right =
    dataKey.byteLength === KEY_BYTES &&
    timingSafeEqual(Buffer.from(keyCheck(dataKey)), Buffer.from(check.padEnd(44).slice(0, 44)))
  return right ? { dataKey, note: null } : { problem: 'The OS key storage gave another key.' }
}

export function unwrapKeyFileSlot(slot: Slot, dataDir: string): Unwrapped {
  const file = keyFilePath(dataDir)
  const read = readKeyFile(file)
  if ('problem' in read) return read
  const dataKey = unsealBytes(read.key, slot.wrapped, CONTEXT)
  read.key.fill(0)
  if (dataKey === null) return { problem: `${file} is the key file of another data directory.` }
  const note = read.modeFixed
    ? `Other users could read ${file}; now only you can. Replace secrets they may have seen.`
    : null
  return { dataKey, note }
}

/** `null`: this passphrase does not open this slot. */
export async function unwrapPassphraseSlot(slot: Slot, passphrase: string): Promise<Buffer | null> {
  const parameters = PassphraseParameters.parse(JSON.parse(slot.parameters))
  const key = await derivePassphraseKey(passphrase, parameters)
  const dataKey = unsealBytes(key, slot.wrapped, CONTEXT)
  key.fill(0)
  return dataKey
}
