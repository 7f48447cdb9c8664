import type { Delivery } from '#contract/delivery.ts'
import { formatDuration, formatLocal } from '#renderer/words/format.ts'
import { AnswerTimeBar } from './answer/answer-time-bar.tsx'
import { momentsOf, spansOf, type Span } from './timeline.ts'

/** Told apart by number and word as well: each segment has its number, each row too. */
const fills: Record<string, string> = {
  'until the request began': 'bg-grey/25 border-grey/50',
  'reading it': 'bg-blue/25 border-blue/50',
  'judging and storing it': 'bg-violet/25 border-violet/50',
  answering: 'bg-green/25 border-green/50',
}

function Bar({ spans }: { spans: Span[] }) {
  return (
    <div
      role="img"
      aria-label={spans
        .map(({ name, lengthMs }) => `${name}: ${formatDuration(lengthMs)}`)
        .join(', ')}
      className="flex h-8 w-full gap-0.5"
    >
      {spans.map(({ name, lengthMs, share, shortened }, index) => (
        <span
          key={name}
          title={`${name}: ${formatDuration(lengthMs)}`}
          className={`flex min-w-0 items-center justify-center overflow-hidden rounded-sm border text-xs text-ink ${fills[name] ?? ''} ${shortened ? 'border-dashed' : ''}`}
          style={{ width: `${share}%` }}
        >
          {share > 4 && index + 1}
        </span>
      ))}
    </div>
  )
}

/** When what happened: from the connection to the answer, as a bar and exactly. */
export function TimelineTab({ delivery }: { delivery: Delivery }) {
  const moments = momentsOf(delivery)
  const spans = spansOf(moments)
  const { receivedAtMs } = delivery
  const unknown = moments.some(({ atMs }) => atMs === null)
  return (
    <div className="flex flex-col gap-5">
      {spans.length > 0 && <Bar spans={spans} />}
      <ol aria-label="Spans" className="flex flex-wrap gap-x-5 gap-y-1 text-sm text-ink-2">
        {spans.map(({ name, lengthMs, shortened }, index) => (
          <li key={name} className="flex items-center gap-1.5 whitespace-nowrap">
            <span
              className={`inline-flex size-4.5 items-center justify-center rounded-sm border text-xs ${fills[name] ?? ''} ${shortened ? 'border-dashed' : ''}`}
            >
              {index + 1}
            </span>
            {name} <strong className="font-medium text-ink">{formatDuration(lengthMs)}</strong>
            {shortened && <span className="text-ink-3">(drawn shorter)</span>}
          </li>
        ))}
      </ol>
      <AnswerTimeBar delivery={delivery} />
      <table aria-label="Moments" className="w-full text-left">
        <thead>
          <tr className="border-b border-line text-sm text-ink-3">
            <th className="py-1 pr-3 font-normal">Moment</th>
            <th className="py-1 pr-3 font-normal">Time</th>
            <th className="py-1 text-right font-normal">From the first byte</th>
          </tr>
        </thead>
        <tbody>
          {moments.map(({ name, atMs }) => (
            <tr key={name} className="border-b border-line/60">
              <th scope="row" className="py-1 pr-3 font-normal whitespace-nowrap">
                {name}
              </th>
              <td className="py-1 pr-3">
                {atMs === null ? (
                  <span className="text-ink-3">not known</span>
                ) : (
                  <span className="wire">{formatLocal(atMs)}</span>
                )}
              </td>
              <td className="py-1 text-right whitespace-nowrap">
                {atMs === null ? '' : fromFirst(atMs - receivedAtMs)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {unknown && (
        <p className="text-sm text-ink-3">
          What is not known was not kept: deliveries from before times were recorded, an answer that
          was never sent, or a program that ended right then.
        </p>
      )}
    </div>
  )
}

function fromFirst(ms: number): string {
  if (ms === 0) return '0 ms'
  return `${ms < 0 ? '−' : '+'}${formatDuration(ms)}`
}
