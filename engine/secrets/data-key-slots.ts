import { createHmac, timingSafeEqual } from 'node:crypto'
import type { OsKeyStorage } from '#engine/options.ts'
import { z } from 'zod'
import { adoptNextKeyFile, keyFilePath, nextKeyFilePath, readKeyFile } from './key-file.ts'
import { derivePassphraseKey, newPassphraseParameters, PassphraseParameters } from './passphrase.ts'
import { KEY_BYTES, sealBytes, unsealBytes } from './sealing.ts'
import type { NewSlotRow, Slot } from './types.ts'

/** Every slot holds the same key; this binds a wrapped key to being one. */
const CONTEXT = 'data key'

/** Tells an OS key storage that gives another key from one that gives the right one. */
const OsParameters = z.object({ check: z.string() })

type Wrapped = Pick<Slot, 'wrapped' | 'parameters'>
export type Unwrapped = { dataKey: Buffer; note: string | null } | { problem: string }

function keyCheck(dataKey: Uint8Array): string {
  return createHmac('sha256', dataKey).update('countersign data key').digest('base64')
}

/** `null`: the storage here keeps no keys. */
export async function wrapForOs(
  storage: OsKeyStorage,
  dataKey: Buffer,
): Promise<NewSlotRow | null> {
  const wrapped = await storage.wrap(dataKey)
  return (
    wrapped && { kind: 'os', wrapped, parameters: JSON.stringify({ check: keyCheck(dataKey) }) }
  )
}

/** @param key the 32 bytes of a key file that is durable already */
export function wrapForKeyFile(key: Uint8Array, dataKey: Buffer): NewSlotRow {
  return { kind: 'key-file', wrapped: sealBytes(key, dataKey, CONTEXT), parameters: '{}' }
}

export async function wrapForPassphrase(passphrase: string, dataKey: Buffer): Promise<NewSlotRow> {
  const parameters = newPassphraseParameters()
  const key = await derivePassphraseKey(passphrase, parameters)
  const wrapped = sealBytes(key, dataKey, CONTEXT)
  key.fill(0)
  return { kind: 'passphrase', wrapped, parameters: JSON.stringify(parameters) }
}

export async function unwrapOsSlot(
  slot: Wrapped,
  storage: OsKeyStorage | null,
): Promise<Unwrapped> {
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

/** A key file that a crash left under the name of the next one takes its place. */
export function unwrapKeyFileSlot(slot: Slot, dataDir: string): Unwrapped {
  const file = keyFilePath(dataDir)
  const opened = openWithFile(slot, file)
  if ('dataKey' in opened) return opened
  const next = openWithFile(slot, nextKeyFilePath(dataDir))
  if ('problem' in next) return opened
  adoptNextKeyFile(dataDir)
  return next
}

/** With this very key file, wherever it lies. */
export function openWithFile(slot: Wrapped, file: string): Unwrapped {
  const read = readKeyFile(file)
  if ('problem' in read) return read
  const dataKey = unwrapWithKey(slot, read.key)
  read.key.fill(0)
  if (dataKey === null) return { problem: `${file} is the key file of another data directory.` }
  const note = read.modeFixed
    ? `Other users could read ${file}; now only you can. Replace secrets they may have seen.`
    : null
  return { dataKey, note }
}

/** `null`: these are not the bytes of the key file of this slot. */
export function unwrapWithKey(slot: Wrapped, key: Uint8Array): Buffer | null {
  return unsealBytes(key, slot.wrapped, CONTEXT)
}

/** Of a data key that was lost and begun anew without: it may come back, and opens old secrets. */
export function isFormer({ parameters }: Pick<Slot, 'parameters'>): boolean {
  return /"former":true/.test(parameters)
}

/** The same slot, marked as one of a former data key. */
export function asFormer({ id, parameters }: Slot): { id: number; parameters: string } {
  const shape = z.record(z.string(), z.unknown()).safeParse(readJson(parameters))
  return { id, parameters: JSON.stringify({ ...shape.data, former: true }) }
}

/** A slot whose parameters are damaged is still kept. */
function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return {}
  }
}

/** `null`: this passphrase does not open this slot. */
export async function unwrapPassphraseSlot(
  slot: Wrapped,
  passphrase: string,
): Promise<Buffer | null> {
  const parameters = PassphraseParameters.parse(JSON.parse(slot.parameters))
  const key = await derivePassphraseKey(passphrase, parameters)
  const dataKey = unsealBytes(key, slot.wrapped, CONTEXT)
  key.fill(0)
  return dataKey
}
