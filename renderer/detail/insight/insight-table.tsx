import { visibleStart } from '#renderer/words/visible-text.ts'
import type { Insight } from './insight.ts'

/** What a header says once it is taken apart. */
export function InsightTable({ insights }: { insights: Insight[] }) {
  return (
    <div className="flex flex-col gap-2">
      {insights.map(({ title, rows }) => (
        <div key={title}>
          {title !== '' && <p className="text-xs font-medium text-ink-3">{title}</p>}
          <dl className="grid grid-cols-[minmax(4rem,auto)_1fr] items-baseline gap-x-3">
            {rows.slice(0, 60).map(({ name, value, note }, index) => (
              // The rows of one value never change their order.
              <div key={index} className="contents">
                <dt className="wire max-w-48 text-ink-2 [overflow-wrap:anywhere]">
                  {visibleStart(name, 100)}
                </dt>
                <dd className="min-w-0">
                  {value !== '' && (
                    <span className="wire [overflow-wrap:anywhere] whitespace-pre-wrap">
                      {value
                        .split('\n')
                        .map((line) => visibleStart(line, 2_000))
                        .join('\n')}
                    </span>
                  )}
                  {note !== null && <span className="block text-sm text-ink-3">{note}</span>}
                </dd>
              </div>
            ))}
          </dl>
        </div>
      ))}
    </div>
  )
}
