import type { CaptureProblem } from '#contract/delivery.ts'
import type { Incomplete } from '#engine/signatures/types.ts'

const cutShort: ReadonlySet<CaptureProblem> = new Set([
  'body-too-large',
  'sender-gone',
  'idle-timeout',
  'malformed-http',
  'tls-hello',
  'headers-too-large',
])

/** Whether what was captured is all there; the listener's own sentence says what is missing. */
export function incompleteFor(
  problem: CaptureProblem | null,
  detail: string | null,
): Incomplete | null {
  if (!problem || !cutShort.has(problem)) return null
  return { sentence: detail ?? 'The request did not arrive whole.' }
}
