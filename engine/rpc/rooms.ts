import type { Status } from '#contract/status.ts'
import type { Forwarder } from '#engine/forwarding/forwarder.ts'
import type { Intake } from '#engine/judging/intake.ts'
import type { ReadThread } from '#engine/judging/read-pool.ts'
import type { Rejudger } from '#engine/judging/rejudge.ts'
import type { Roster } from '#engine/judging/roster.ts'
import type { SchemeBook } from '#engine/judging/scheme-book.ts'
import type { Log } from '#engine/logs/log.ts'
import type { ReplayPorts } from '#engine/replay/ports.ts'
import type { LocalCa } from '#engine/local-ca/local-ca.ts'
import type { Vault } from '#engine/secrets/vault.ts'
import type { Checkpointer } from '#engine/store/checkpointer.ts'
import type { Store } from '#engine/store/open-store.ts'
import type { Upkeep } from '#engine/store/upkeep/upkeep.ts'
import type { Transfers } from '#engine/transfer/transfers.ts'
import type { OutsideRoom } from '#engine/tunnels/outside.ts'
import type { Arrivals } from './arrivals.ts'
import type { Batches } from './batches.ts'
import type { ChangeFeed } from './changes.ts'
import type { CheckRuns } from './check-runs.ts'
import type { LifeHooks } from './lives.ts'
import type { Problems } from './problems.ts'
import type { ListenerControl } from './settings/listener-control.ts'
import type { PathTokens } from './settings/path-token.ts'
import type { StoredSettings } from './settings/stored-settings.ts'
import type { ShownRows } from './shown-rows.ts'

/** What the contract's implementation works with; made by engine.ts. */
export interface Rooms {
  store: Store
  vault: Vault
  log: Log
  checkpointer: Checkpointer
  roster: Roster
  schemes: SchemeBook
  reads: ReadThread
  /** For what may take long: searches and counting. */
  searches: ReadThread
  upkeep: Upkeep
  transfers: Transfers
  rejudger: Rejudger
  feed: ChangeFeed
  intake: Intake
  forwarder: Forwarder
  replayPorts: ReplayPorts
  batches: Batches
  checks: CheckRuns
  arrivals: Arrivals
  shown: ShownRows
  problems: Problems
  /** What to do when the database turns out to be damaged. */
  life: LifeHooks
  readonly status: () => Status
  settings: StoredSettings
  listening: ListenerControl
  localCa: LocalCa
  pathTokens: PathTokens
  outside: OutsideRoom
}
