import { timingSafeEqual } from 'node:crypto'
import type { SlotKind } from '#contract/status.ts'
import type { OsKeyStorage } from '#engine/options.ts'
import {
  isFormer,
  openWithFile,
  unwrapKeyFileSlot,
  unwrapOsSlot,
  unwrapPassphraseSlot,
  type Unwrapped,
  wrapForKeyFile,
  wrapForOs,
  wrapForPassphrase,
} from './data-key-slots.ts'
import { createKeyFile, keyFilePath, removeKeyFile } from './key-file.ts'
import { type NewSlotRow, type Slot, SlotRefused, type SlotsAccess } from './types.ts'

export type NewSlot =
  { kind: 'os' } | { kind: 'key-file' } | { kind: 'passphrase'; passphrase: string }

/** A slot as it is shown: never with what it holds. */
export interface SlotState {
  id: number
  kind: SlotKind
  createdAtMs: number
  /** `opens`: it was just seen to; `not-tried`: a passphrase that nobody gave in this run. */
  state: 'opens' | 'not-tried' | 'does-not-open'
  /** Why it does not open here. */
  problem: string | null
}

export interface SlotKeeperOptions {
  slots: SlotsAccess
  dataDir: string
  osKeyStorage: OsKeyStorage | null
}

const WRONG = 'This passphrase is not the one. Nothing was changed.'
const NO_OS = 'There is no OS key storage here that can keep the key.'

/** Adds, changes and removes the ways to open the data key, each proven before it is relied on. */
export class SlotKeeper {
  readonly #options: SlotKeeperOptions
  /** Passphrase slots that were seen to open in this run. */
  readonly #proven = new Set<number>()

  constructor(options: SlotKeeperOptions) {
    this.#options = options
  }

  /** Those of today's data key; former ones are kept but open nothing by themselves. */
  current(): Slot[] {
    return this.#options.slots.list().filter((slot) => !isFormer(slot))
  }

  /** A slot that fails in any way must not stop capture. `null`: it needs a person. */
  async unwrap(slot: Slot): Promise<Unwrapped | null> {
    if (slot.kind === 'passphrase') return null
    try {
      return slot.kind === 'os'
        ? await unwrapOsSlot(slot, this.#options.osKeyStorage)
        : unwrapKeyFileSlot(slot, this.#options.dataDir)
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error)
      return { problem: `The slot “${slot.kind}” cannot be opened (${detail}).` }
    }
  }

  /** The data key, from the first passphrase slot that this opens. */
  async unwrapWith(passphrase: string): Promise<Buffer | null> {
    for (const slot of this.current()) {
      if (slot.kind !== 'passphrase') continue
      const dataKey = await unwrapPassphraseSlot(slot, passphrase)
      if (dataKey === null) continue
      this.#proven.add(slot.id)
      return dataKey
    }
    return null
  }

  /** @param dataKey `null` while locked: then what opens cannot be told from another key */
  async list(dataKey: Buffer | null): Promise<SlotState[]> {
    const states: SlotState[] = []
    for (const slot of this.current()) {
      const { id, kind, createdAtMs } = slot
      const problem = kind === 'passphrase' ? null : await this.#problemOf(slot, dataKey)
      const proven = kind !== 'passphrase' || this.#proven.has(id)
      const state = problem !== null ? 'does-not-open' : proven ? 'opens' : 'not-tried'
      states.push({ id, kind, createdAtMs, state, problem })
    }
    return states
  }

  /** `null`: it opens, and gives this very key. */
  async #problemOf(slot: Slot, dataKey: Buffer | null): Promise<string | null> {
    const opened = await this.unwrap(slot)
    if (opened === null) return null
    if ('problem' in opened) return opened.problem
    const same = dataKey === null || sameKey(opened.dataKey, dataKey)
    opened.dataKey.fill(0)
    return same ? null : 'It gives another key than the one that is in use.'
  }

  /** Adds a way, and sees that it opens before it says so. */
  async add(slot: NewSlot, dataKey: Buffer): Promise<void> {
    if (this.current().some(({ kind }) => kind === slot.kind)) {
      throw new SlotRefused(
        slot.kind === 'passphrase'
          ? 'There is a passphrase already. Change it instead.'
          : 'There is such a slot already.',
      )
    }
    const row = await this.wrap(slot, dataKey, keyFilePath(this.#options.dataDir))
    const { id } = this.#options.slots.add(row.kind, row.wrapped, row.parameters)
    this.proven(id, row.kind)
  }

  /** Such a slot, not written yet, and seen to open. @throws SlotRefused */
  async wrap(slot: NewSlot, dataKey: Buffer, file: string): Promise<NewSlotRow> {
    const row = await this.#wrapped(slot, dataKey, file)
    const opened =
      slot.kind === 'passphrase'
        ? await unwrapPassphraseSlot(row, slot.passphrase)
        : slot.kind === 'key-file'
          ? keyOf(openWithFile(row, file))
          : keyOf(await unwrapOsSlot(row, this.#options.osKeyStorage))
    const right = opened !== null && sameKey(opened, dataKey)
    opened?.fill(0)
    if (!right) throw new SlotRefused('The new slot does not open the key. Nothing was changed.')
    return row
  }

  async #wrapped(slot: NewSlot, dataKey: Buffer, file: string): Promise<NewSlotRow> {
    if (slot.kind === 'passphrase') return wrapForPassphrase(slot.passphrase, dataKey)
    if (slot.kind === 'key-file') {
      const key = createKeyFile(file)
      const row = wrapForKeyFile(key, dataKey)
      key.fill(0)
      return row
    }
    const { osKeyStorage } = this.#options
    const row = osKeyStorage && (await wrapForOs(osKeyStorage, dataKey))
    if (!row) throw new SlotRefused(NO_OS)
    return row
  }

  /** A passphrase slot was just seen to open. */
  proven(id: number, kind: SlotKind): void {
    if (kind === 'passphrase') this.#proven.add(id)
  }

  /** @throws SlotRefused when this passphrase opens no slot */
  async changePassphrase(current: string, next: string, dataKey: Buffer): Promise<void> {
    const old = await this.passphraseSlot(current)
    const file = keyFilePath(this.#options.dataDir)
    const row = await this.wrap({ kind: 'passphrase', passphrase: next }, dataKey, file)
    const { added } = this.#options.slots.exchange({ remove: [old.id], add: [row] })
    this.#proven.delete(old.id)
    for (const { id, kind } of added) this.proven(id, kind)
  }

  /** Removes a way, when another one was seen to open the same key. */
  async remove(id: number, passphrase: string | null, dataKey: Buffer): Promise<void> {
    const { slots, dataDir } = this.#options
    const slot = this.current().find((one) => one.id === id)
    if (slot === undefined) throw new SlotRefused(`There is no slot ${id}.`)
    const others = this.current().filter((one) => one.id !== id)
    if (others.length === 0) {
      throw new SlotRefused(
        'The last slot stays: without it no secret could be read. Add another first.',
      )
    }
    if (passphrase !== null) await this.passphraseSlot(passphrase)
    if (!(await this.#anyOpens(others, dataKey))) {
      const byPassphrase = others.some(({ kind }) => kind === 'passphrase')
      throw new SlotRefused(
        byPassphrase
          ? 'Only the passphrase would be left. Give it, so that it is certain that it opens.'
          : 'This slot stays: no other one opens the key here. Put the other one right first.',
      )
    }
    slots.remove(id)
    this.#proven.delete(id)
    if (slot.kind === 'key-file') removeKeyFile(keyFilePath(dataDir))
  }

  /** @throws SlotRefused when this passphrase opens no slot */
  async passphraseSlot(passphrase: string): Promise<Slot> {
    for (const slot of this.current()) {
      if (slot.kind !== 'passphrase') continue
      const opened = await unwrapPassphraseSlot(slot, passphrase)
      if (opened === null) continue
      opened.fill(0)
      this.#proven.add(slot.id)
      return slot
    }
    if (this.current().some(({ kind }) => kind === 'passphrase')) {
      throw new SlotRefused(WRONG, 'wrong-passphrase')
    }
    throw new SlotRefused('There is no passphrase yet. Add one.')
  }

  async #anyOpens(slots: readonly Slot[], dataKey: Buffer): Promise<boolean> {
    for (const slot of slots) {
      if (slot.kind === 'passphrase') {
        if (this.#proven.has(slot.id)) return true
      } else if ((await this.#problemOf(slot, dataKey)) === null) return true
    }
    return false
  }
}

function keyOf(unwrapped: Unwrapped | null): Buffer | null {
  return unwrapped !== null && 'dataKey' in unwrapped ? unwrapped.dataKey : null
}

function sameKey(one: Buffer, other: Buffer): boolean {
  return one.byteLength === other.byteLength && timingSafeEqual(one, other)
}
