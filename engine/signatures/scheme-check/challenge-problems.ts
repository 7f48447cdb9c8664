import type { SchemeProblem } from '#contract/own-scheme.ts'
import type { SchemeChallenge } from '#contract/scheme-parts.ts'
import type { Scheme } from '#contract/scheme.ts'
import { unknownPieces } from '#engine/signatures/challenge-template.ts'
import { isHeaderName } from './place-problems.ts'
import { patternProblem } from './safe-pattern.ts'

/** The framing of an answer is the listener's own business. */
const framing = /^(?:content-length|transfer-encoding|connection|trailer|upgrade)$/i

/** What is wrong with the handshakes of a scheme: what tells them, and what answers them. */
export function challengeProblems({ challenges = [] }: Scheme): SchemeProblem[] {
  return challenges.flatMap((challenge, index) =>
    [
      ...whenProblems(challenge),
      ...answerProblems(challenge),
      ...statusProblem('refusalStatus', challenge.refusalStatus, 400),
    ].map(({ path, sentence }) => ({ path: `challenges[${index}].${path}`, sentence })),
  )
}

function whenProblems({ when, signed, answer }: SchemeChallenge): SchemeProblem[] {
  const pattern = when.query?.pattern
  const sentence = pattern === undefined ? null : patternProblem(pattern)
  if (sentence !== null) return [{ path: 'when.query.pattern', sentence }]
  // Whoever knows the path could have a signature made for a text of their own.
  const said = [answer?.body ?? '', ...(answer?.headers ?? []).map(([, value]) => value)]
  const tells = said.some((text) => /\{(?:hmac-|secret\})/.test(text))
  if (signed || pattern !== undefined || !tells) return []
  const path = 'answer.body'
  return [
    {
      path,
      sentence:
        'Nobody signs this handshake, and its answer tells something of the secret. Say in “when.query.pattern” what a right question looks like, or that it is signed.',
    },
  ]
}

function answerProblems({ answer, wants }: SchemeChallenge): SchemeProblem[] {
  const problems = pieces('wants.template', wants?.template)
  if (answer === null) return problems
  problems.push(...statusProblem('answer.status', answer.status, 200))
  problems.push(...pieces('answer.body', answer.body))
  answer.headers.forEach(([name, value], index) => {
    const path = `answer.headers[${index}]`
    if (!isHeaderName(name)) {
      problems.push({ path, sentence: `No header can be called “${name}”.` })
    } else if (framing.test(name)) {
      problems.push({ path, sentence: `${name} is written by itself. Leave it out.` })
    }
    problems.push(...pieces(path, value))
  })
  return problems
}

function statusProblem(path: string, status: number | undefined, from: number): SchemeProblem[] {
  if (status === undefined) return []
  if (Number.isInteger(status) && status >= from && status < 600) return []
  return [{ path, sentence: `A status here is a whole number from ${from} to 599.` }]
}

function pieces(path: string, template: string | undefined): SchemeProblem[] {
  return unknownPieces(template ?? '').map((piece) => ({
    path,
    sentence: `There is no piece ${piece} here. There are {json:PATH}, {query:NAME}, {header:NAME}, {settings.NAME}, {secret} and digests such as {hmac-sha256-hex:json:PATH}.`,
  }))
}
