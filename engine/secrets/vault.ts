import { randomBytes } from 'node:crypto'
import type { SlotKind } from '#contract/status.ts'
import type { OsKeyStorage } from '#engine/options.ts'
import {
  addKeyFileSlot,
  addOsSlot,
  addPassphraseSlot,
  unwrapKeyFileSlot,
  unwrapOsSlot,
  unwrapPassphraseSlot,
  type Unwrapped,
} from './data-key-slots.ts'
import { keyFilePath } from './key-file.ts'
import { KEY_BYTES, sealBytes, unsealBytes } from './sealing.ts'
import type { Slot, SlotsAccess } from './types.ts'

export interface VaultOptions {
  slots: SlotsAccess
  dataDir: string
  /** `null`: there is none here, as in a headless engine. */
  osKeyStorage: OsKeyStorage | null
}

/** Seals and unseals signing secrets under the one data key of a data directory. */
export interface Vault {
  readonly state: 'open' | 'locked'
  /** The slot that opened the data key; the slots that there are while locked. */
  readonly slots: SlotKind[]
  /** Where the data key lies, or why it is not available and what to do. */
  readonly sentence: string
  /** `null` while locked. @param context the same is needed to unseal */
  seal(text: string, context: string): Uint8Array | null
  unseal(
    sealed: Uint8Array,
    context: string,
  ): { text: string } | { problem: 'locked' | 'unreadable' }
  /** Whether a passphrase slot opened; takes about half a second per slot. */
  unlockWithPassphrase(passphrase: string): Promise<boolean>
  /** Tries the slots that need no person again, such as after a key file was put back. */
  unlock(): Promise<boolean>
  /** Adds a way to open the data key. Rejects while locked, or where that way is not to be had. */
  addSlot(slot: NewSlot): Promise<void>
  /** Removes a way; never the last one. */
  removeSlot(id: number): Promise<void>
  /** Wipes the data key from memory. */
  close(): void
}

export type NewSlot =
  { kind: 'os' } | { kind: 'key-file' } | { kind: 'passphrase'; passphrase: string }

/**
 * Opens the data key. A new data directory gets its first slot: OS key storage where it is real,
 * else a key file. Where there are slots, no second key is ever made: the vault stays locked.
 */
export async function openVault(options: VaultOptions): Promise<Vault> {
  const vault = new SlotVault(options)
  if (options.slots.list().length === 0) await vault.begin()
  else await vault.unlock()
  return vault
}

class SlotVault implements Vault {
  readonly #options: VaultOptions
  #dataKey: Buffer | null = null
  #openedBy: SlotKind | null = null
  #note: string | null = null
  #problems: string[] = []

  constructor(options: VaultOptions) {
    this.#options = options
  }

  get state(): 'open' | 'locked' {
    return this.#dataKey === null ? 'locked' : 'open'
  }

  get slots(): SlotKind[] {
    if (this.#openedBy !== null) return [this.#openedBy]
    return [...new Set(this.#options.slots.list().map(({ kind }) => kind))]
  }

  get sentence(): string {
    if (this.#openedBy !== null) {
      const where = `Secrets are sealed with a key in ${this.#place(this.#openedBy)}.`
      return this.#note === null ? where : `${where} ${this.#note}`
    }
    const remedy = this.slots.includes('passphrase')
      ? 'Enter the passphrase to judge what waits.'
      : 'Deliveries are kept and judged once the key is there again.'
    return ['Secrets are sealed with a key that is not available here.', ...this.#problems, remedy]
      .join(' ')
      .trim()
  }

  #place(kind: SlotKind): string {
    if (kind === 'os') return 'the OS key storage'
    if (kind === 'passphrase') return 'a slot that your passphrase opens'
    return `the key file ${keyFilePath(this.#options.dataDir)}, which only you can read`
  }

  /** Makes the data key and its first slot. */
  async begin(): Promise<void> {
    const { slots, dataDir, osKeyStorage } = this.#options
    const dataKey = randomBytes(KEY_BYTES)
    let os: Slot | null = null
    let note: string | null = null
    try {
      os = osKeyStorage === null ? null : await addOsSlot(slots, osKeyStorage, dataKey)
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error)
      note = `The OS key storage refused to keep it (${detail}).`
    }
    const slot = os ?? addKeyFileSlot(slots, dataDir, dataKey)
    this.#open(dataKey, slot.kind, note)
  }

  async unlock(): Promise<boolean> {
    if (this.#dataKey !== null) return true
    this.#problems = []
    for (const slot of this.#options.slots.list()) {
      const unwrapped = await this.#unwrap(slot)
      if (unwrapped === null) continue
      if ('dataKey' in unwrapped) {
        this.#open(unwrapped.dataKey, slot.kind, unwrapped.note)
        return true
      }
      this.#problems.push(unwrapped.problem)
    }
    return false
  }

  /** `null`: this slot needs a person. A slot that fails in any way must not stop capture. */
  async #unwrap(slot: Slot): Promise<Unwrapped | null> {
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

  async unlockWithPassphrase(passphrase: string): Promise<boolean> {
    if (this.#dataKey !== null) return true
    for (const slot of this.#options.slots.list()) {
      if (slot.kind !== 'passphrase') continue
      const dataKey = await unwrapPassphraseSlot(slot, passphrase)
      if (dataKey === null) continue
      this.#open(dataKey, slot.kind, null)
      return true
    }
    return false
  }

  #open(dataKey: Buffer, kind: SlotKind, note: string | null): void {
    this.#dataKey = dataKey
    this.#openedBy = kind
    this.#note = note
    this.#problems = []
  }

  seal(text: string, context: string): Uint8Array | null {
    if (this.#dataKey === null) return null
    const plain = Buffer.from(text, 'utf8')
    const sealed = sealBytes(this.#dataKey, plain, context)
    plain.fill(0)
    return sealed
  }

  unseal(
    sealed: Uint8Array,
    context: string,
  ): { text: string } | { problem: 'locked' | 'unreadable' } {
    if (this.#dataKey === null) return { problem: 'locked' }
    const plain = unsealBytes(this.#dataKey, sealed, context)
    if (plain === null) return { problem: 'unreadable' }
    const text = plain.toString('utf8')
    plain.fill(0)
    return { text }
  }

  async addSlot(slot: NewSlot): Promise<void> {
    const { slots, dataDir, osKeyStorage } = this.#options
    if (this.#dataKey === null) {
      throw new Error('A slot can only be added while the data key is open. Unlock it first.')
    }
    if (slot.kind === 'passphrase') {
      await addPassphraseSlot(slots, slot.passphrase, this.#dataKey)
    } else if (slots.list().some(({ kind }) => kind === slot.kind)) {
      throw new Error('There is such a slot already.')
    } else if (slot.kind === 'key-file') {
      addKeyFileSlot(slots, dataDir, this.#dataKey)
    } else {
      const added =
        osKeyStorage === null ? null : await addOsSlot(slots, osKeyStorage, this.#dataKey)
      if (added === null) throw new Error('There is no OS key storage here that can keep the key.')
    }
  }

  async removeSlot(id: number): Promise<void> {
    const { slots } = this.#options
    const others = slots.list().filter((slot) => slot.id !== id)
    if (others.length === 0) {
      throw new Error('The last slot stays: without it no secret could be read. Add another first.')
    }
    slots.remove(id)
  }

  close(): void {
    this.#dataKey?.fill(0)
    this.#dataKey = null
    this.#openedBy = null
  }
}
