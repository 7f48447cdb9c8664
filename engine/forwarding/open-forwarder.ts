import type { Change, Status } from '#contract/status.ts'
import { createReadThread } from '#engine/judging/read-pool.ts'
import { DRAIN_MS } from '#engine/options.ts'
import type { Roster } from '#engine/judging/roster.ts'
import type { ReplayPorts } from '#engine/replay/ports.ts'
import { describeWriteFailure } from '#engine/store/describe-write-failure.ts'
import type { Store } from '#engine/store/open-store.ts'
import type { RunForwarding } from './config.ts'
import { createForwarder, type Forwarder } from './forwarder.ts'

/** What forwarding needs of an engine. */
export interface ForwardingEngine {
  dataDir: string
  store: Store
  roster: Roster
  replayPorts: ReplayPorts
  feed: {
    publish(changed: Partial<Omit<Change, 'fromSeq' | 'toSeq'>>): void
    subscribe(signal?: AbortSignal): AsyncGenerator<Change, void, void>
  }
  problems: { report(code: string, sentence: string): void; clear(code: string): void }
  /** Absent: endpoints alone say where deliveries go. */
  run?: RunForwarding | undefined
  drainMs?: number | undefined
  listening(): Status['listening']
}

const PROBLEM = 'forward-not-stored'

/** Forwarding as a part of an engine: says what changed, and hears when others change something. */
export function openForwarder(engine: ForwardingEngine): Forwarder {
  const { feed, problems, store, roster } = engine
  const forwarder = createForwarder({
    store,
    roster,
    ports: engine.replayPorts,
    thread: createReadThread(engine.dataDir),
    run: engine.run ?? null,
    drainMs: engine.drainMs ?? DRAIN_MS,
    listening: () => engine.listening(),
    onStored: (answered) =>
      feed.publish(answered ? { replays: true, answered } : { replays: true }),
    onCounted: () => feed.publish({ status: true }),
    onWriteFailure: (error) =>
      problems.report(
        PROBLEM,
        `What became of a forward could not be stored; it is tried again. ${describeWriteFailure(error).sentence}`,
      ),
    onWritten: () => problems.clear(PROBLEM),
  })
  const closing = new AbortController()
  void follow(feed.subscribe(closing.signal), forwarder)
  return {
    ...forwarder,
    close() {
      closing.abort()
      return forwarder.close()
    },
  }
}

/** Endpoints, allowed hosts and unlocking are told like any change. */
async function follow(
  changes: AsyncGenerator<Change, void, void>,
  forwarder: Forwarder,
): Promise<void> {
  for await (const { endpoints, settings } of changes)
    if (endpoints || settings) forwarder.changed()
}
