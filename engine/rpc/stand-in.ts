import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Status } from '#contract/status.ts'
import { startListener } from '#engine/listener/listen.ts'
import type { DeliverySink } from '#engine/listener/types.ts'

export interface StandIn {
  readonly at: NonNullable<Status['listening']>
  close(): Promise<void>
}

const BODY_LIMIT_BYTES = 25 * 1024 * 1024
const IDLE_TIMEOUT_MS = 30_000

/** Nothing can be stored, and the listener answers 503 with when to come again. */
const refusing: DeliverySink = {
  begin: () => null,
  accept: () => Promise.reject(new Error('There is no database to store it in.')),
  answered: () => undefined,
}

/** Listens where the engine did and refuses every delivery with 503, so that senders come again. */
export async function standIn(at: NonNullable<Status['listening']>): Promise<StandIn> {
  if (!at.url.startsWith('http:')) throw new Error('Only plain HTTP can be stood in for.')
  const bodiesDir = await mkdtemp(path.join(tmpdir(), 'countersign-refused-'))
  const listener = await startListener({
    host: at.host,
    port: at.port,
    portWasAskedFor: true,
    choose: 'settings',
    sink: refusing,
    bodiesDir,
    bodyLimitBytes: () => BODY_LIMIT_BYTES,
    idleTimeoutMs: IDLE_TIMEOUT_MS,
    onProblem: () => undefined,
  })
  return {
    at,
    async close() {
      await listener.close()
      await rm(bodiesDir, { recursive: true, force: true })
    },
  }
}
