import { ProgressBar } from 'react-aria-components'
import type { Status } from '#contract/status.ts'
import { formatCount } from '#renderer/words/format.ts'

interface Props {
  title: string
  /** What is not yet so while it goes on. */
  note: string
  progress: { done: number; total: number }
}

function WorkProgress({ title, note, progress: { done, total } }: Props) {
  return (
    <ProgressBar
      aria-label={title}
      value={done}
      maxValue={Math.max(total, 1)}
      className="flex flex-col gap-1 px-4 py-2.5"
    >
      {({ percentage }) => (
        <>
          <div className="flex justify-between gap-2 text-xs text-ink-2">
            <span>{title}</span>
            <span>
              {formatCount(done)} of {formatCount(total)}
            </span>
          </div>
          <div className="h-1 overflow-hidden rounded-full bg-line">
            <div
              className="h-full rounded-full bg-accent"
              style={{ width: `${percentage ?? 0}%` }}
            />
          </div>
          <span className="text-xs text-ink-3">{note}</span>
        </>
      )}
    </ProgressBar>
  )
}

/** What the engine does behind: judging anew after a change, and reading texts for search. */
export function BackgroundWork({ status }: { status: Status }) {
  return (
    <>
      {status.judging && (
        <WorkProgress
          title="Judging anew"
          note="Verdicts and counts still change."
          progress={status.judging}
        />
      )}
      {status.indexing && (
        <WorkProgress
          title="Reading texts for search"
          note="Text search finds what has been read so far."
          progress={status.indexing}
        />
      )}
    </>
  )
}
