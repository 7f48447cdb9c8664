import type { Delivery } from '#contract/delivery.ts'
import type { Replay } from '#contract/replay.ts'
import type { Body } from '#engine/signatures/types.ts'

/**
 * One delivery on its way out. Bodies can be read more than once and in pieces; nothing of them is
 * held. `body.byteLength` is what is stored, also where the sender had announced more.
 */
export interface ExportedDelivery {
  delivery: Delivery
  body: Body
  /** Oldest first. */
  replays: readonly ExportedReplay[]
}

export interface ExportedReplay {
  replay: Replay
  /** What was sent; `null`: the delivery's body as it is. */
  body: Body | null
}
