import type { Verification } from '#contract/verification.ts'
import { VerdictMark } from '#renderer/controls/marks.tsx'
import { SentenceText } from '#renderer/words/sentence-text.tsx'

function Judgement(props: { when: string; verification: Verification }) {
  return (
    <div className="min-w-0 flex-1 rounded-md border border-line bg-raised px-3 py-2">
      <div className="flex items-center justify-between gap-2 pb-0.5">
        <span className="text-xs font-medium text-ink-3">{props.when}</span>
        <VerdictMark verdict={props.verification.verdict} />
      </div>
      <p className="selectable text-sm text-ink-2">
        <SentenceText>{props.verification.reason.sentence}</SentenceText>
      </p>
    </div>
  )
}

/** Judged at receipt beside judged now, when the two differ. */
export function JudgedTwice(props: { atReceipt: Verification; now: Verification }) {
  const { atReceipt, now } = props
  if (atReceipt.verdict === now.verdict && atReceipt.reason.code === now.reason.code) return null
  return (
    <div className="flex flex-col gap-2 sm:flex-row">
      <Judgement when="Judged at receipt" verification={atReceipt} />
      <Judgement when="Judged now" verification={now} />
    </div>
  )
}
