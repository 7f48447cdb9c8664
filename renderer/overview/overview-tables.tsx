import { useMemo } from 'react'
import { percentile } from '#contract/overview-bins.ts'
import type { RetryGap, SkewSample } from '#contract/overview.ts'
import { Button } from '#renderer/controls/button.tsx'
import {
  formatClock,
  formatCount,
  formatDay,
  formatDuration,
  formatSize,
  formatSkew,
  ordinal,
} from '#renderer/words/format.ts'
import { failures, verdictLooks } from '#renderer/words/verdicts.ts'
import { countOf, totalOf, verdictsIn, type OverviewShown } from './overview-sum.ts'
import type { Span } from './picture.tsx'

/** Rows of a table: what a span has more of is left to the pictures and the list. */
const MOST_ROWS = 400
const FARTHEST = 20

const head = 'px-3 py-1.5 text-left text-sm font-medium text-ink-3 whitespace-nowrap'
const cell = 'px-3 py-1 whitespace-nowrap'

function Table(props: { caption: string; heads: string[]; children: React.ReactNode }) {
  return (
    <div className="overflow-x-auto rounded-md border border-line bg-surface">
      <table className="selectable w-full border-collapse">
        <caption className="px-3 pt-3 pb-1 text-left font-medium">{props.caption}</caption>
        <thead>
          <tr className="border-b border-line">
            {props.heads.map((name) => (
              <th key={name} scope="col" className={head}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="[&>tr]:border-b [&>tr]:border-line [&>tr:last-child]:border-0">
          {props.children}
        </tbody>
      </table>
    </div>
  )
}

const time = (ms: number) => `${formatDay(ms)} ${formatClock(ms)}`
const orNone = (value: number | null, format: (value: number) => string) =>
  value === null ? 'none' : format(value)

function Buckets({ shown, onList }: { shown: OverviewShown; onList: (span: Span) => void }) {
  const { bucketMs } = shown
  const verdicts = verdictsIn(totalOf(shown.buckets))
  const rows = shown.buckets.slice(-MOST_ROWS).reverse()
  return (
    <Table
      caption={`Arrivals, skew, latency and bytes, each ${formatDuration(bucketMs)}`}
      heads={[
        'From',
        'Deliveries',
        ...verdicts.map((verdict) => verdictLooks[verdict].word),
        'Duplicates',
        'Skew, median',
        'Answered, median',
        '95 % within',
        'Bytes',
        'List',
      ]}
    >
      {rows.map((bucket) => (
        <tr key={bucket.fromMs}>
          <th scope="row" className={`${cell} text-left font-normal`}>
            {time(bucket.fromMs)}
          </th>
          <td className={cell}>{formatCount(countOf(bucket))}</td>
          {verdicts.map((verdict) => (
            <td
              key={verdict}
              className={`${cell} ${bucket.verdicts[verdict] && failures.includes(verdict) ? verdictLooks[verdict].text : ''}`}
            >
              {formatCount(bucket.verdicts[verdict] ?? 0)}
            </td>
          ))}
          <td className={cell}>{formatCount(bucket.duplicates)}</td>
          <td className={cell}>{orNone(percentile(bucket.skews, 0.5), formatSkew)}</td>
          <td className={cell}>{orNone(percentile(bucket.durations, 0.5), formatDuration)}</td>
          <td className={cell}>{orNone(percentile(bucket.durations, 0.95), formatDuration)}</td>
          <td className={cell}>{formatSize(bucket.bodyBytes)}</td>
          <td className={cell}>
            <Button
              small
              kind="quiet"
              aria-label={`Show those from ${time(bucket.fromMs)} in the list`}
              onPress={() => onList({ fromMs: bucket.fromMs, toMs: bucket.fromMs + bucketMs })}
            >
              Show
            </Button>
          </td>
        </tr>
      ))}
    </Table>
  )
}

/** The gaps before each attempt, the documented one beside what was seen. */
function gapRows(gaps: readonly RetryGap[], gapsSeconds: readonly number[] | null) {
  const byAttempt = new Map<number, number[]>()
  for (const { attempt, gapMs } of gaps) {
    byAttempt.set(attempt, [...(byAttempt.get(attempt) ?? []), gapMs])
  }
  const last = Math.max(1, ...byAttempt.keys(), (gapsSeconds?.length ?? 0) + 1)
  return Array.from({ length: Math.min(30, last) - 1 }, (_, index) => {
    const seen = (byAttempt.get(index + 2) ?? []).sort((a, b) => a - b)
    return {
      attempt: index + 2,
      documentedMs:
        (gapsSeconds?.[index] ?? null) === null ? null : (gapsSeconds?.[index] ?? 0) * 1000,
      count: seen.length,
      medianMs: seen[Math.floor((seen.length - 1) / 2)] ?? null,
      leastMs: seen[0] ?? null,
      mostMs: seen.at(-1) ?? null,
    }
  })
}

function Gaps(props: { gaps: readonly RetryGap[]; gapsSeconds: readonly number[] | null }) {
  const rows = gapRows(props.gaps, props.gapsSeconds)
  if (rows.length === 0) return null
  const heads = ['Attempt', 'Documented', 'Seen', 'Median', 'Shortest', 'Longest']
  return (
    <Table caption="Time since the attempt before" heads={heads}>
      {rows.map((row) => (
        <tr key={row.attempt}>
          <th scope="row" className={`${cell} text-left font-normal`}>
            {ordinal(row.attempt)}
          </th>
          <td className={cell}>
            {row.documentedMs === null ? 'not known' : formatDuration(row.documentedMs)}
          </td>
          <td className={cell}>{formatCount(row.count)}</td>
          <td className={cell}>{orNone(row.medianMs, formatDuration)}</td>
          <td className={cell}>{orNone(row.leastMs, formatDuration)}</td>
          <td className={cell}>{orNone(row.mostMs, formatDuration)}</td>
        </tr>
      ))}
    </Table>
  )
}

function Farthest(props: { samples: readonly SkewSample[]; onOpen: (id: number) => void }) {
  const rows = useMemo(
    () =>
      [...props.samples]
        .sort((a, b) => Math.abs(b.skewSeconds) - Math.abs(a.skewSeconds))
        .slice(0, FARTHEST),
    [props.samples],
  )
  if (rows.length === 0) return null
  return (
    <Table caption="Farthest off" heads={['Received', 'Skew', 'Verdict', 'Delivery']}>
      {rows.map(({ id, atMs, skewSeconds, verdict }) => (
        <tr key={id}>
          <th scope="row" className={`${cell} text-left font-normal`}>
            {time(atMs)}
          </th>
          <td className={cell}>{formatSkew(skewSeconds)}</td>
          <td className={cell}>{verdictLooks[verdict].word}</td>
          <td className={cell}>
            <Button
              small
              kind="quiet"
              aria-label={`Open delivery ${id}`}
              onPress={() => props.onOpen(id)}
            >
              Open
            </Button>
          </td>
        </tr>
      ))}
    </Table>
  )
}

/** Everything that the pictures show, as tables. */
export function OverviewTables(props: {
  shown: OverviewShown
  gapsSeconds: readonly number[] | null
  onList: (span: Span) => void
  onOpen: (deliveryId: number) => void
}) {
  return (
    <div className="flex flex-col gap-4">
      <Buckets shown={props.shown} onList={props.onList} />
      <Gaps gaps={props.shown.retryGaps} gapsSeconds={props.gapsSeconds} />
      <Farthest samples={props.shown.skewSamples} onOpen={props.onOpen} />
    </div>
  )
}
