import type { SlotKind } from '#contract/status.ts'

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

/** Anything that lies sealed in the database, with what it was sealed for. */
export type SealedRow =
  | { of: 'secret'; id: number; endpointId: number; sealContext: string; sealed: Uint8Array }
  | { of: 'setting'; endpointId: number; name: string; sealContext: string; sealed: Uint8Array }
  /** The key of the local authority. */
  | { of: 'authority'; sealed: Uint8Array }

/** What becomes of the slots and of what is sealed; all of it or nothing. */
export interface SlotChange {
  remove?: readonly number[]
  add?: readonly NewSlotRow[]
  parameters?: readonly Pick<Slot, 'id' | 'parameters'>[]
  /** What the row is to hold from now on; `null`: as it is. */
  reseal?: (row: SealedRow) => Uint8Array | null
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
