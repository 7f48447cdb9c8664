import type { Verdict } from '#contract/verdict.ts'
import type { DeliveryRow } from '#contract/delivery.ts'
import type { CommonOptions, Context } from '#cli/context.ts'
import { deliveryEvent } from '#cli/delivery-line.ts'
import { type CommandFailure, runtimeFailure } from '#cli/failure.ts'
import { followDeliveries, newestIdBefore } from '#cli/follow.ts'
import { connectControlSocket, type ControlConnection } from '#engine/rpc/control-client.ts'
import { findEndpoint } from './endpoints.ts'

const LOOK_AGAIN_MS = 200

/**
 * `countersign wait [--endpoint NAME] [--verdict V] [--query Q] [--timeout S] [--after ID]`:
 * prints the first delivery that arrives from now on (or above an id) and fits, as one line of
 * JSON. It never opens the data directory itself, since nothing could arrive then; it waits for an
 * engine too.
 */
export async function wait(
  context: Context,
  options: CommonOptions & {
    endpoint?: string
    verdict?: Verdict
    query?: string
    timeout?: number
    after?: number
  },
): Promise<void> {
  const startedAtMs = Date.now()
  const limit = options.timeout === undefined ? null : AbortSignal.timeout(options.timeout * 1000)
  const signal = AbortSignal.any([
    context.stopSignal(),
    context.output.gone,
    ...(limit === null ? [] : [limit]),
  ])
  let engineSeen = false
  for (;;) {
    const connection = await findConnection(options.dataDir, signal)
    if (connection === null) throw nothingCame(options.timeout, engineSeen, limit)
    engineSeen = true
    try {
      const found = await waitOn(connection, options, startedAtMs, signal)
      if (found !== null) return context.output.json(deliveryEvent(found))
    } finally {
      connection.close()
    }
  }
}

async function findConnection(
  dataDir: string,
  signal: AbortSignal,
): Promise<ControlConnection | null> {
  while (!signal.aborted) {
    const connection = await connectControlSocket(dataDir)
    if (connection !== null) return connection
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS))
  }
  return null
}

/** The first row that fits; `null` when the engine ended or the wait is over. */
async function waitOn(
  { client, closed }: ControlConnection,
  options: { endpoint?: string; verdict?: Verdict; query?: string; after?: number },
  startedAtMs: number,
  signal: AbortSignal,
): Promise<DeliveryRow | null> {
  let found: DeliveryRow | null = null
  const fits = (row: DeliveryRow) =>
    (options.endpoint === undefined || row.endpointName === options.endpoint) &&
    (options.verdict === undefined || row.verdict === options.verdict)
  const engineGone = new AbortController()
  void closed.then(() => engineGone.abort())
  try {
    if (options.endpoint !== undefined) await findEndpoint(client, options.endpoint)
    const afterId = options.after ?? (await newestIdBefore(client, startedAtMs))
    await followDeliveries(client, {
      afterId,
      query: options.query,
      signal: AbortSignal.any([signal, engineGone.signal]),
      onRow: (row) => {
        if (!fits(row)) return true
        found = row
        return false
      },
    })
  } catch (error) {
    if (!engineGone.signal.aborted && !signal.aborted) throw error
  }
  return found
}

function nothingCame(
  timeout: number | undefined,
  engineSeen: boolean,
  limit: AbortSignal | null,
): CommandFailure {
  if (!limit?.aborted) return runtimeFailure('Stopped before a delivery that fits came.')
  return runtimeFailure(
    engineSeen
      ? `No delivery that fits came within ${timeout} s. “countersign list” shows what did come.`
      : `No Countersign listened on this data directory within ${timeout} s. Start “countersign listen”.`,
  )
}
