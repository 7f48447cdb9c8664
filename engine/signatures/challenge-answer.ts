import type { RawHeader } from '#contract/http.ts'
import type { SchemeChallenge } from '#contract/scheme-parts.ts'
import type { Scheme } from '#contract/scheme.ts'
import type { Verdict } from '#contract/verdict.ts'
import { challengeOf } from './challenge.ts'
import { fillTemplate, type TemplateSource } from './challenge-template.ts'
import { equalText } from './running.ts'

/** What goes back to the sender instead of the endpoint's own answer. */
export interface ChallengeAnswer {
  status: number
  rawHeaders: RawHeader[]
  body: Uint8Array
}

/** What a request means to an endpoint that answers handshakes. */
export interface ChallengeReply {
  /** The handshake that the request is; `null`: it is none, but must be refused for another's sake. */
  name: string | null
  /** `null`: the endpoint's own answer. */
  answer: ChallengeAnswer | null
  /** Why it is not answered as its sender wants, or what there is to do; one sentence. */
  note: string | null
}

/** A request with how it was judged. */
export interface JudgedRequest extends TemplateSource {
  scheme: Scheme | null
  verdict: Verdict
}

/** What the values in an answer may be long together; a handshake's are a few hundred bytes. */
const ANSWER_LIMIT_BYTES = 16 * 1024
const REFUSED_STATUS = 401

/** The signature was looked at and is not good enough. */
const refused: ReadonlySet<Verdict> = new Set(['unsigned', 'malformed', 'invalid', 'stale'])

/**
 * How a handshake of the scheme is answered; `null`: the request is none. A signed handshake gets
 * its answer when its signature is right, a refusal when it is wrong, and where nothing can check it
 * what can be said without the secret. Providers that try wrong signatures on purpose (Discord,
 * Xero) are refused whatever they send.
 */
export function replyToChallenge(request: JudgedRequest): ChallengeReply | null {
  const { scheme } = request
  const { head } = request.context
  if (!scheme?.challenges || request.verdict === 'incomplete') return null
  const challenge = challengeOf(scheme, head, request.body)
  if (!challenge) return refusalOfAnything(scheme, request.verdict)
  const { name, answer, signed } = challenge
  const wrong = signed && refused.has(request.verdict)
  if (wrong && (answer !== null || challenge.refusalStatus !== undefined)) {
    const status = challenge.refusalStatus ?? REFUSED_STATUS
    const note = `Refused with ${status}: its signature is not right.`
    return { name, answer: plainAnswer(status, 'The signature is not right.\n'), note }
  }
  if (challenge.wants) {
    const note = wantsProblem(challenge.wants, scheme, request)
    if (note !== null) {
      return { name, answer: plainAnswer(403, 'The token is another one.\n'), note }
    }
  }
  // Of an unsigned one the verdict says it already.
  if (answer === null) return { name, answer: null, note: signed ? challenge.sentence : null }
  const filled = fillAnswer(answer, scheme, request)
  return 'missing' in filled
    ? { name, answer: null, note: notAnswered(filled.missing, scheme, request) }
    : { name, answer: filled, note: null }
}

/** These providers send wrong signatures on purpose, not only in handshakes. */
function refusalOfAnything(scheme: Scheme, verdict: Verdict): ChallengeReply | null {
  const tester = scheme.challenges?.find(({ refusalStatus }) => refusalStatus !== undefined)
  if (tester?.refusalStatus === undefined) return null
  if (!refused.has(verdict) || verdict === 'stale') return null
  const answer = plainAnswer(tester.refusalStatus, 'The signature is not right.\n')
  return { name: null, answer, note: null }
}

function wantsProblem(
  wants: NonNullable<SchemeChallenge['wants']>,
  scheme: Scheme,
  request: JudgedRequest,
): string | null {
  const form = scheme.settings?.find(({ name }) => name === wants.setting)
  const label = form?.label ?? wants.setting
  const wanted = request.context.settings?.[wants.setting]
  if (!wanted) return `Refused with 403: this endpoint has no “${label}” to compare with.`
  const given = fillTemplate(wants.template, scheme, request)
  const right = typeof given === 'string' && equalText(given, wanted)
  return right ? null : `Refused with 403: what came is not the “${label}” of this endpoint.`
}

function notAnswered(missing: string, scheme: Scheme, request: JudgedRequest): string {
  if (missing === 'too-large') return 'Not answered: what it wants back is too long.'
  if (missing.startsWith('settings.')) {
    const name = missing.slice('settings.'.length)
    const form = scheme.settings?.find((each) => each.name === name)
    return `Not answered: the answer needs the “${form?.label ?? name}”, and this endpoint has none.`
  }
  if (missing !== 'secret') return `Not answered: the request has no \`${missing}\`.`
  const why = request.context.lockedSecrets
    ? 'which is sealed with a key that is not available here'
    : 'and this endpoint has none'
  return `Not answered: the answer is made with the signing secret, ${why}.`
}

function fillAnswer(
  answer: NonNullable<SchemeChallenge['answer']>,
  scheme: Scheme,
  request: JudgedRequest,
): ChallengeAnswer | { missing: string } {
  const isJson = answer.headers.some(
    ([name, value]) => name.toLowerCase() === 'content-type' && /\bjson\b/i.test(value),
  )
  const text = fillTemplate(answer.body, scheme, request, isJson)
  if (typeof text !== 'string') return text
  const body = Buffer.from(text)
  if (body.byteLength > ANSWER_LIMIT_BYTES) return { missing: 'too-large' }
  const rawHeaders: RawHeader[] = []
  for (const [name, template] of answer.headers) {
    if (/^(?:content-type|x-content-type-options)$/i.test(name)) continue
    const value = fillTemplate(template, scheme, request)
    if (typeof value !== 'string') return value
    if (value.length > ANSWER_LIMIT_BYTES) return { missing: 'too-large' }
    rawHeaders.push([name, value])
  }
  if (body.byteLength > 0) rawHeaders.push(...contentHeaders(isJson))
  return { status: answer.status, rawHeaders, body }
}

function plainAnswer(status: number, sentence: string): ChallengeAnswer {
  return { status, rawHeaders: contentHeaders(false), body: Buffer.from(sentence) }
}

/** Whoever sends a handshake chooses what stands in its answer: no browser may take it for HTML. */
function contentHeaders(isJson: boolean): RawHeader[] {
  return [
    ['Content-Type', isJson ? 'application/json' : 'text/plain; charset=utf-8'],
    ['X-Content-Type-Options', 'nosniff'],
  ]
}
