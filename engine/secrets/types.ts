import type { SlotKind } from '#contract/status.ts'

/** A slot as it lies in the database: the data key, wrapped in one way. */
export interface Slot {
  id: number
  kind: SlotKind
  wrapped: Uint8Array
  /** What the slot needs to unwrap, JSON. */
  parameters: string
}

/** The part of the store that the vault needs. */
export interface SlotsAccess {
  list(): Slot[]
  add(kind: SlotKind, wrapped: Uint8Array, parameters: string): Slot
  remove(id: number): boolean
}
