import { setTimeout as delay } from 'node:timers/promises'
import { DRAIN_MS } from '#engine/options.ts'
import type { Flight } from './capture-context.ts'
import type { Served } from './served.ts'

const LAST_WORDS_MS = 1000

type Connections = ReadonlyMap<unknown, Served>

/** Closes idle connections, lets begun requests finish within bounds, then closes the others. */
export async function closeConnections(
  flight: Flight,
  connections: Connections,
  { drainMs = DRAIN_MS, drained }: { drainMs?: number | undefined; drained: () => void },
): Promise<void> {
  for (const connection of connections.values()) if (!connection.isBusy) connection.end()
  await within(drainMs, flight.allLanded())
  drained()
  for (const connection of connections.values()) {
    if (connection.isBusy) void connection.destroy()
    else connection.end()
  }
  // What was cut just now is still recorded, as cut.
  await within(
    LAST_WORDS_MS,
    flight.allLanded().then(() => allGone(connections)),
  )
  const rest = [...connections.values()].map((connection) => connection.destroy())
  await within(LAST_WORDS_MS, Promise.all(rest))
}

function allGone(connections: Connections): Promise<void> {
  const closed = [...connections.values()].map((connection) => connection.whenClosed())
  return Promise.all(closed).then(() => undefined)
}

async function within(ms: number, work: Promise<unknown>): Promise<void> {
  const giveUp = new AbortController()
  const late = delay(ms, undefined, { signal: giveUp.signal }).catch(() => undefined)
  await Promise.race([work, late])
  giveUp.abort()
}
