import { useQuery } from '@tanstack/react-query'
import { type CredentialRange, maskedTarget } from '#contract/credentials.ts'
import type { Delivery } from '#contract/delivery.ts'
import { pathOf, type RawHeader } from '#contract/http.ts'
import type { Replay } from '#contract/replay.ts'
import { api, client } from '#renderer/app/api.ts'
import { deliverySource, maskedSource, type BodySource } from '#renderer/body/body-source.ts'
import { formatDuration, formatLocal, formatBytes, formatSkew } from '#renderer/words/format.ts'
import { verdictLooks } from '#renderer/words/verdicts.ts'
import { visibleStart } from '#renderer/words/visible-text.ts'

/** One of the two that are compared: a delivery, or what a replay sent and got. */
export interface Side {
  /** As in the place: `12`, or `r3` for a replay. */
  key: string
  /** `Delivery 12`, `Replay 3`. */
  name: string
  atMs: number
  /** The delivery to open; `null`: it was composed here and went elsewhere. */
  deliveryId: number | null
  /** Name and value of what a row or a header line would say. */
  facts: [string, string][]
  rawHeaders: readonly RawHeader[]
  schemeId: string | null
  body: BodySource
  /** The same with its content coding undone; `null`: there is none to undo, or it cannot be. */
  decoded: BodySource | null
  answer: { status: string; rawHeaders: readonly RawHeader[]; bodyText: string } | null
}

const header = (rawHeaders: readonly RawHeader[], name: string) =>
  rawHeaders.find(([each]) => each.toLowerCase() === name)?.[1] ?? null

function factsOf(delivery: Delivery): [string, string][] {
  const { verification, duplicate, durationMs, skewSeconds } = delivery
  return [
    ['Verdict', verdictLooks[verification.verdict].word],
    ['Endpoint', delivery.endpointName ?? 'catch-all'],
    ['Method', delivery.method],
    ['Path', pathOf(delivery.target)],
    ['Query', maskedTarget(delivery.target).split('?').slice(1).join('?') || 'none'],
    ['Event type', delivery.eventType ?? 'none'],
    ['Message id', delivery.messageId ?? 'none'],
    ['Repeats', duplicate ? `delivery ${duplicate.originalId}` : 'nothing'],
    ['Skew', skewSeconds === null ? 'no timestamp' : formatSkew(skewSeconds)],
    ['Body', formatBytes(delivery.bodyByteLength)],
    ['Content coding', delivery.contentEncoding ?? 'none'],
    ['HTTP', delivery.httpVersion],
    ['From', delivery.remoteAddress],
    ['Answered', delivery.statusAnswered === null ? 'nothing' : String(delivery.statusAnswered)],
    ['Answered after', durationMs === null ? 'not known' : formatDuration(durationMs)],
    ['SHA-256 of the body', delivery.bodySha256],
  ]
}

function deliverySide(
  delivery: Delivery,
  decodedLength: number | null,
  ranges: (decoded: boolean) => readonly CredentialRange[],
): Side {
  const { id, rawHeaders, bodyByteLength, answer } = delivery
  const contentType = header(rawHeaders, 'content-type')
  const source = (decoded: boolean, byteLength: number) =>
    maskedSource(
      deliverySource({ deliveryId: id, decoded, byteLength, contentType }),
      ranges(decoded),
    )
  return {
    key: String(id),
    name: `Delivery ${id}`,
    atMs: delivery.receivedAtMs,
    deliveryId: id,
    facts: factsOf(delivery),
    rawHeaders,
    schemeId: delivery.schemeId,
    body: source(false, bodyByteLength),
    decoded: decodedLength === null ? null : source(true, decodedLength),
    answer: answer && {
      status: String(answer.status),
      rawHeaders: answer.rawHeaders,
      bodyText: answer.bodyText ?? '',
    },
  }
}

function nameOf({ id, deliveryId }: Replay): string {
  return deliveryId === null ? `Composed request ${id}` : `Replay ${id} of delivery ${deliveryId}`
}

function replaySide(replay: Replay, schemeId: string | null): Side {
  const { id, request, answer, timings } = replay
  const { method, target, rawHeaders, bodyByteLength } = request
  return {
    key: `r${id}`,
    name: nameOf(replay),
    atMs: replay.startedAtMs,
    deliveryId: replay.arrivedAsDeliveryId ?? replay.deliveryId,
    facts: [
      ['Method', method],
      ['Path', pathOf(target)],
      ['Query', maskedTarget(target).split('?').slice(1).join('?') || 'none'],
      ['Message id', replay.messageId ?? 'none'],
      ['Body', formatBytes(bodyByteLength)],
      ['Sent to', visibleStart(maskedTarget(replay.url), 300)],
      ['Signature', replay.resigned ? 'signed anew' : 'as it came'],
      ['Changed', replay.changed.join(', ') || 'nothing'],
      ['Answered', answer ? String(answer.status) : (replay.error ?? 'nothing yet')],
      ['Answered after', timings ? formatDuration(timings.totalMs) : 'not known'],
    ],
    rawHeaders,
    schemeId,
    body: {
      key: `replay-${id}`,
      fileName: `replay-${id}`,
      byteLength: bodyByteLength,
      contentType: header(rawHeaders, 'content-type'),
      read: async (offset, length) => {
        const blob = await client.replays.body({ id, offset, length })
        return new Uint8Array(await blob.arrayBuffer())
      },
    },
    decoded: null,
    answer: answer && {
      status: String(answer.status),
      rawHeaders: answer.rawHeaders,
      bodyText: answer.bodyText,
    },
  }
}

/** What is compared is shown masked: the tabs of a delivery reveal it. */
async function credentialsIn(
  { id, bodyByteLength, verification }: Delivery,
  decoded: boolean,
): Promise<readonly CredentialRange[]> {
  if (verification.schemeId === null || bodyByteLength === 0) return []
  return client.deliveries.credentialRanges({ id, decoded })
}

async function loadSide(key: string): Promise<Side> {
  if (key.startsWith('r')) {
    const replay = await client.replays.get({ id: Number(key.slice(1)) })
    const { deliveryId } = replay
    // What was composed here repeats nothing, so no scheme says which headers are credentials.
    const delivery = deliveryId === null ? null : await client.deliveries.get({ id: deliveryId })
    return replaySide(replay, delivery?.schemeId ?? null)
  }
  const id = Number(key)
  const delivery = await client.deliveries.get({ id })
  const asCame = await credentialsIn(delivery, false)
  if (delivery.contentEncoding === null || delivery.bodyByteLength === 0) {
    return deliverySide(delivery, null, () => asCame)
  }
  const decodedRanges = await credentialsIn(delivery, true)
  const { byteLength, problem } = await client.deliveries.decodedLength({ id })
  return deliverySide(delivery, problem === null ? byteLength : null, (decoded) =>
    decoded ? decodedRanges : asCame,
  )
}

/** A side by its key, read anew when deliveries are judged anew. */
export function useSide(key: string) {
  return useQuery({
    queryKey: [...api.deliveries.get.key(), 'side', key],
    queryFn: () => loadSide(key),
    structuralSharing: false,
    retry: false,
  })
}

/** When it came or was sent. */
export function sideMoment(side: Side): string {
  return formatLocal(side.atMs)
}
