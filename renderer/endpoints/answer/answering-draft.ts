import { bodyProblem, headerProblem } from '#contract/answer-problems.ts'
import {
  Answering,
  type CannedAnswer,
  LONGEST_DELAY_MS,
  type AnswerFault,
} from '#contract/answering.ts'
import type { TemplateProblem } from '#contract/template/split-template.ts'

/** A header as it is being written; `key` stays with it when it moves. */
export interface HeaderDraft {
  key: number
  name: string
  value: string
}

/** One answer as it is being written. */
export interface AnswerDraft {
  key: number
  status: string
  headers: readonly HeaderDraft[]
  body: string
  delay: string
  fault: AnswerFault | 'none'
}

export type AnswerMode = Answering['mode'] | 'default'

/** How an endpoint answers, as it is being written; parts of other modes are kept meanwhile. */
export interface AnsweringDraft {
  mode: AnswerMode
  answers: readonly AnswerDraft[]
  afterLast: Answering['afterLast']
  countPer: Answering['countPer']
  whenValid: AnswerDraft
  otherwise: AnswerDraft
  failure: { on: boolean; percent: string; answer: AnswerDraft }
}

let keys = 0
export function newKey(): number {
  keys += 1
  return keys
}

export function newAnswer(status: number): AnswerDraft {
  return { key: newKey(), status: String(status), headers: [], body: '', delay: '', fault: 'none' }
}

function draftAnswer({ status, rawHeaders, body, delayMs, fault }: CannedAnswer): AnswerDraft {
  return {
    key: newKey(),
    status: String(status),
    headers: rawHeaders.map(([name, value]) => ({ key: newKey(), name, value })),
    body,
    delay: delayMs === 0 ? '' : String(delayMs),
    fault: fault ?? 'none',
  }
}

export function draftAnswering(answering: Answering | null): AnsweringDraft {
  const canned = answering?.mode === 'canned' ? answering.answers : null
  const valid = answering?.mode === 'by-verdict' ? answering.answers[0] : undefined
  const failure = answering?.failure ?? null
  return {
    mode: answering?.mode ?? 'default',
    answers: canned ? canned.map(draftAnswer) : [newAnswer(200)],
    afterLast: answering?.afterLast ?? 'stay',
    countPer: answering?.countPer ?? 'message',
    whenValid: valid ? draftAnswer(valid) : newAnswer(200),
    otherwise: answering ? draftAnswer(answering.otherwise) : newAnswer(401),
    failure: {
      on: failure !== null,
      percent: failure ? String(Number((failure.probability * 100).toFixed(4))) : '20',
      answer: failure ? draftAnswer(failure.answer) : newAnswer(503),
    },
  }
}

/** A header that was added and left empty is none. */
export function headersOf({ headers }: AnswerDraft): [string, string][] {
  return headers.flatMap(({ name, value }) =>
    name.trim() === '' && value === '' ? [] : [[name.trim(), value]],
  )
}

/** What is wrong with an answer, by field: `status`, `delay`, `body`, `header KEY`. */
export function answerProblems(draft: AnswerDraft): Map<string, string> {
  const problems = new Map<string, string>()
  const delay = draft.delay.trim()
  if (!/^\s*[2-5]\d\d\s*$/.test(draft.status)) problems.set('status', '200 to 599.')
  if (delay !== '' && !(/^\d{1,6}$/.test(delay) && Number(delay) <= LONGEST_DELAY_MS)) {
    problems.set('delay', `At most ${LONGEST_DELAY_MS} ms.`)
  }
  if (draft.fault !== 'none') return problems
  const body = bodyProblem(draft.body)
  if (body) problems.set('body', placed(body))
  for (const { key, name, value } of draft.headers) {
    if (name.trim() === '' && value === '') continue
    const problem = headerProblem([name.trim(), value])
    if (problem) problems.set(`header ${key}`, placed(problem))
  }
  return problems
}

function placed({ problem, at }: TemplateProblem): string {
  return at === 0 ? problem : `Character ${at + 1}: ${problem}`
}

function readAnswer(draft: AnswerDraft): CannedAnswer | null {
  if (answerProblems(draft).size > 0) return null
  return {
    status: Number(draft.status),
    rawHeaders: headersOf(draft),
    body: draft.body,
    delayMs: Number(draft.delay.trim() || 0),
    fault: draft.fault === 'none' ? null : draft.fault,
  }
}

/** A share in percent as a probability; `null`: it is none. */
export function readPercent(text: string): number | null {
  const percent = /^\s*\d{1,3}(\.\d{1,4})?\s*$/.test(text) ? Number(text) : Number.NaN
  return percent >= 0 && percent <= 100 ? percent / 100 : null
}

/** What a draft means; `'wrong'`: something in it cannot be used, and says so where it stands. */
export function readAnswering(draft: AnsweringDraft): Answering | null | 'wrong' {
  const { mode, afterLast, countPer, failure } = draft
  if (mode === 'default') return null
  const used = mode === 'canned' ? draft.answers : mode === 'by-verdict' ? [draft.whenValid] : []
  const answers = used.map(readAnswer)
  const otherwise = mode === 'by-verdict' ? readAnswer(draft.otherwise) : { status: 401 }
  const probability = readPercent(failure.percent)
  const failing = failure.on ? readAnswer(failure.answer) : null
  if (answers.includes(null) || otherwise === null) return 'wrong'
  if (failure.on && (failing === null || probability === null)) return 'wrong'
  const parsed = Answering.safeParse({
    mode,
    answers: answers.length === 0 ? [{ status: 200 }] : answers,
    afterLast,
    countPer,
    otherwise,
    failure: failing === null ? null : { probability, answer: failing },
  })
  return parsed.success ? parsed.data : 'wrong'
}
