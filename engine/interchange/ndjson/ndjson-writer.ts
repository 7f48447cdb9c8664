import type { Delivery } from '#contract/delivery.ts'
import type { Replay } from '#contract/replay.ts'
import type { ExportWriter } from '#engine/interchange/export/export-writer.ts'
import type {
  ExportedDelivery,
  ExportedReplay,
} from '#engine/interchange/export/exported-delivery.ts'
import { Warnings } from '#engine/interchange/export/warnings.ts'
import type { Body } from '#engine/signatures/types.ts'
import { base64Of, bodyOfBytes, factOf, piecesOf } from './body-fact.ts'
import {
  type DeliveryLine,
  type EndLine,
  FORMAT,
  type HeaderLine,
  type ReplayLine,
  VERSION,
} from './lines.ts'
import type { z } from 'zod'

export interface NdjsonOptions {
  /** The id of this data directory. */
  instance: string
  version: string
  nowMs: number
  /** The path of an endpoint that there is; `null`: it was removed. */
  endpointPath(endpointId: number): string | null
  /** The bytes that the answer's body is shown from; `null`: there are none. */
  answerBody(delivery: Delivery): Uint8Array | null
  replayAnswerBody(replay: Replay): Uint8Array | null
}

const line = (value: object): Uint8Array => Buffer.from(`${JSON.stringify(value)}\n`)

/**
 * Writes every fact of deliveries, a line each (docs/ndjson.md). Bodies of any size pass through in
 * pieces; each is read twice, since its digest stands in front of it.
 */
export class NdjsonWriter implements ExportWriter {
  readonly warnings = new Warnings()
  readonly fileExtension = 'ndjson'
  readonly #options: NdjsonOptions
  #deliveries = 0

  constructor(options: NdjsonOptions) {
    this.#options = options
  }

  *begin(): Iterable<Uint8Array> {
    const { instance, version, nowMs } = this.#options
    const header: HeaderLine = {
      format: FORMAT,
      version: VERSION,
      instance,
      exportedAtMs: nowMs,
      by: `Countersign ${version}`,
    }
    yield line(header)
  }

  *delivery(exported: ExportedDelivery): Iterable<Uint8Array> {
    const { delivery, replays } = exported
    const bytes = delivery.answer === null ? null : this.#options.answerBody(delivery)
    const answerBody = bytes === null ? null : bodyOfBytes(bytes)
    yield line(this.#deliveryLine(exported, answerBody))
    yield* furtherPieces(exported.body)
    if (answerBody) yield* furtherPieces(answerBody)
    for (const replay of replays) yield* this.#replay(replay)
    this.#deliveries++
  }

  *end(): Iterable<Uint8Array> {
    const end: z.infer<typeof EndLine> = { type: 'end', deliveries: this.#deliveries }
    yield line(end)
  }

  #deliveryLine({ delivery, body, replays }: ExportedDelivery, answerBody: Body | null) {
    const { answer, endpointId, endpointName } = delivery
    const told: DeliveryLine = {
      type: 'delivery',
      id: delivery.id,
      receivedAtMs: delivery.receivedAtMs,
      completedAtMs: delivery.completedAtMs,
      times: delivery.times,
      remoteAddress: delivery.remoteAddress,
      remotePort: delivery.remotePort,
      httpVersion: delivery.httpVersion,
      method: delivery.method,
      target: delivery.target,
      rawHeaders: delivery.rawHeaders,
      rawTrailers: delivery.rawTrailers,
      body: factOf(body),
      problem: delivery.problem,
      problemDetail: delivery.problemDetail,
      replayId: delivery.replayId,
      challenge: delivery.challenge,
      challengeNote: delivery.challengeNote,
      answer: answer && {
        status: answer.status,
        rawHeaders: answer.rawHeaders,
        by: answer.by,
        fault: answer.fault,
        delayMs: answer.delayMs,
        replayId: answer.replayId,
        body: answerBody && factOf(answerBody),
      },
      verificationAtReceipt: delivery.verificationAtReceipt,
      verification: delivery.verification,
      endpoint:
        endpointId === null || endpointName === null
          ? null
          : {
              name: endpointName,
              path: this.#options.endpointPath(endpointId),
              schemeId: delivery.schemeId,
            },
      marks: { pinned: delivery.pinned, note: delivery.note, tags: delivery.tags },
      replays: replays.length,
    }
    return told
  }

  *#replay({ replay, body }: ExportedReplay): Iterable<Uint8Array> {
    const { answer, request } = replay
    const kept = answer === null ? null : this.#options.replayAnswerBody(replay)
    const answerBody = bodyOfBytes(kept ?? new Uint8Array(0))
    const told: ReplayLine = {
      type: 'replay',
      id: replay.id,
      origin: replay.origin,
      startedAtMs: replay.startedAtMs,
      url: replay.url,
      resigned: replay.resigned,
      changed: replay.changed,
      messageId: replay.messageId,
      arrived: replay.arrivedAsDeliveryId !== null,
      method: request.method,
      target: request.target,
      rawHeaders: request.rawHeaders,
      body: body && factOf(body),
      answer: answer && {
        status: answer.status,
        statusMessage: answer.statusMessage,
        rawHeaders: answer.rawHeaders,
        bodyByteLength: answer.bodyByteLength,
        body: factOf(answerBody),
      },
      error: replay.error,
      timings: replay.timings,
    }
    yield line(told)
    if (body) yield* furtherPieces(body)
    if (answer) yield* furtherPieces(answerBody)
  }
}

/** What does not stand in the line itself. */
function* furtherPieces(body: Body): Iterable<Uint8Array> {
  let isFirst = true
  for (const piece of piecesOf(body)) {
    if (!isFirst) yield line({ type: 'piece', base64: base64Of(piece) })
    isFirst = false
  }
}
