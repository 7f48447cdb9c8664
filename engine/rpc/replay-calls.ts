import { implement } from '@orpc/server'
import { api } from '#contract/api.ts'
import type { NewReplay, Replay } from '#contract/replay.ts'
import type { PreparedDelivery } from '#engine/judging/prepare-delivery.ts'
import { plainEdits } from '#engine/replay/edits.ts'
import { leadsToListener } from '#engine/replay/own-listener.ts'
import { outcomeToStore } from '#engine/judging/stored-outcome.ts'
import { sendPrepared } from '#engine/replay/replay-once.ts'
import { assertMaySend, refusedHost } from './host-calls.ts'
import { rowOf, signingOf } from './replay-rows.ts'
import type { Rooms } from './rooms.ts'

const missing = (id: number) => `There is no replay ${id}.`

interface Refusals {
  NOT_FOUND(options: { message: string }): Error
  BAD_REQUEST(options: { message: string }): Error
}

export function replayCalls(rooms: Rooms) {
  const os = implement(api)
  const { store, reads } = rooms
  return {
    create: os.replays.create.handler(async ({ input, errors, signal }) => {
      assertMaySend(rooms, input.url, errors)
      const prepared = await prepare(rooms, input, errors, false)
      const { url, verifyTls, timeoutMs } = input
      const { replayId, outcome } = await sendPrepared(prepared, {
        ports: rooms.replayPorts,
        timeoutMs,
        rejectUnauthorized: rejectsUnknown(rooms, input),
        begin: (_, startedAtMs) => {
          const target = { url, verifyTls, lastUsedAtMs: startedAtMs }
          store.replayTargets.remember(prepared.endpointId, target)
          return store.replays.insert(rowOf(prepared, input, startedAtMs))
        },
        ...(signal && { signal }),
      })
      store.replays.finish(replayId, outcomeToStore(outcome), outcome.timings)
      rooms.feed.publish({ replays: true })
      const replay = store.replays.get(replayId)
      if (!replay) throw errors.NOT_FOUND({ message: 'The replay was sent but is not stored.' })
      return replay
    }),
    preview: os.replays.preview.handler(async ({ input, errors }) => {
      const prepared = await prepare(rooms, input, errors, true)
      const { request, changed, outlook, bodyByteLength } = prepared
      const { method, target, rawHeaders, body } = request
      return {
        method,
        target,
        rawHeaders: [...rawHeaders],
        bodyByteLength,
        body: blobOf(body),
        origin: new URL(input.url).origin,
        asksForHost: refusedHost(rooms, input.url),
        intoOurselves: leadsToListener(input.url, rooms.status().listening),
        changed,
        verdict: outlook?.verdict ?? null,
        notices: outlook?.notices ?? [],
      }
    }),
    get: os.replays.get.handler(({ input: { id }, errors }) => {
      const replay = store.replays.get(id)
      if (!replay) throw errors.NOT_FOUND({ message: missing(id) })
      return replay
    }),
    body: os.replays.body.handler(async ({ input: { id, offset, length }, errors }) => {
      const sent = store.replays.requestBody(id)
      const replay = store.replays.get(id)
      if (sent === null || !replay) throw errors.NOT_FOUND({ message: missing(id) })
      if (sent !== 'as-delivered') return blobOf(sent.subarray(offset, offset + length))
      const bytes = await deliveredBody(rooms, replay, { offset, length })
      if (!bytes) throw errors.NOT_FOUND({ message: `The body of replay ${id} is missing.` })
      return blobOf(bytes)
    }),
    list: os.replays.list.handler(({ input }) => reads.run('replays', input)),
    ...targetCalls(rooms),
  }
}

/** Where deliveries of an endpoint were sent before. */
function targetCalls({ store, feed }: Rooms) {
  const os = implement(api)
  return {
    targets: os.replays.targets.handler(({ input }) => store.replayTargets.list(input.endpointId)),
    forgetTarget: os.replays.forgetTarget.handler(({ input, errors }) => {
      if (!store.replayTargets.forget(input.endpointId, input.url)) {
        throw errors.NOT_FOUND({ message: 'That target is not remembered.' })
      }
      feed.publish({ replays: true })
      return {}
    }),
  }
}

/** @throws NOT_FOUND, or BAD_REQUEST with why it cannot be built or signed */
async function prepare(
  { reads, roster }: Rooms,
  input: NewReplay,
  errors: Refusals,
  previewed: boolean,
): Promise<PreparedDelivery> {
  const { deliveryId: id, url } = input
  const edits = await plainEdits(input.edits ?? {})
  if ('problem' in edits) throw errors.BAD_REQUEST({ message: edits.problem })
  const delivery = await reads.run('get', { id })
  const profile = roster.profileOf(delivery?.endpointId ?? null)
  const asked = { id, url, edits, signing: signingOf(input), profile, nowMs: Date.now(), previewed }
  const prepared = await reads.run('prepareDelivery', asked)
  if (!prepared) throw errors.NOT_FOUND({ message: `There is no delivery ${id}.` })
  if ('problem' in prepared) throw errors.BAD_REQUEST({ message: prepared.problem })
  return prepared
}

/** Our own listener's certificate may be one that nobody else trusts. */
function rejectsUnknown(rooms: Rooms, { url, verifyTls }: NewReplay): boolean {
  return verifyTls && !leadsToListener(url, rooms.status().listening)
}

async function deliveredBody(
  { reads }: Rooms,
  { deliveryId }: Replay,
  range: { offset: number; length: number },
): Promise<Uint8Array | null> {
  return deliveryId === null ? null : reads.run('body', { id: deliveryId, ...range })
}

function blobOf(bytes: Uint8Array): Blob {
  return new Blob([new Uint8Array(bytes)], { type: 'application/octet-stream' })
}
