import type { Status } from '#contract/status.ts'
import type { ReadThread } from '#engine/judging/read-pool.ts'
import type { Roster } from '#engine/judging/roster.ts'
import type { ReplayPorts } from '#engine/replay/ports.ts'
import type { Store } from '#engine/store/open-store.ts'
import type { AttemptRooms } from './attempt.ts'
import type { BodyBudget } from './body-budget.ts'
import type { ForwardingConfig, RunForwarding } from './config.ts'
import type { OutcomeWriter } from './outcome-writer.ts'

/** What forwarding is made of; given by the engine. */
export interface ForwarderOptions {
  store: Pick<Store, 'forwards' | 'replays' | 'settings' | 'allowedHosts' | 'softly' | 'sync'>
  roster: Pick<Roster, 'endpoints' | 'preparedOf' | 'profileOf'>
  ports: ReplayPorts
  /** Reads deliveries and bodies that are no longer in memory; ended with forwarding. */
  thread: ReadThread
  /** Only for this start. */
  run: RunForwarding | null
  /** What the listener gives to requests that are under way when the engine closes. */
  drainMs: number
  listening(): Status['listening']
  /** Outcomes were stored; `answered`: deliveries among them have their answers now. */
  onStored(answered: boolean): void
  /** How much waits and how much failed is another number now. */
  onCounted(): void
  onWriteFailure(error: unknown): void
  /** What was refused could be written. */
  onWritten(): void
}

/** What its parts share. */
export interface ForwardingRooms extends AttemptRooms {
  forwards: Store['forwards']
  /** Committed, but not on the disk yet: they are begun when they are taken over. */
  held: Set<number>
  config: ForwardingConfig
  writer: OutcomeWriter
  budget: BodyBudget
  thread: ReadThread
  /** Aborted when the engine closes and what is under way has had its time. */
  ending: AbortSignal
  /** One sentence; `null`: the URL may be sent to. */
  refusal(url: string): string | null
  onWriteFailure(error: unknown): void
}
