import type { SchemeProblem } from '#contract/own-scheme.ts'
import type { Scheme } from '#contract/scheme.ts'
import { challengeProblems } from './scheme-check/challenge-problems.ts'
import { ruleProblems } from './scheme-check/rule-problems.ts'
import { readShape } from './scheme-check/shape-problems.ts'

/** As JSON. A scheme crosses to the workers with every question about a delivery. */
export const MOST_SCHEME_CHARACTERS = 64 * 1024
const DEEPEST = 24
const MOST_PROBLEMS = 50

export interface CheckOptions {
  /** Ids of others, which it may not have: those of the catalogue. */
  takenIds?: ReadonlySet<string>
}

/**
 * Whether some JSON is a scheme that can be used: first its shape, then what that cannot say
 * (contract/scheme.ts has the model). Each problem says what is wrong and what to write. Never
 * throws, whatever the value.
 */
export function checkScheme(
  value: unknown,
  options: CheckOptions = {},
): { scheme: Scheme } | { problems: SchemeProblem[] } {
  const tooMuch = sizeProblem(value)
  if (tooMuch !== null) return { problems: [{ path: '', sentence: tooMuch }] }
  const read = readShape(value)
  if ('problems' in read) return { problems: read.problems.slice(0, MOST_PROBLEMS) }
  const problems = [...ruleProblems(read.scheme), ...challengeProblems(read.scheme)]
  if (options.takenIds?.has(read.scheme.id)) {
    const sentence = `The catalogue has a scheme “${read.scheme.id}” already. Write another id.`
    problems.unshift({ path: 'id', sentence })
  }
  return problems.length > 0 ? { problems: problems.slice(0, MOST_PROBLEMS) } : read
}

/** What is no JSON, or so deep or large that reading it would take the stack or the thread. */
function sizeProblem(value: unknown): string | null {
  let level: unknown[] = [value]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEEPEST) return `This is nested more than ${DEEPEST} deep. Write a flatter sample.`
    if (level.length > MOST_SCHEME_CHARACTERS || !level.every(isJson)) {
      return 'This is no scheme as JSON. Write one object in { }.'
    }
    level = level.flatMap((each) =>
      typeof each === 'object' && each !== null ? Object.values(each) : [],
    )
  }
  const characters = JSON.stringify(value)?.length ?? 0
  if (characters <= MOST_SCHEME_CHARACTERS) return null
  return `This is ${characters} characters long. A scheme has at most ${MOST_SCHEME_CHARACTERS}: shorten its sample.`
}

/** A caller of the API may send dates, maps and large integers too. */
function isJson(value: unknown): boolean {
  if (typeof value === 'bigint' || typeof value === 'function' || typeof value === 'symbol') {
    return false
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return true
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
