import type { Answer, CapturedHead, CapturedRequest, DeliverySink } from '#engine/listener/types.ts'
import type { CameThrough } from '#contract/tunnel.ts'
import type { Verification } from '#contract/verification.ts'
import { type ChallengeReply, replyToChallenge } from '#engine/signatures/challenge-answer.ts'
import type { VerifyContext } from '#engine/signatures/types.ts'
import { WholeBody } from '#engine/signatures/whole-body.ts'
import {
  judge as judgeRequest,
  startVerification,
  type Judged,
  type StreamingVerification,
} from '#engine/signatures/verify.ts'
import type { NewDelivery } from '#engine/store/types.ts'
import { type AnswerPlanner, createAnswerPlanner } from './answer-plan.ts'
import { createTimesKept } from './answer-times.ts'
import { incompleteFor } from './captured.ts'
import { type CommitQueueOptions, createCommitQueue, type StoredDelivery } from './commit-queue.ts'
import type { PreparedProfile } from './profile.ts'
import type { Roster } from './roster.ts'
import type { Forwarder } from '#engine/forwarding/forwarder.ts'

export type { StoredDelivery }

export interface IntakeOptions extends Pick<
  CommitQueueOptions,
  'store' | 'onCommitted' | 'onWriteFailure'
> {
  roster: Pick<Roster, 'find'>
  /** The replay of ours that comes from this address and port, if one is under way. */
  replayIdOf(remoteAddress: string, remotePort: number): number | null
  /** How it came here; `own`: as a replay of ours. Absent: nothing but its headers tells. */
  cameThrough?: (head: CapturedHead, own: boolean) => CameThrough | null
  /** A fault of ours: a request that cannot be judged is not answered as if it were stored. */
  onJudgingFailure(error: unknown): void
  /** A spooled body that has no row after all. */
  discardBody(name: string): void
  /** Times of answers were stored, of deliveries that were told of before. */
  onTimesStored(): void
  /** They wait for the next try; `lasting`: for some seconds already. */
  onTimesRefused(error: unknown, lasting: boolean): void
  /** Absent: nothing is sent on. */
  forwarding?: Pick<Forwarder, 'plan' | 'take' | 'hold' | 'letGo'>
  /** Chance, from 0 up to 1; absent: Math.random. */
  random?: (() => number) | undefined
}

/** What became of a request: the answer that its sender gets, and the delivery that it is now. */
export interface Recorded extends Answer {
  delivery: NonNullable<Answer['delivery']>
}

export interface Intake extends DeliverySink {
  accept(request: CapturedRequest): Promise<Recorded>
  /** Stores the times that are still held. */
  close(): void
}

const EMPTY = new Uint8Array(0)
const NO_HEADERS: Answer['rawHeaders'] = []

type RoutedHead = CapturedHead & { cameThrough?: CameThrough | null }

/** An observer that HMACs a spooled body while it streams past, with the profile it began with. */
class StreamedJudgement {
  readonly prepared: PreparedProfile
  readonly endpointId: number | null
  /** The head with how it came here: a tunnel may have closed when the body has come. */
  readonly head: RoutedHead
  readonly verification: StreamingVerification
  constructor(prepared: PreparedProfile, endpointId: number | null, head: RoutedHead) {
    this.prepared = prepared
    this.endpointId = endpointId
    this.head = head
    this.verification = startVerification(prepared.contextFor(head, head.receivedAtMs, null))
  }
  update(chunk: Uint8Array): void {
    this.verification.update(chunk)
  }
}

/**
 * Judges each captured request and writes many in one transaction. `accept` resolves when that is on
 * the disk: an answered delivery is a stored delivery.
 */
export function createIntake(options: IntakeOptions): Intake {
  const times = createTimesKept(options)
  const answers = createAnswerPlanner(options.random)
  const commit = createCommitQueue({ ...options, times, answers })

  /** With what was planned, or once its forwarding target has answered and that is stored. */
  const answerTo = (
    stored: StoredDelivery,
    committedAtMs: number,
    resolve: (recorded: Recorded) => void,
  ) => {
    const delivery = { id: stored.committed.id, committedAtMs }
    const open = stored.delivery.forwards && options.forwarding?.take(stored, committedAtMs)
    if (!open) resolve({ ...wireAnswer(stored.delivery.answer), delivery })
    else void open.then((answer) => resolve({ ...answer, delivery }))
  }

  /** Its sender gets 503 and sends it again: the spooled file would only pile up. */
  const discardBody = (body: CapturedRequest['body']) => {
    if (body.kind === 'file') options.discardBody(body.name)
  }

  return {
    begin: (head) => {
      const { endpoint, prepared } = options.roster.find(head.target)
      return new StreamedJudgement(prepared, endpoint?.id ?? null, routed(head, options))
    },
    accept: (request) =>
      new Promise((resolve, reject) => {
        let delivery: NewDelivery
        try {
          delivery = judgeAtReceipt(request, options, answers)
        } catch (error) {
          options.onJudgingFailure(error)
          discardBody(request.body)
          reject(error)
          return
        }
        commit({
          delivery,
          stored: (stored, committedAtMs) => answerTo(stored, committedAtMs, resolve),
          refused(error, written) {
            if (!written) discardBody(request.body)
            reject(error)
          },
        })
      }),
    answered({ delivery }, { connectedAtMs, answeredAtMs }) {
      if (delivery) times.note({ ...delivery, connectedAtMs, answeredAtMs })
    },
    close: () => times.close(),
  }
}

/** What the listener does for a planned answer; of nobody who could read one it sends nothing. */
function wireAnswer(planned: NewDelivery['answer']): Answer {
  if (planned === null) return { status: 200, rawHeaders: NO_HEADERS, body: EMPTY }
  const { status, rawHeaders, body = EMPTY, fault = null, delayMs = 0 } = planned
  return { status, rawHeaders, body, fault, delayMs }
}

/** What the endpoint's own scheme wants to hear; `null`: the request is no handshake of it. */
function replyOf(
  { problem, requiredStatus }: CapturedRequest,
  { profile }: PreparedProfile,
  context: VerifyContext,
  { verdict, matchedSecretId }: Verification,
  body: WholeBody | null,
): ChallengeReply | null {
  if (!profile.answerChallenges || profile.schemeId === null) return null
  if (problem !== null || requiredStatus !== null) return null
  return replyToChallenge({ context, scheme: context.scheme, body, verdict, matchedSecretId })
}

function routed(head: CapturedHead, options: IntakeOptions): RoutedHead {
  if (!options.cameThrough) return head
  const own = options.replayIdOf(head.remoteAddress, head.remotePort) !== null
  const cameThrough = options.cameThrough(head, own)
  return cameThrough === null ? head : { ...head, cameThrough }
}

function judgeAtReceipt(
  request: CapturedRequest,
  options: IntakeOptions,
  answers: AnswerPlanner,
): NewDelivery {
  const { body } = request
  const streamed = request.observer instanceof StreamedJudgement ? request.observer : null
  const head = streamed?.head ?? routed(request.head, options)
  const found = options.roster.find(head.target)
  const prepared = streamed?.prepared ?? found.prepared
  // It belongs to whoever has its path now: an endpoint may have been made while it streamed in.
  const endpointId = found.endpoint?.id ?? null
  const judgedAsItsOwn = !streamed || streamed.endpointId === endpointId
  const incomplete = incompleteFor(request.problem, request.problemDetail)
  const known = body.kind === 'memory' ? new WholeBody(body.bytes) : null
  const context = prepared.contextFor(head, head.receivedAtMs, incomplete, known)
  const { scheme } = context
  const { verification, signatureDigest } = judge(body, context, known, streamed)
  const reply = replyOf(request, prepared, context, verification, known)
  const answersByVerdict = prepared.profile.schemeId !== null && scheme?.answersByVerdict === true
  const { endpoint } = found
  const answer = answers.plan({ request, endpoint, verification, reply, answersByVerdict })
  const arrived = {
    ...{ endpointId, answer, rawHeaders: head.rawHeaders, problem: request.problem },
    asksTarget: (endpoint?.answering ?? null) === null,
  }
  return {
    receivedAtMs: head.receivedAtMs,
    completedAtMs: request.completedAtMs,
    endpointId,
    remoteAddress: head.remoteAddress,
    remotePort: head.remotePort,
    httpVersion: head.httpVersion,
    ...(head.clientCertificate && { clientCertificate: head.clientCertificate }),
    ...(head.cameThrough && { cameThrough: head.cameThrough }),
    method: head.method,
    target: head.target,
    rawHeaders: head.rawHeaders,
    rawTrailers: request.rawTrailers,
    body,
    bodySha256: request.bodySha256,
    problem: request.problem,
    problemDetail: request.problemDetail,
    ...(options.forwarding?.plan(arrived) ?? { answer }),
    challenge: reply?.name == null ? null : { name: reply.name, note: reply.note },
    verification,
    // Judged with the profile of another: older than any revision, so it is judged anew.
    revision: judgedAsItsOwn ? prepared.profile.revision : 0,
    schemeHasMessageId: scheme?.messageId != null,
    signatureDigest,
    replayId: options.replayIdOf(head.remoteAddress, head.remotePort),
  }
}

function judge(
  body: CapturedRequest['body'],
  context: VerifyContext,
  known: WholeBody | null,
  streamed: StreamedJudgement | null,
): Judged {
  if (body.kind === 'memory') {
    const { bytes } = body
    const inMemory = { byteLength: bytes.byteLength, chunks: () => [bytes] }
    return judgeRequest(context, inMemory, known)
  }
  const { incomplete } = context
  if (streamed) return streamed.verification.finish({ byteLength: body.byteLength, incomplete })
  const missed = incomplete ?? { sentence: 'The body was stored without being checked.' }
  return judgeRequest({ ...context, incomplete: missed }, { byteLength: 0, chunks: () => [] })
}
