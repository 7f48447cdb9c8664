import { randomBytes } from 'node:crypto'
import {
  asFormer,
  isFormer,
  unwrapOsSlot,
  unwrapPassphraseSlot,
  unwrapWithKey,
} from './data-key-slots.ts'
import {
  adoptNextKeyFile,
  formerKeyFiles,
  keyFilePath,
  nextKeyFilePath,
  readKeyFile,
  removeKeyFile,
  setKeyFileAside,
} from './key-file.ts'
import { contextOf } from './seal-contexts.ts'
import { KEY_BYTES, sealBytes, unsealBytes } from './sealing.ts'
import type { SlotKeeper, SlotKeeperOptions } from './slot-keeper.ts'
import { type NewSlotRow, type SealedRow, type Slot, SlotRefused } from './types.ts'

/** Seals what lies under `from` anew under `to`; `null`: it does not open, or not with this key. */
function resealed(row: SealedRow, from: Buffer, to: Buffer): Uint8Array | null {
  const plain = unsealBytes(from, row.sealed, contextOf(row))
  const sealed = plain && sealBytes(to, plain, contextOf(row))
  plain?.fill(0)
  return sealed
}

/**
 * A new data key in the same kinds of slots, and everything sealed anew under it, in one
 * transaction. The key file gets a new key too, so that a copy of the old one opens nothing.
 *
 * @param passphrase needed where there is a passphrase slot
 * @param use told of the new key in the moment it counts: nothing is sealed under the old one then
 * @returns `left`: what could not be unsealed before either, and stays as it is
 * @throws SlotRefused
 */
export async function rotateDataKey(
  { slots, dataDir }: SlotKeeperOptions,
  keeper: SlotKeeper,
  dataKey: Buffer,
  passphrase: string | null,
  use: (anew: Buffer) => void,
): Promise<{ resealed: number; left: number }> {
  const old = keeper.current()
  const anew = randomBytes(KEY_BYTES)
  const rows: NewSlotRow[] = []
  for (const slot of old) rows.push(await wrapAnew(slot, keeper, dataDir, passphrase, anew))
  let left = 0
  const change = slots.exchange({
    remove: old.map(({ id }) => id),
    add: rows,
    reseal: (row) => {
      const sealed = resealed(row, dataKey, anew)
      if (sealed === null) left++
      return sealed
    },
  })
  use(anew)
  if (rows.some(({ kind }) => kind === 'key-file')) adoptNextKeyFile(dataDir)
  for (const { id, kind } of change.added) keeper.proven(id, kind)
  return { resealed: change.resealed, left }
}

async function wrapAnew(
  slot: Slot,
  keeper: SlotKeeper,
  dataDir: string,
  passphrase: string | null,
  anew: Buffer,
): Promise<NewSlotRow> {
  const next = nextKeyFilePath(dataDir)
  if (slot.kind === 'key-file') removeKeyFile(next)
  if (slot.kind !== 'passphrase') return keeper.wrap({ kind: slot.kind }, anew, next)
  if (passphrase === null) {
    throw new SlotRefused('Give the passphrase: the new key is sealed with it too.')
  }
  await keeper.passphraseSlot(passphrase)
  return keeper.wrap({ kind: 'passphrase', passphrase }, anew, next)
}

/**
 * Begins with a new data key where the old one is out of reach. What is sealed stays as it is, and
 * so do the old slots, marked as former: should the old key come back, `recoverFormer` opens it.
 */
export async function beginAnew(
  { slots, dataDir, osKeyStorage }: SlotKeeperOptions,
  keeper: SlotKeeper,
): Promise<{ dataKey: Buffer; row: NewSlotRow }> {
  const former = slots.list().filter((slot) => !isFormer(slot))
  const dataKey = randomBytes(KEY_BYTES)
  let row: NewSlotRow | null = null
  if (osKeyStorage !== null) {
    try {
      row = await keeper.wrap({ kind: 'os' }, dataKey, '')
    } catch (error) {
      if (!(error instanceof SlotRefused)) throw error
    }
  }
  if (row === null) {
    setKeyFileAside(dataDir)
    row = await keeper.wrap({ kind: 'key-file' }, dataKey, keyFilePath(dataDir))
  }
  slots.exchange({ parameters: former.map(asFormer), add: [row] })
  return { dataKey, row }
}

export interface FormerKey {
  passphrase?: string | undefined
  /** The 32 bytes of a key file. */
  key?: Uint8Array | undefined
}

/**
 * Opens a former data key and seals what lies under it anew under today's.
 *
 * @returns how much opened again; `null`: none of the former slots opened
 */
export async function recoverFormer(
  { slots, dataDir, osKeyStorage }: SlotKeeperOptions,
  dataKey: Buffer,
  given: FormerKey,
): Promise<number | null> {
  let recovered: number | null = null
  for (const slot of slots.list().filter(isFormer)) {
    const former = await openFormer(slot, given, dataDir, osKeyStorage)
    if (former === null) continue
    const { resealed: count } = slots.exchange({
      remove: [slot.id],
      // What opens with today's key was entered again meanwhile, and is not touched.
      reseal: (row) => resealed(row, former, dataKey),
    })
    former.fill(0)
    recovered = (recovered ?? 0) + count
  }
  return recovered
}

async function openFormer(
  slot: Slot,
  { passphrase, key }: FormerKey,
  dataDir: string,
  osKeyStorage: SlotKeeperOptions['osKeyStorage'],
): Promise<Buffer | null> {
  if (slot.kind === 'passphrase') {
    return passphrase === undefined ? null : unwrapPassphraseSlot(slot, passphrase)
  }
  if (slot.kind === 'os') {
    const opened = await unwrapOsSlot(slot, osKeyStorage)
    return 'dataKey' in opened ? opened.dataKey : null
  }
  if (key !== undefined) return unwrapWithKey(slot, key)
  for (const file of formerKeyFiles(dataDir)) {
    const read = readKeyFile(file)
    const opened = 'key' in read ? unwrapWithKey(slot, read.key) : null
    if (opened !== null) return opened
  }
  return null
}
