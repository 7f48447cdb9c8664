import type { Answering } from '#contract/answering.ts'
import { createRandom } from '#contract/template/random.ts'
import type { TemplateRequest, TemplateValues } from '#contract/template/values.ts'
import type { Verification } from '#contract/verification.ts'
import type { CapturedRequest } from '#engine/listener/types.ts'
import type { ChallengeReply } from '#engine/signatures/challenge-answer.ts'
import type { EndpointRow, PlannedAnswer } from '#engine/store/types.ts'
import { type AnswerTurns, createAnswerTurns } from './answer-turns.ts'
import { giveAnswer, type PreparedAnswer, prepareAnswering } from './canned-answer.ts'

/** Everything that an answer is decided by. */
export interface AnswerQuestion {
  request: CapturedRequest
  endpoint: Pick<EndpointRow, 'id' | 'answering' | 'forwarding'> | null
  verification: Verification
  /** What the endpoint's scheme wants to hear; `null`: the request is no handshake. */
  reply: ChallengeReply | null
  /** The scheme's set-up test wants wrong signatures refused. */
  answersByVerdict: boolean
}

/** Decides what each sender hears, before the delivery is stored. */
export interface AnswerPlanner {
  /** `null`: nobody can read an answer, or the forwarding target answers (forwardsItsAnswer). */
  plan(question: AnswerQuestion): PlannedAnswer | null
  /** The batch is stored; what was counted for it stands. */
  committed(): void
  /** The batch could not be stored and its senders come again: it counts as never planned. */
  rolledBack(): void
}

const NO_HEADERS: PlannedAnswer['rawHeaders'] = []
const DEFAULT: PlannedAnswer = { status: 200, rawHeaders: NO_HEADERS, by: 'default' }
const RIGHT: PlannedAnswer = { status: 200, rawHeaders: NO_HEADERS, by: 'verdict' }
const WRONG: PlannedAnswer = { status: 401, rawHeaders: NO_HEADERS, by: 'verdict' }

/**
 * Whether the sender hears what the first forwarding target says: only then may `plan` say `null`
 * for somebody who could read an answer.
 */
export function forwardsItsAnswer({
  answering,
  forwarding,
}: Pick<EndpointRow, 'answering' | 'forwarding'>): boolean {
  if (answering?.mode !== 'forward' || forwarding === null) return false
  if (forwarding.when !== 'before-answer' || forwarding.paused) return false
  return forwarding.targets.some(({ enabled }) => enabled)
}

/** @param random from 0 up to, but without, 1: draws failures and seeds what templates make up */
export function createAnswerPlanner(random: () => number = Math.random): AnswerPlanner {
  const own = createOwnAnswers(random)
  return {
    plan(question) {
      const { request, endpoint, verification, reply, answersByVerdict } = question
      const { problem, requiredStatus } = request
      if (problem === 'sender-gone' || problem === 'tls-hello') return null
      if (requiredStatus !== null) {
        return { status: requiredStatus, rawHeaders: NO_HEADERS, by: 'http' }
      }
      if (reply?.answer && reply.name !== null) return { ...reply.answer, by: 'challenge' }
      if (endpoint?.answering) {
        const answer = own.answer(endpoint.id, endpoint.answering, question)
        if (answer) return answer
        if (forwardsItsAnswer(endpoint)) return null
      }
      // A wrong signature that a set-up test may have sent on purpose, in no handshake.
      if (reply?.answer) return { ...reply.answer, by: 'verdict' }
      if (!answersByVerdict) return DEFAULT
      return isRight(verification.verdict) ? RIGHT : WRONG
    },
    committed: own.committed,
    rolledBack: own.rolledBack,
  }
}

/** A handshake that its scheme leaves to the endpoint is as right as a signature. */
function isRight(verdict: Verification['verdict']): boolean {
  return verdict === 'valid' || verdict === 'challenge'
}

interface EndpointAnswers {
  key: string
  prepared: ReturnType<typeof prepareAnswering>
  turns: AnswerTurns
}

/** The answers that people set up, by endpoint, and whose turn it is. */
function createOwnAnswers(random: () => number) {
  const known = new Map<number, EndpointAnswers>()
  const inBatch = new Set<AnswerTurns>()

  const answersOf = (endpointId: number, answering: Answering): EndpointAnswers => {
    const before = known.get(endpointId)
    if (before?.prepared.answering === answering) return before
    const key = JSON.stringify(answering)
    // The roster reads endpoints anew on every change; only another configuration counts anew.
    const turns = before?.key === key ? before.turns : createAnswerTurns()
    const found = { key, prepared: prepareAnswering(answering), turns }
    known.set(endpointId, found)
    return found
  }

  const answer = (
    endpointId: number,
    answering: Answering,
    question: AnswerQuestion,
  ): PlannedAnswer | null => {
    const { prepared, turns } = answersOf(endpointId, answering)
    inBatch.add(turns)
    const message = messageOf(question)
    const counted = turns.delivered(message)
    const give = (chosen: PreparedAnswer | undefined, by: PlannedAnswer['by']) =>
      chosen ? giveAnswer(chosen, valuesOf(question, counted, random), by) : null
    const { failure, mode } = answering
    if (failure && prepared.failure && random() < failure.probability) {
      return give(prepared.failure, 'failure')
    }
    if (mode === 'forward') return null
    if (mode === 'by-verdict') {
      const right = isRight(question.verification.verdict)
      return give(right ? prepared.answers[0] : prepared.otherwise, 'verdict')
    }
    const turn = turns.takeTurn(answering.countPer === 'message' ? message : null)
    const { length } = prepared.answers
    const index = answering.afterLast === 'restart' ? turn % length : Math.min(turn, length - 1)
    return give(prepared.answers[index], 'canned')
  }

  const endBatch = (end: (turns: AnswerTurns) => void) => () => {
    for (const turns of inBatch) end(turns)
    inBatch.clear()
  }
  return {
    answer,
    committed: endBatch((turns) => turns.committed()),
    rolledBack: endBatch((turns) => turns.rolledBack()),
  }
}

/** Where the scheme has no message ids, what has the same body is the same message. */
function messageOf({ request, verification }: AnswerQuestion): string {
  const { messageId } = verification
  return messageId === null ? `body ${request.bodySha256}` : `id ${messageId}`
}

function valuesOf(
  { request, verification }: AnswerQuestion,
  { counter, attempt }: { counter: number; attempt: number },
  random: () => number,
): TemplateValues {
  const { head, body } = request
  let text: string | null = null
  const asRequest: TemplateRequest = {
    method: head.method,
    target: head.target,
    rawHeaders: head.rawHeaders,
    // A body that was spooled to a file is too large to be answered with.
    body: () => (text ??= body.kind === 'memory' ? Buffer.from(body.bytes).toString() : ''),
    messageId: verification.messageId,
    eventType: verification.eventType,
    verdict: verification.verdict,
    timestamp:
      verification.timestamp === null ? null : Math.floor(verification.timestamp.unixMs / 1000),
    attempt,
  }
  return { request: asRequest, random: createRandom(random()), nowMs: Date.now(), counter }
}
