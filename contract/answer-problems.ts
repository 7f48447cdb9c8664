import type { Answering, CannedAnswer } from './answering.ts'
import type { RawHeader } from './http.ts'
import { parseTemplate } from './template/parse-template.ts'
import type { TemplateProblem } from './template/split-template.ts'

/** RFC 9110, section 5.6.2: a field name is a token. */
const TOKEN = /^[!#$%&'*+.^_`|~\w-]+$/
/** What may not stand in a field value (RFC 9110, section 5.5); bytes go out as Latin-1. */
const UNSENDABLE = /[^\t\x20-\x7e\x80-\xff]/
/** Framing follows the body that goes out (RFC 9112, section 6). */
const FRAMING = /^(?:content-length|transfer-encoding|trailer)$/i

/** Why a header cannot have this name; `null`: it can. */
export function headerNameProblem(name: string): string | null {
  if (name === '') return 'A header has a name.'
  if (!TOKEN.test(name)) return 'A header’s name has letters, digits and hyphens.'
  return FRAMING.test(name) ? `${name} follows the body; it is not set by hand.` : null
}

/** Why this text cannot be sent as a header’s value; `null`: it can. */
export function headerValueProblem(value: string): string | null {
  const found = UNSENDABLE.exec(value)?.[0]
  if (found === undefined) return null
  if (found === '\r' || found === '\n') return 'A header’s value has no line breaks.'
  return 'A header’s value has no characters beyond Latin-1 and no control characters.'
}

/** What is wrong with a header of an answer; the value is a template. */
export function headerProblem([name, value]: RawHeader): TemplateProblem | null {
  const ofName = headerNameProblem(name)
  if (ofName !== null) return { problem: ofName, at: 0 }
  const template = parseTemplate(value)
  if ('problem' in template) return template
  for (const part of template.parts) {
    const problem = 'text' in part ? headerValueProblem(part.text) : null
    if (problem !== null) return { problem, at: Math.max(0, value.search(UNSENDABLE)) }
  }
  return null
}

/** What is wrong with the body of an answer, which is a template. */
export function bodyProblem(body: string): TemplateProblem | null {
  const template = parseTemplate(body)
  return 'problem' in template ? template : null
}

/**
 * The first thing that is wrong with how an endpoint answers, as one sentence that says where;
 * `null`: all of it can be used.
 */
export function answeringProblem({ mode, answers, otherwise, failure }: Answering): string | null {
  for (const [index, answer] of answers.entries()) {
    const place = mode === 'canned' ? `Answer ${index + 1}` : 'The answer when valid'
    const problem = cannedProblem(place, answer)
    if (problem !== null) return problem
  }
  return (
    cannedProblem('The answer otherwise', otherwise) ??
    (failure === null ? null : cannedProblem('The answer of a failure', failure.answer))
  )
}

function cannedProblem(place: string, { rawHeaders, body }: CannedAnswer): string | null {
  for (const header of rawHeaders) {
    const found = headerProblem(header)
    if (found) return sentence(`${place}, header ${header[0] || 'without a name'}`, found)
  }
  const found = bodyProblem(body)
  return found ? sentence(`${place}, body`, found) : null
}

function sentence(place: string, { problem, at }: TemplateProblem): string {
  return `${place}, character ${at + 1}: ${problem}`
}
