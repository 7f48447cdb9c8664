import { ProgressBar } from 'react-aria-components'
import type { Status } from '#contract/status.ts'
import { formatCount } from '#renderer/words/format.ts'

/** Judging anew after a change of secrets, scheme or tolerance: how far it has come. */
export function JudgingProgress({ judging }: { judging: NonNullable<Status['judging']> }) {
  const { done, total } = judging
  return (
    <ProgressBar
      aria-label="Judging anew"
      value={done}
      maxValue={Math.max(total, 1)}
      className="flex flex-col gap-1 px-4 py-2.5"
    >
      {({ percentage }) => (
        <>
          <div className="flex justify-between text-xs text-ink-2">
            <span>Judging anew</span>
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
          <span className="text-xs text-ink-3">Verdicts and counts still change.</span>
        </>
      )}
    </ProgressBar>
  )
}
