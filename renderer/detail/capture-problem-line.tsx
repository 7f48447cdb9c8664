import { TriangleAlert } from 'lucide-react'
import type { CaptureProblem, Delivery } from '#contract/delivery.ts'
import { Callout } from '#renderer/controls/marks.tsx'
import { SentenceText } from '#renderer/words/sentence-text.tsx'
import { captureProblems } from './capture-problems.ts'

/** Of these the verdict's own sentence says everything. */
const saidByVerdict: CaptureProblem[] = ['sender-gone', 'idle-timeout', 'headers-too-large']

/** What went wrong on the wire, without what the verdict above has said already. */
export function CaptureProblemLine({ delivery }: { delivery: Delivery }) {
  const { problem, problemDetail, verification } = delivery
  if (problem === null) return null
  const repeats = problemDetail === verification.reason.sentence
  if (repeats && saidByVerdict.includes(problem)) return null
  const detail = repeats || problemDetail === null ? '' : ` ${problemDetail}`
  return (
    <Callout tone="amber" icon={<TriangleAlert size={15} aria-hidden />}>
      <SentenceText>{`${captureProblems[problem]}${detail}`}</SentenceText>
    </Callout>
  )
}
