import { createEndpointRouter } from '#engine/judging/endpoint-router.ts'
import { incompleteFor } from '#engine/judging/captured.ts'
import {
  catchAllProfile,
  type JudgingProfile,
  type PreparedProfile,
  prepareProfile,
} from '#engine/judging/profile.ts'
import type { Body } from '#engine/signatures/types.ts'
import { judge } from '#engine/signatures/verify.ts'
import { readWhole } from '#engine/signatures/whole-body.ts'
import { readBodyFile } from '#engine/store/body-reader.ts'
import type { EndpointRow, ImportedDelivery, StoredBody } from '#engine/store/types.ts'
import type { Candidate } from './candidate.ts'

const CHUNK_BYTES = 1024 * 1024

/** Today's endpoints with what they judge with, as plain values: they cross to the worker. */
export interface JudgingBook {
  endpoints: readonly EndpointRow[]
  profiles: readonly JudgingProfile[]
  catchAll: JudgingProfile
}

export const emptyBook: JudgingBook = { endpoints: [], profiles: [], catchAll: catchAllProfile }

/** Judges imported deliveries as if they were captured, the clock at their own receipt. */
export function importJudge(book: JudgingBook, dataDir: string) {
  const router = createEndpointRouter(book.endpoints)
  const catchAll = prepareProfile(book.catchAll)
  const prepared = new Map<number | null, PreparedProfile>(
    book.profiles.map((profile) => [profile.endpointId, prepareProfile(profile)]),
  )
  return (candidate: Candidate): ImportedDelivery => {
    const { head, receivedAtMs, problem, problemDetail } = candidate
    const endpointId = router.find(head.target)?.id ?? null
    const profile = prepared.get(endpointId) ?? catchAll
    const body = bodyOf(dataDir, candidate.body)
    const whole = readWhole(body)
    const incomplete = incompleteFor(problem, problemDetail)
    const { remoteAddress } = candidate
    const came = { ...head, remoteAddress }
    const context = profile.contextFor(came, receivedAtMs, incomplete, whole)
    const { verification, signatureDigest } = judge(context, body, whole)
    const { fingerprint, source, times, marks, replays, answeredBy, atReceipt } = candidate
    return {
      delivery: {
        receivedAtMs,
        completedAtMs: candidate.completedAtMs,
        endpointId,
        remoteAddress,
        remotePort: candidate.remotePort,
        httpVersion: head.httpVersion,
        method: head.method,
        target: head.target,
        rawHeaders: head.rawHeaders,
        rawTrailers: candidate.rawTrailers,
        body: candidate.body,
        bodySha256: candidate.bodySha256,
        problem,
        problemDetail,
        answer: candidate.answer,
        challenge: candidate.challenge,
        verification,
        ...(atReceipt && { verificationAtReceipt: atReceipt }),
        revision: profile.profile.revision,
        signatureDigest,
        schemeHasMessageId: context.scheme?.messageId != null,
        replayId: null,
      },
      fingerprint,
      source,
      times,
      marks,
      replays,
      answeredBy,
    }
  }
}

function bodyOf(dataDir: string, body: StoredBody): Body {
  if (body.kind === 'memory') {
    const { bytes } = body
    return { byteLength: bytes.byteLength, chunks: () => [bytes] }
  }
  const { name, byteLength } = body
  return {
    byteLength,
    *chunks() {
      for (let offset = 0; offset < byteLength; offset += CHUNK_BYTES) {
        const chunk = readBodyFile(dataDir, name, offset, CHUNK_BYTES)
        if (!chunk) throw new Error(`The body file ${name} is gone.`)
        yield chunk
      }
    },
  }
}
