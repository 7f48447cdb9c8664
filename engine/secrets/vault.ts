import { randomBytes } from 'node:crypto'
import type { SlotKind } from '#contract/status.ts'
import type { OsKeyStorage } from '#engine/options.ts'
import { keyFilePath } from './key-file.ts'
import { beginAnew, type FormerKey, recoverFormer, rotateDataKey } from './new-data-key.ts'
import { KEY_BYTES, sealBytes, unsealBytes } from './sealing.ts'
import { type NewSlot, SlotKeeper, type SlotState } from './slot-keeper.ts'
import { type NewSlotRow, SlotRefused, type SlotsAccess } from './types.ts'

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
  /** Whether an OS key storage can be reached from here. */
  readonly hasOsKeyStorage: boolean
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
  /** Every way to open the data key, and whether it opens here. */
  list(): Promise<SlotState[]>
  /** Whether slots of a former data key are kept, which may come back. */
  hasFormer(): boolean
  /** Adds a way to open the data key. @throws SlotRefused while locked, or where it is not to be had */
  addSlot(slot: NewSlot): Promise<void>
  /** @throws SlotRefused when `current` is not the passphrase */
  changePassphrase(current: string, next: string): Promise<void>
  /**
   * Removes a way, once another is seen to open the key; never the last one.
   * @param passphrase proves that the passphrase slot opens, where only that would be left
   */
  removeSlot(id: number, passphrase?: string | null): Promise<void>
  /** A new data key, everything sealed anew under it. `left`: what did not open before either. */
  rotate(passphrase: string | null): Promise<{ resealed: number; left: number }>
  /** While locked: begins with a new data key. What is sealed stays, and so do the old slots. */
  beginAnew(): Promise<void>
  /** Opens a former data key; how much opened again, `null`: it did not open. */
  recover(given: FormerKey): Promise<number | null>
  /** Wipes the data key from memory. */
  close(): void
}

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
  readonly #keeper: SlotKeeper
  /** One thing at a time: a derivation takes 128 MiB, and slots must not change under another. */
  #turn: Promise<unknown> = Promise.resolve()
  #dataKey: Buffer | null = null
  #openedBy: SlotKind | null = null
  #note: string | null = null
  #problems: string[] = []

  constructor(options: VaultOptions) {
    this.#options = options
    this.#keeper = new SlotKeeper(options)
  }

  get state(): 'open' | 'locked' {
    return this.#dataKey === null ? 'locked' : 'open'
  }

  get hasOsKeyStorage(): boolean {
    return this.#options.osKeyStorage !== null
  }

  get slots(): SlotKind[] {
    if (this.#openedBy !== null) return [this.#openedBy]
    return [...new Set(this.#keeper.current().map(({ kind }) => kind))]
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

  /** Makes the data key and its first slot: the OS key storage where it is real. */
  async begin(): Promise<void> {
    const dataKey = randomBytes(KEY_BYTES)
    const { row, note } = await this.#firstSlot(dataKey)
    this.#options.slots.add(row.kind, row.wrapped, row.parameters)
    this.#open(dataKey, row.kind, note)
  }

  async #firstSlot(dataKey: Buffer): Promise<{ row: NewSlotRow; note: string | null }> {
    const file = keyFilePath(this.#options.dataDir)
    let note: string | null = null
    try {
      if (this.#options.osKeyStorage !== null) {
        return { row: await this.#keeper.wrap({ kind: 'os' }, dataKey, file), note }
      }
    } catch (error) {
      if (!(error instanceof SlotRefused)) {
        const detail = error instanceof Error ? error.message : String(error)
        note = `The OS key storage refused to keep it (${detail}).`
      }
    }
    return { row: await this.#keeper.wrap({ kind: 'key-file' }, dataKey, file), note }
  }

  unlock(): Promise<boolean> {
    return this.#inTurn(async () => {
      if (this.#dataKey !== null) return true
      this.#problems = []
      for (const slot of this.#keeper.current()) {
        const unwrapped = await this.#keeper.unwrap(slot)
        if (unwrapped === null) continue
        if ('dataKey' in unwrapped) {
          this.#open(unwrapped.dataKey, slot.kind, unwrapped.note)
          return true
        }
        this.#problems.push(unwrapped.problem)
      }
      return false
    })
  }

  unlockWithPassphrase(passphrase: string): Promise<boolean> {
    return this.#inTurn(async () => {
      if (this.#dataKey !== null) return true
      const dataKey = await this.#keeper.unwrapWith(passphrase)
      if (dataKey !== null) this.#open(dataKey, 'passphrase', null)
      return dataKey !== null
    })
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work)
    // Whoever asked hears of a failure; the next one in turn does not.
    this.#turn = done.catch(() => undefined)
    return done
  }

  #whileOpen<T>(work: (dataKey: Buffer) => Promise<T>): Promise<T> {
    return this.#inTurn(async () => {
      if (this.#dataKey === null) {
        throw new SlotRefused(
          'Slots can only be changed while the data key is open. Unlock it first.',
          'locked',
        )
      }
      return work(this.#dataKey)
    })
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

  list(): Promise<SlotState[]> {
    return this.#inTurn(() => this.#keeper.list(this.#dataKey))
  }

  hasFormer(): boolean {
    return this.#options.slots.list().length > this.#keeper.current().length
  }

  addSlot(slot: NewSlot): Promise<void> {
    return this.#whileOpen((dataKey) => this.#keeper.add(slot, dataKey))
  }

  changePassphrase(current: string, next: string): Promise<void> {
    return this.#whileOpen((dataKey) => this.#keeper.changePassphrase(current, next, dataKey))
  }

  removeSlot(id: number, passphrase: string | null = null): Promise<void> {
    return this.#whileOpen((dataKey) => this.#keeper.remove(id, passphrase, dataKey))
  }

  rotate(passphrase: string | null): Promise<{ resealed: number; left: number }> {
    return this.#whileOpen((old) =>
      rotateDataKey(this.#options, this.#keeper, old, passphrase, (anew) => {
        this.#dataKey = anew
        old.fill(0)
      }),
    )
  }

  beginAnew(): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#dataKey !== null) {
        throw new SlotRefused('The data key is open. Make a new one with “rotate” instead.')
      }
      const { dataKey, row } = await beginAnew(this.#options, this.#keeper)
      this.#open(dataKey, row.kind, null)
    })
  }

  recover(given: FormerKey): Promise<number | null> {
    return this.#whileOpen((dataKey) => recoverFormer(this.#options, dataKey, given))
  }

  close(): void {
    this.#dataKey?.fill(0)
    this.#dataKey = null
    this.#openedBy = null
  }
}
