import type { Verdict } from '#contract/verdict.ts'
import { SentenceText } from '#renderer/words/sentence-text.tsx'
import { verdictLooks } from '#renderer/words/verdicts.ts'

/** The verdict with its icon, word and sentence: the first thing that is read of a delivery. */
export function VerdictSentence(props: { verdict: Verdict; sentence: string }) {
  const { icon: Icon, word, text, soft } = verdictLooks[props.verdict]
  return (
    <div className="flex items-start gap-3">
      <span
        className={`flex size-8 shrink-0 items-center justify-center rounded-md ${soft} ${text}`}
      >
        <Icon size={18} aria-hidden />
      </span>
      <div className="min-w-0 flex-1">
        <p className={`text-sm leading-4 font-semibold ${text}`}>{word}</p>
        <h2 className="selectable text-lg leading-5.5 font-semibold text-balance break-words">
          <SentenceText>{props.sentence}</SentenceText>
        </h2>
      </div>
    </div>
  )
}
