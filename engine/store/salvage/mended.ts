import { AnsweredBy, AnswerFault } from '#contract/answering.ts'
import { CaptureProblem } from '#contract/delivery.ts'
import { DuplicateKind, Verdict } from '#contract/verdict.ts'
import type { Value } from './record.ts'

/** What stands in for a value that no longer says anything; `undefined`: the value is fine. */
type Mend = (value: Value) => Value | undefined

function isJson(value: Value, starts: string): boolean {
  if (typeof value !== 'string' || !value.startsWith(starts)) return false
  try {
    JSON.parse(value)
    return true
  } catch {
    return false
  }
}

const list =
  (instead: string | null): Mend =>
  (value) =>
    (value === null && instead === null) || isHeaders(value) ? undefined : instead
const json =
  (starts: string, instead: string | null): Mend =>
  (value) =>
    value === null || isJson(value, starts) ? undefined : instead
const oneOf =
  (known: readonly string[], instead: string | null): Mend =>
  (value) =>
    value === null || known.some((one) => one === value) ? undefined : instead

const isText = (one: unknown) => typeof one === 'string'

function isHeaders(value: Value): boolean {
  if (typeof value !== 'string' || !isJson(value, '[')) return false
  const parsed: unknown = JSON.parse(value)
  return (
    Array.isArray(parsed) &&
    parsed.every((pair) => Array.isArray(pair) && pair.length === 2 && pair.every(isText))
  )
}

const LOST_VERDICT: Verdict = 'incomplete'
const LOST_VERIFICATION = JSON.stringify({
  verdict: LOST_VERDICT,
  reason: {
    code: 'salvaged',
    sentence: 'What was found at receipt could not be read from the damaged database.',
  },
})

function isVerification(value: Value): boolean {
  if (typeof value !== 'string' || !isJson(value, '{')) return false
  const { verdict, reason }: { verdict?: unknown; reason?: unknown } = JSON.parse(value)
  return Verdict.safeParse(verdict).success && typeof reason === 'object' && reason !== null
}

const columns: Readonly<Record<string, Readonly<Record<string, Mend>>>> = {
  deliveries: {
    verdict: oneOf(Verdict.options, LOST_VERDICT),
    verdict_at_receipt: oneOf(Verdict.options, LOST_VERDICT),
    duplicate_kind: oneOf(DuplicateKind.options, null),
    problem: oneOf(CaptureProblem.options, null),
    answered_by: oneOf(AnsweredBy.options, null),
    answer_fault: oneOf(AnswerFault.options, null),
    raw_headers: list('[]'),
    raw_trailers: list(null),
    answer_headers: list(null),
    client_certificate: json('{', null),
    came_through: json('{', null),
    verification_at_receipt: (value) => (isVerification(value) ? undefined : LOST_VERIFICATION),
    verification: (value) => (value === null || isVerification(value) ? undefined : null),
  },
  endpoints: {
    tolerance: json('{', null),
    answering: json('{', null),
    forwarding: json('{', null),
  },
  replays: { raw_headers: list('[]'), answer_headers: list(null), changed: json('[', '[]') },
  batches: { outcomes: json('[', '[]'), latency_ms: json('{', null) },
  jobs: { work: json('{', null) },
}

/** Columns whose row is of no use when they cannot be read. */
const needed: Readonly<Record<string, readonly string[]>> = {
  composed: ['draft', 'signing'],
  checks: ['summary', 'results'],
}

/**
 * Puts something harmless in the place of values that are of the right type and yet cannot be read,
 * so that no such row stops a list.
 * @returns how many were replaced; `null`: the row is of no use
 */
export function mendValues(
  table: string,
  names: readonly string[],
  values: Value[],
): number | null {
  const mends = columns[table]
  let mended = 0
  names.forEach((name, index) => {
    const instead = index < values.length ? mends?.[name]?.(values[index] ?? null) : undefined
    if (instead === undefined) return
    values[index] = instead
    mended += 1
  })
  const useless = needed[table]?.some((name) => {
    const value = values[names.indexOf(name)] ?? null
    return !isJson(value, '{') && !isJson(value, '[')
  })
  return useless === true ? null : mended
}
