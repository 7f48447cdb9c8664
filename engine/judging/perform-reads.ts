import type { Delivery, DeliveryFilter } from '#contract/delivery.ts'
import type { Explanation, Verification } from '#contract/verification.ts'
import { INSPECTED_BYTES } from '#engine/hygiene/inspect-payload.ts'
import { decodeBody } from '#engine/interchange/decode-body.ts'
import {
  credentialRanges,
  MOST_RANGED_BYTES,
} from '#engine/interchange/redact/credential-ranges.ts'
import { adviceFor } from '#engine/signatures/advice.ts'
import { explain } from '#engine/signatures/explain.ts'
import type { Body } from '#engine/signatures/types.ts'
import { judge } from '#engine/signatures/verify.ts'
import { readWhole } from '#engine/signatures/whole-body.ts'
import { openReader, type Reader } from '#engine/store/open-reader.ts'
import type { JudgingInput } from '#engine/store/types.ts'
import { transferSteps } from '#engine/transfer/lazy-steps.ts'
import { incompleteFor } from './captured.ts'
import { deliveryHygiene } from './delivery-hygiene.ts'
import { diagnosePasted, diagnoseRequest } from './diagnose-delivery.ts'
import { prepareDelivery } from './prepare-delivery.ts'
import { type JudgingProfile, type PreparedProfile, prepareProfile } from './profile.ts'
import type { JudgedStep, ReadCalls } from './read-calls.ts'
import { suggestScheme } from './suggest-scheme.ts'
import { pastedRequest, tryScheme } from './try-scheme.ts'

/** The most bytes that undoing a content coding may produce. */
const DECODED_LIMIT_BYTES = 32 * 1024 * 1024
const CHUNK_BYTES = 1024 * 1024
const KEEP_DECODED_MS = 5_000

/** The body as a re-iterable of chunks: one, read once, when it is small; else ranges of the file. */
function bodyOf(reader: Reader, id: number, byteLength: number): Body {
  const small = byteLength <= CHUNK_BYTES ? reader.body(id, 0, CHUNK_BYTES) : null
  if (small) return { byteLength, chunks: () => [small] }
  return {
    byteLength,
    *chunks() {
      for (let offset = 0; offset < byteLength; offset += CHUNK_BYTES) {
        const chunk = reader.body(id, offset, CHUNK_BYTES)
        if (!chunk)
          throw new Error(`The body of delivery ${id} is missing from the data directory.`)
        yield chunk
      }
    },
  }
}

function judgeAgain(reader: Reader, input: JudgingInput, prepared: PreparedProfile): Verification {
  const { body, incomplete } = storedBody(reader, input, input.body.byteLength)
  const whole = readWhole(body)
  const context = prepared.contextFor(input.head, input.receivedAtMs, incomplete, whole)
  return judge(context, body, whole).verification
}

/** A body whose file somebody removed makes its own delivery incomplete, and stops no other. */
function storedBody(
  reader: Reader,
  { id, problem, problemDetail }: Pick<Delivery, 'id' | 'problem' | 'problemDetail'>,
  byteLength: number,
) {
  if (byteLength > 0 && reader.body(id, 0, 1) === null) {
    const sentence = 'The body of this delivery is missing from the data directory.'
    return { incomplete: { sentence }, body: { byteLength: 0, chunks: () => [] } }
  }
  return {
    incomplete: incompleteFor(problem, problemDetail),
    body: bodyOf(reader, id, byteLength),
  }
}

function explainDelivery(
  reader: Reader,
  { id, as, profile, nowMs }: Parameters<ReadCalls['explain']>[0],
): Explanation | null {
  const delivery = reader.get(id)
  if (!delivery) return null
  const stands = standingVerification(delivery, profile, as)
  const prepared = prepareProfile(stands ? { ...profile, schemeId: stands.schemeId } : profile)
  const { body, incomplete } = storedBody(reader, delivery, delivery.bodyByteLength)
  const context = prepared.contextFor(delivery, delivery.receivedAtMs, incomplete, readWhole(body))
  const explanation = explain(context, body, nowMs)
  if (!stands) return explanation
  const advice =
    as === 'receipt'
      ? explanation.advice
      : adviceFor(stands, context.scheme, context.head, readWhole(body), context.ownSchemes)
  return { ...explanation, verification: stands, advice }
}

/** Deliveries before one that are looked at for the clock. */
const RECENT = 12

function diagnoseDelivery(
  reader: Reader,
  { id, profile, otherSecrets }: Parameters<ReadCalls['diagnose']>[0],
) {
  const delivery = reader.get(id)
  if (!delivery) return null
  const stands = standingVerification(delivery, profile, 'now')
  const { body, incomplete } = storedBody(reader, delivery, delivery.bodyByteLength)
  const endpoint = delivery.endpointId ?? 'catch-all'
  const filter: DeliveryFilter = { endpoint, verdicts: ['valid', 'stale'] }
  const recent = reader.list({ filter, after: { id, value: null }, limit: RECENT })
  const skews = recent.rows.flatMap(({ skewSeconds }) =>
    skewSeconds === null ? [] : [skewSeconds],
  )
  return diagnoseRequest(
    { head: delivery, body, atMs: delivery.receivedAtMs, incomplete },
    stands ? { ...profile, schemeId: stands.schemeId } : profile,
    otherSecrets,
    skews,
  )
}

/** What is not judged anew: the one at receipt, and the last one of an endpoint that was removed. */
function standingVerification(
  delivery: Delivery,
  profile: JudgingProfile,
  as: 'receipt' | 'now',
): Verification | null {
  if (as === 'receipt') return delivery.verificationAtReceipt
  return delivery.endpointId === profile.endpointId ? null : delivery.verification
}

function judgeStep(
  reader: Reader,
  { profile, ids, before, limit }: Parameters<ReadCalls['judge']>[0],
): JudgedStep {
  const { endpointId, revision } = profile
  if (endpointId === null) return { rows: [], before: null }
  const prepared = prepareProfile(profile)
  const due = ids ?? reader.toJudge({ endpointId, revision, before, limit }).map((row) => row.id)
  const rows = due.flatMap((id) => {
    const input = reader.judgingInput(id)
    if (input?.endpointId !== endpointId) return []
    return [{ id, revision, verification: judgeAgain(reader, input, prepared) }]
  })
  const last = due[due.length - 1]
  return { rows, before: ids || due.length < limit || last === undefined ? null : last }
}

async function decode(reader: Reader, id: number) {
  const delivery = reader.get(id)
  if (!delivery) return null
  const raw = reader.body(delivery.id, 0, Math.min(delivery.bodyByteLength, DECODED_LIMIT_BYTES))
  if (!raw) return null
  // A HEAD or a GET may name a coding and carry nothing.
  if (delivery.contentEncoding === null || raw.byteLength === 0) return { bytes: raw }
  return decodeBody(raw, delivery.contentEncoding, DECODED_LIMIT_BYTES)
}

/** A body's ranges are asked for one after another: the last one decoded is kept for a while. */
function lastDecoded(reader: Reader) {
  let last: { id: number; whole: ReturnType<typeof decode> } | null = null
  let forget: NodeJS.Timeout | undefined
  return ({ id }: { id: number }) => {
    if (last?.id !== id) last = { id, whole: decode(reader, id) }
    clearTimeout(forget)
    forget = setTimeout(() => {
      last = null
    }, KEEP_DECODED_MS).unref()
    return last.whole
  }
}

/** Opens the read-only connection of a worker and performs the calls on it. */
export function createReadCalls(dataDir: string): ReadCalls {
  const reader = openReader(dataDir)
  const decoded = lastDecoded(reader)
  return {
    list: (input) => reader.list(input),
    tally: (input) => reader.tally(input),
    count: (input) => reader.count(input),
    ids: (input) => reader.ids(input),
    tags: () => reader.tags(),
    get: ({ id }) => reader.get(id),
    isRemoved: ({ id }) => reader.isRemoved(id),
    body: ({ id, offset, length }) => reader.body(id, offset, length),
    async decodedBody({ id, offset, length }) {
      const whole = await decoded({ id })
      if (!whole || 'problem' in whole) return whole
      // A copy: a view would take all that is under it along to the other thread.
      return { bytes: new Uint8Array(whole.bytes.subarray(offset, offset + length)) }
    },
    async decodedLength({ id }) {
      const whole = await decoded({ id })
      if (!whole) return null
      return 'problem' in whole
        ? { byteLength: 0, problem: whole.problem }
        : { byteLength: whole.bytes.byteLength, problem: null }
    },
    explain: (input) => explainDelivery(reader, input),
    suggestScheme({ id, profiles, ownSchemes }) {
      const delivery = reader.get(id)
      if (!delivery) return null
      const { body, incomplete } = storedBody(reader, delivery, delivery.bodyByteLength)
      return suggestScheme({ head: delivery, ...delivery, incomplete }, body, profiles, ownSchemes)
    },
    tryScheme({ scheme, request, secrets, settings, atMs, nowMs }) {
      if ('text' in request) {
        const pasted = pastedRequest(request.text, atMs ?? nowMs)
        return 'request' in pasted ? pasted : tryScheme(scheme, pasted, secrets, settings)
      }
      const delivery = reader.get(request.deliveryId)
      if (!delivery) return null
      const stored = storedBody(reader, delivery, delivery.bodyByteLength)
      const tried = { head: delivery, ...stored, atMs: atMs ?? delivery.receivedAtMs }
      return tryScheme(scheme, tried, secrets, settings)
    },
    diagnose: (input) => diagnoseDelivery(reader, input),
    diagnosePasted: ({ request, profile, otherSecrets, nowMs }) =>
      diagnosePasted(request, profile, otherSecrets, nowMs),
    async hygiene({ id, nowMs }) {
      const delivery = reader.get(id)
      if (!delivery) return null
      if (delivery.contentEncoding !== null) {
        return deliveryHygiene(delivery, await decoded({ id }), nowMs)
      }
      const bytes = reader.body(id, 0, INSPECTED_BYTES)
      return deliveryHygiene(delivery, bytes && { bytes }, nowMs)
    },
    async credentialRanges({ id, decoded: asDecoded, scheme }) {
      const delivery = reader.get(id)
      if (!delivery) return null
      if (asDecoded && delivery.contentEncoding !== null) {
        const found = await decoded({ id })
        return found && 'bytes' in found ? credentialRanges(scheme, found.bytes) : []
      }
      if (delivery.bodyByteLength > MOST_RANGED_BYTES) return []
      const bytes = reader.body(id, 0, MOST_RANGED_BYTES)
      return bytes ? credentialRanges(scheme, bytes) : []
    },
    secretUsage: (input) => reader.secretUsage(input),
    overview: (input) => reader.overview(input),
    forwards: (input) => reader.forwards.list(input),
    forwardQueues: () => reader.forwards.queues(),
    whole({ id }) {
      const delivery = reader.get(id)
      const body = delivery && reader.body(id, 0, delivery.bodyByteLength)
      return delivery && body && { delivery, body }
    },
    replays: (input) => reader.replays.list(input),
    moments: ({ ids }) => reader.batches.moments(ids),
    batchResults: (input) => reader.batches.batchResults(input),
    prepareDelivery: (input) => prepareDelivery(reader, input),
    attempts: ({ id }) => reader.attempts(id),
    pendingJudgements: () => reader.pendingJudgements(),
    judge: (input) => judgeStep(reader, input),
    ...transferSteps(dataDir, reader),
  }
}
