import type { Batch } from '#contract/replay.ts'
import { formatCount } from '#renderer/words/format.ts'
import { outcomeName } from './bulk-words.ts'

/** Statuses by their class; what had no answer is no status. */
function lookOf(outcome: string): string {
  const status = Number(outcome)
  if (outcome === 'error') return 'bg-grey'
  if (status >= 500) return 'bg-red'
  if (status >= 400) return 'bg-orange'
  return status >= 300 ? 'bg-blue' : 'bg-green'
}

/** How many ended how: a bar, and the same in words. */
export function OutcomeBar({ outcomes }: Pick<Batch, 'outcomes'>) {
  const total = outcomes.reduce((sum, { count }) => sum + count, 0)
  if (total === 0) return <p className="text-ink-3">Nothing was sent yet.</p>
  return (
    <div className="flex flex-col gap-2">
      <div aria-hidden className="flex h-2.5 gap-px overflow-hidden rounded-full bg-line">
        {outcomes.map(({ outcome, count }) => (
          <span
            key={outcome}
            className={`min-w-1 ${lookOf(outcome)}`}
            style={{ width: `${(count / total) * 100}%` }}
          />
        ))}
      </div>
      <dl aria-label="Outcomes" className="flex flex-wrap gap-x-5 gap-y-1">
        {outcomes.map(({ outcome, count }) => (
          <div key={outcome} className="flex items-center gap-1.5">
            <span aria-hidden className={`size-2 rounded-xs ${lookOf(outcome)}`} />
            <dt className="text-ink-2">{outcomeName(outcome)}</dt>
            <dd className="font-medium">{formatCount(count)}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
