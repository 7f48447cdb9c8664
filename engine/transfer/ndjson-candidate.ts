import type { Verification } from '#contract/verification.ts'
import type { DeliveryLine, ReplayLine } from '#engine/interchange/ndjson/lines.ts'
import type { ImportedReplay, PlannedAnswer, StoredBody } from '#engine/store/types.ts'
import type { Candidate } from './candidate.ts'

/** A replay of a file; `made` is what is stored of it, `null` where its delivery is here already. */
export interface ReadReplay {
  line: ReplayLine
  made: ImportedReplay | null
}

interface ReadDelivery {
  line: DeliveryLine
  stored: StoredBody
  answer: readonly Uint8Array[]
  fingerprint: Uint8Array
  replays: readonly ReadReplay[]
}

const bytesOf = (pieces: readonly Uint8Array[]) => new Uint8Array(Buffer.concat(pieces))

/** Batches, composed webhooks and forwards of another data directory are not known here. */
export function importedReplay(
  line: ReplayLine,
  body: readonly Uint8Array[] | null,
  answer: readonly Uint8Array[],
): ImportedReplay {
  const { origin, changed, startedAtMs, url, resigned, messageId, method, target } = line
  const told = line.answer
  return {
    row: {
      origin,
      changed,
      startedAtMs,
      url,
      resigned,
      messageId,
      method,
      target,
      rawHeaders: line.rawHeaders,
      body: body === null ? 'as-delivered' : bytesOf(body),
    },
    outcome: told
      ? {
          answer: {
            status: told.status,
            statusMessage: told.statusMessage,
            rawHeaders: told.rawHeaders,
            body: bytesOf(answer),
            bodyByteLength: Math.max(told.bodyByteLength, told.body.byteLength),
          },
        }
      : line.error === null
        ? null
        : { error: line.error },
    timings: line.timings,
  }
}

/** What a file says of a verdict is told as that: nobody here has judged it at that moment. */
function toldAtReceipt(verification: Verification): Verification {
  const sentence = 'This is what the imported file says of the verdict at receipt.'
  const notices = verification.notices.filter(({ code }) => code !== 'imported')
  return {
    ...verification,
    // Ids of secrets are those of another data directory.
    matchedSecretId: null,
    notices: [...notices, { code: 'imported', sentence }],
  }
}

export function candidateOf(read: ReadDelivery, instance: string): Candidate {
  const { line, stored, replays } = read
  const { httpVersion, method, target, rawHeaders, challenge, challengeNote } = line
  const made = replays.flatMap((replay) => (replay.made ? [{ ...replay, made: replay.made }] : []))
  const answeredBy = made.findIndex(({ line: { id } }) => id === line.answer?.replayId)
  return {
    head: { httpVersion, method, target, rawHeaders },
    rawTrailers: line.rawTrailers,
    receivedAtMs: line.receivedAtMs,
    completedAtMs: line.completedAtMs,
    remoteAddress: line.remoteAddress,
    remotePort: line.remotePort,
    body: stored,
    bodySha256: line.body.sha256,
    problem: line.problem,
    problemDetail: line.problemDetail,
    challenge: challenge === null ? null : { name: challenge, note: challengeNote },
    answer: line.answer === null ? null : plannedAnswer(line.answer, bytesOf(read.answer)),
    atReceipt: toldAtReceipt(line.verificationAtReceipt),
    fingerprint: read.fingerprint,
    source: instance,
    times: knownTimes(line.times),
    marks: line.marks,
    replays: made.map((replay) => replay.made),
    answeredBy: answeredBy < 0 ? null : answeredBy,
    fileReplayId: line.replayId,
    arrived: made.flatMap(({ line: { arrived, id } }, index) =>
      arrived ? [{ index, fileId: id }] : [],
    ),
  }
}

function plannedAnswer(
  { status, rawHeaders, by, fault, delayMs }: NonNullable<DeliveryLine['answer']>,
  body: Uint8Array,
): PlannedAnswer {
  return { status: status ?? 0, rawHeaders, by, fault, delayMs, body }
}

function knownTimes(times: DeliveryLine['times']): Candidate['times'] {
  const { connectedAtMs, committedAtMs, answeredAtMs } = times
  if (connectedAtMs === null && committedAtMs === null && answeredAtMs === null) return null
  return times
}
