import type { SlotKind } from '#contract/status.ts'
import type { SlotChange } from '#engine/store/slots-table.ts'

/** A slot as it is about to be written. */
export interface NewSlotRow {
  kind: SlotKind
  /** The data key, wrapped in one way. */
  wrapped: Uint8Array
  /** What the slot needs to unwrap, JSON. */
  parameters: string
}

/** A slot as it lies in the database. */
export interface Slot extends NewSlotRow {
  id: number
  createdAtMs: number
}

/** The part of the store that the vault needs. */
export interface SlotsAccess {
  list(): Slot[]
  add(kind: SlotKind, wrapped: Uint8Array, parameters: string): Slot
  remove(id: number): boolean
  /** One transaction; `resealed`: how many rows were sealed anew. */
  exchange(change: SlotChange): { added: Slot[]; resealed: number }
}

/** What a person asked of the slots cannot be done; the message says why and what to do. */
export class SlotRefused extends Error {
  override name = 'SlotRefused'
  readonly reason: 'wrong-passphrase' | 'locked' | 'refused'
  constructor(message: string, reason: SlotRefused['reason'] = 'refused') {
    super(message)
    this.reason = reason
  }
}
