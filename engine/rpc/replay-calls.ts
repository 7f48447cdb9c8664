import { implement } from '@orpc/server'
import { api } from '#contract/api.ts'
import type { Delivery } from '#contract/delivery.ts'
import type { NewReplay } from '#contract/replay.ts'
import type { Status } from '#contract/status.ts'
import { parseUrl } from '#engine/interchange/parse-url.ts'
import { originalOf, resigningOf } from '#engine/judging/resigning.ts'
import { type PreparedReplay, replayOnce } from '#engine/replay/replay-once.ts'
import type { SendOutcome } from '#engine/replay/send.ts'
import type { ReplayOutcome } from '#engine/store/types.ts'
import { assertMaySend } from './host-calls.ts'
import type { Rooms } from './rooms.ts'

const TIMEOUT_MS = 30_000

const missing = (id: number) => `There is no replay ${id}.`

function blobOf(bytes: Uint8Array): Blob {
  return new Blob([new Uint8Array(bytes)], { type: 'application/octet-stream' })
}

function outcomeToStore(outcome: SendOutcome): ReplayOutcome {
  if ('error' in outcome) return { error: outcome.error }
  const { bodyBytes, ...answer } = outcome.answer
  return { answer: { ...answer, body: bodyBytes } }
}

/** Our own listener's certificate may be one that nobody else trusts. */
function isOurs(url: string, listening: Status['listening']): boolean {
  const host = parseUrl(url)?.host
  return host !== undefined && host === parseUrl(listening?.url ?? '')?.host
}

export function replayCalls(rooms: Rooms) {
  const os = implement(api)
  const { store, reads } = rooms

  const insert = (
    delivery: Delivery,
    input: NewReplay,
    { request, messageId }: PreparedReplay,
    startedAtMs: number,
  ) =>
    store.replays.insert({
      deliveryId: delivery.id,
      origin: 'replay',
      startedAtMs,
      url: input.url,
      resigned: input.resign,
      messageId: input.resign ? messageId : delivery.verification.messageId,
      method: request.method,
      target: request.target,
      rawHeaders: request.rawHeaders,
      body: request.body,
    })

  return {
    create: os.replays.create.handler(async ({ input, errors, signal }) => {
      assertMaySend(rooms, input.url, errors)
      const { deliveryId: id } = input
      const delivery = await reads.run('get', { id })
      if (!delivery) throw errors.NOT_FOUND({ message: `There is no delivery ${id}.` })
      const length = Math.max(1, delivery.bodyByteLength)
      const body = await reads.run('body', { id, offset: 0, length })
      if (!body) throw errors.NOT_FOUND({ message: `The body of delivery ${id} is missing.` })
      const { endpointId } = delivery
      const original = { endpointId, head: delivery, body, ...originalOf(delivery) }
      const resign = input.resign ? resigningOf(rooms.roster, original, input, Date.now()) : null
      if (resign && 'problem' in resign) throw errors.BAD_REQUEST({ message: resign.problem })
      const result = await replayOnce({
        delivery: { ...delivery, body },
        url: input.url,
        resign,
        ports: rooms.replayPorts,
        timeoutMs: TIMEOUT_MS,
        rejectUnauthorized: !isOurs(input.url, rooms.status().listening),
        begin: (prepared, startedAtMs) => insert(delivery, input, prepared, startedAtMs),
        ...(signal && { signal }),
      })
      if ('problem' in result) throw errors.BAD_REQUEST({ message: result.problem })
      store.replays.finish(result.replayId, outcomeToStore(result.outcome), result.outcome.timings)
      rooms.feed.publish({ replays: true })
      const replay = store.replays.get(result.replayId)
      if (!replay) throw errors.NOT_FOUND({ message: 'The replay was sent but is not stored.' })
      return replay
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
      const { deliveryId } = replay
      const range = { offset, length }
      const bytes =
        deliveryId === null ? null : await reads.run('body', { id: deliveryId, ...range })
      if (!bytes) throw errors.NOT_FOUND({ message: `The body of replay ${id} is missing.` })
      return blobOf(bytes)
    }),
    list: os.replays.list.handler(({ input }) => store.replays.list(input)),
  }
}
