import { headerNameProblem, headerValueProblem } from '#contract/answer-problems.ts'
import type { Answering, AnsweredBy, CannedAnswer } from '#contract/answering.ts'
import type { RawHeader } from '#contract/http.ts'
import { parseTemplate, type Template } from '#contract/template/parse-template.ts'
import { renderTemplate } from '#contract/template/render-template.ts'
import type { TemplateValues } from '#contract/template/values.ts'
import type { PlannedAnswer } from '#engine/store/types.ts'

/** An answer of an endpoint with its templates parsed, ready to be given any number of times. */
export interface PreparedAnswer {
  canned: CannedAnswer
  headers: readonly (readonly [string, Template])[]
  body: Template
  /** Why it cannot be given at all; such answers are refused when saved, yet a file may be edited. */
  problem: string | null
}

export interface PreparedAnswering {
  answering: Answering
  answers: readonly PreparedAnswer[]
  otherwise: PreparedAnswer
  failure: PreparedAnswer | null
}

export function prepareAnswering(answering: Answering): PreparedAnswering {
  return {
    answering,
    answers: answering.answers.map(prepareAnswer),
    otherwise: prepareAnswer(answering.otherwise),
    failure: answering.failure ? prepareAnswer(answering.failure.answer) : null,
  }
}

function prepareAnswer(canned: CannedAnswer): PreparedAnswer {
  let problem: string | null = null
  const parsed = (text: string): Template => {
    const template = parseTemplate(text)
    if (!('problem' in template)) return template
    problem ??= template.problem
    return { parts: [] }
  }
  const headers = canned.rawHeaders.map(([name, value]) => {
    problem ??= headerNameProblem(name)
    return [name, parsed(value)] as const
  })
  return { canned, headers, body: parsed(canned.body), problem }
}

const NO_BODY = new Uint8Array(0)

/**
 * The answer as it goes out. A header whose template made something that is no header (a line break
 * above all), or a text without end, makes a 500 that says so: nothing of it reaches the wire.
 */
export function giveAnswer(
  prepared: PreparedAnswer,
  values: TemplateValues,
  by: AnsweredBy,
): PlannedAnswer {
  const { status, delayMs, fault } = prepared.canned
  const when = { by, ...(delayMs > 0 && { delayMs }) }
  if (fault !== null) return { status, rawHeaders: [], fault, ...when }
  if (prepared.problem !== null) return { ...unusable(prepared.problem), ...when }
  const rawHeaders: RawHeader[] = []
  for (const [name, template] of prepared.headers) {
    const value = renderTemplate(template, values)
    const problem = value === null ? 'It is too long.' : headerValueProblem(value)
    if (problem !== null) return { ...unusable(`The header ${name}: ${problem}`), ...when }
    rawHeaders.push([name, value ?? ''])
  }
  const text = renderTemplate(prepared.body, values)
  if (text === null) return { ...unusable('Its body is longer than 4 MB.'), ...when }
  // RFC 9110, sections 15.3.5 and 15.4.5: these have no content.
  const body = status === 204 || status === 304 ? NO_BODY : Buffer.from(text)
  if (body.byteLength > 0) rawHeaders.push(...contentHeaders(text, rawHeaders))
  return { status, rawHeaders, body, ...when }
}

function unusable(problem: string): Pick<PlannedAnswer, 'status' | 'rawHeaders' | 'body'> {
  const text = `The delivery is stored, but the answer of its endpoint cannot be sent. ${problem}\n`
  return { status: 500, rawHeaders: contentHeaders(text, []), body: Buffer.from(text) }
}

/**
 * Where nobody says what a body is: what came in may stand in it, and no browser may take that for
 * HTML.
 */
function contentHeaders(text: string, rawHeaders: readonly RawHeader[]): RawHeader[] {
  if (rawHeaders.some(([name]) => name.toLowerCase() === 'content-type')) return []
  const isJson = /^\s*[{[]/.test(text)
  return [
    ['Content-Type', isJson ? 'application/json' : 'text/plain; charset=utf-8'],
    ['X-Content-Type-Options', 'nosniff'],
  ]
}
