import type { Unprepared } from '#engine/judging/prepare-delivery.ts'
import type { GroupedWrites } from '#engine/replay/batch/grouped-writes.ts'
import type { Ended } from '#engine/replay/batch/progress.ts'
import type { BatchItem } from '#engine/replay/batch/run-batch.ts'
import { leadsToListener } from '#engine/replay/own-listener.ts'
import { outcomeToStore } from '#engine/judging/stored-outcome.ts'
import { sendPrepared } from '#engine/replay/replay-once.ts'
import type { SendOutcome } from '#engine/replay/send.ts'
import type { NewReplayRow, ReplayOutcome, ReplayTimings } from '#engine/store/types.ts'
import type { BatchRooms, PlannedBatch } from './batches.ts'
import { rowOf } from './replay-rows.ts'

export interface ReplayEnd {
  id: number
  outcome: ReplayOutcome
  timings: ReplayTimings | null
}

/**
 * Makes one delivery of a bulk replay ready, stores it and sends it. What cannot be built or signed
 * is stored as a replay that failed, with the reason.
 */
export function batchSender(
  rooms: BatchRooms,
  planned: PlannedBatch,
  batchId: number,
  writes: GroupedWrites<NewReplayRow, ReplayEnd>,
  signal: AbortSignal,
): (item: BatchItem) => Promise<{ ending: Promise<Ended> }> {
  const { url, edits, signing, verifyTls, timeoutMs } = planned
  const remembered = new Set<number | null>()
  const remember = (endpointId: number | null, lastUsedAtMs: number): void => {
    if (remembered.has(endpointId)) return
    remembered.add(endpointId)
    rooms.store.replayTargets.remember(endpointId, { url, verifyTls, lastUsedAtMs })
  }
  const notSent = async (item: BatchItem, unprepared: Unprepared): Promise<Ended> => {
    const error = `It was not sent: ${unprepared.problem}`
    const id = await writes.insert(unsentRow(item, unprepared, planned, batchId))
    writes.finish({ id, outcome: { error }, timings: null })
    return { error }
  }

  return async (item) => {
    const profile = rooms.roster.profileOf(item.endpointId)
    const asked = { id: item.id, url, edits, signing, profile, nowMs: Date.now(), previewed: false }
    const prepared = await rooms.reads.run('prepareDelivery', asked)
    if (!prepared) return { ending: Promise.resolve({ skipped: true }) }
    if ('problem' in prepared) return { ending: notSent(item, prepared) }
    const { resign, secretText } = signing
    const sending = sendPrepared(prepared, {
      ports: rooms.replayPorts,
      timeoutMs,
      signal,
      rejectUnauthorized: verifyTls && !leadsToListener(url, rooms.listening()),
      begin: (_, startedAtMs) => {
        remember(prepared.endpointId, startedAtMs)
        const of = { deliveryId: item.id, url, resign, secretText }
        const row = rowOf(prepared, of, startedAtMs)
        return writes.insert({ ...row, batchId })
      },
    })
    const ending = sending.then(({ replayId: id, outcome }) => {
      writes.finish({ id, outcome: outcomeToStore(outcome), timings: outcome.timings })
      return endedOf(outcome)
    })
    return { ending }
  }
}

function endedOf(outcome: SendOutcome): Ended {
  if ('answer' in outcome) {
    return { status: outcome.answer.status, totalMs: outcome.timings.totalMs }
  }
  return outcome.code === 'ABORTED' ? { cancelled: true } : { error: outcome.error }
}

function unsentRow(
  item: BatchItem,
  { method, target }: Unprepared,
  { url, signing }: PlannedBatch,
  batchId: number,
): NewReplayRow {
  return {
    deliveryId: item.id,
    origin: 'replay',
    batchId,
    startedAtMs: Date.now(),
    url,
    resigned: signing.resign,
    messageId: null,
    method,
    target,
    rawHeaders: [],
    body: new Uint8Array(),
  }
}
