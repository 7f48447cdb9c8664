import { METHODS } from 'node:http'
import type { CaptureProblem } from '#contract/delivery.ts'
import type { Exchanged } from './exchange.ts'
import type { RawInput } from './generate.ts'
import { readStrictly, type StrictMessage } from './strict-reader.ts'

/** A delivery as it was stored; text is latin1. */
export interface StoredRow {
  method: string
  target: string
  body: string
  problem: CaptureProblem | null
  problemDetail: string | null
  status: number | null
}

/** 400 to 431 where HTTP demands it, and 501 for CONNECT (engine/listener/types.ts). */
const DOCUMENTED = new Set([200, 400, 408, 413, 417, 431, 501])
/** Nobody can read an answer then. */
const UNANSWERED = new Set<CaptureProblem | null>(['sender-gone', 'tls-hello'])
/** Whole requests with something to remark; where they end is certain. */
const WHOLE = new Set<CaptureProblem | null>([null, 'upgrade', 'missing-host', 'unknown-expect'])

/**
 * What is wrong with how one connection was treated, in a sentence; `null`: nothing is. Rows are
 * those of this connection, in order.
 */
export function faultIn(
  input: RawInput,
  exchanged: Exchanged,
  rows: readonly StoredRow[],
): string | null {
  if (!exchanged.ended) return 'It hung: neither answered nor closed in time.'
  return answersFault(input, exchanged.statuses, rows) ?? rowsFault(input, rows)
}

function answersFault(
  { ending }: RawInput,
  statuses: readonly number[],
  rows: readonly StoredRow[],
): string | null {
  const undocumented = statuses.find((status) => !DOCUMENTED.has(status))
  if (undocumented !== undefined) return `It was answered ${undocumented}.`
  const told = rows.filter(({ problem }) => !UNANSWERED.has(problem)).map(({ status }) => status)
  const expected = ending === 'end' ? told : told.slice(0, statuses.length)
  return statuses.join() === expected.join()
    ? null
    : `It was answered ${statuses.join() || 'nothing'}; its rows say ${expected.join() || 'nothing'}.`
}

/** What is stored is what a strict proxy would have passed on, in that order, and then no more. */
function rowsFault(input: RawInput, rows: readonly StoredRow[]): string | null {
  const { messages, rest, why } = readStrictly(input.text)
  for (const [index, row] of rows.entries()) {
    const isLast = index === rows.length - 1
    const message = messages[index]
    if (!isWhole(row)) {
      if (index > messages.length) return `Row ${index} is beyond the ${messages.length} requests.`
      return isLast ? null : `Something was taken after row ${index}, which was refused.`
    }
    if (!message) return `Row ${index} is no request to a strict proxy (${rest}: ${why}).`
    const difference = differenceOf(row, message)
    if (difference !== null) return `Row ${index}: ${difference}`
    // Its body may be left out, so that where it ends is anybody's guess.
    if (row.problem === 'unknown-expect') return null
    // A method that the parser does not know is the last of its connection.
    if (message.last || !METHODS.includes(message.method)) {
      return isLast ? null : `Something was taken after row ${index}, which was the last.`
    }
  }
  const lost = messages[rows.length]
  return lost && input.ending === 'end' ? `Request ${rows.length} was lost without a word.` : null
}

function isWhole({ problem, problemDetail }: StoredRow): boolean {
  if (problem === 'malformed-http') return /Host header/.test(problemDetail ?? '')
  return WHOLE.has(problem)
}

function differenceOf(row: StoredRow, message: StrictMessage): string | null {
  for (const key of ['method', 'target'] as const) {
    if (row[key] !== message[key]) return `${key} ${row[key]} instead of ${message[key]}`
  }
  if (row.problem === 'unknown-expect' || row.body === message.body) return null
  return `a body of ${row.body.length} bytes instead of ${message.body.length}`
}
