import { TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { maskedTarget } from '#contract/credentials.ts'
import type { DeliveryRow as Row } from '#contract/delivery.ts'
import { EndpointDot, VerdictMark } from '#renderer/controls/marks.tsx'
import {
  formatBytes,
  formatDuration,
  formatLocal,
  formatSize,
  formatSkew,
} from '#renderer/words/format.ts'
import { visibleStart } from '#renderer/words/visible-text.ts'
import { useAge } from '#renderer/list/age.ts'
import type { ColumnId } from '#renderer/list/columns/columns.ts'
import { OwnMarks, RepeatMark } from './row-marks.tsx'

export interface CellProps {
  row: Row
  /** The colour of its endpoint; `null`: the catch-all. */
  colour: number | null
  /** Columns that are not shown: what they say that matters goes into another. */
  inline: ReactNode
  /** The method has no column of its own. */
  methodInPath: boolean
}

function Time({ row }: CellProps) {
  const age = useAge(row.receivedAtMs)
  return (
    <span title={formatLocal(row.receivedAtMs)} className="text-sm whitespace-nowrap text-ink-2">
      {age}
    </span>
  )
}

function Endpoint({ row, colour }: CellProps) {
  return (
    <span className="flex min-w-0 items-center gap-1.5">
      <EndpointDot colour={colour} />
      <bdi
        className={`truncate text-left text-sm @5xl:text-base ${row.endpointName === null ? 'text-ink-3' : ''}`}
      >
        {row.endpointName === null ? 'catch-all' : visibleStart(row.endpointName, 80)}
      </bdi>
    </span>
  )
}

function Method({ row }: CellProps) {
  return (
    <span className="font-mono text-sm font-medium text-ink-2">{visibleStart(row.method, 12)}</span>
  )
}

function Path(props: CellProps) {
  const { row, inline } = props
  return (
    <span className="flex min-w-0 items-center gap-1.5">
      {props.methodInPath && <Method {...props} />}
      <bdi
        className="min-w-0 flex-1 truncate text-left font-mono text-sm text-ink"
        title={visibleStart(maskedTarget(row.target), 1000)}
      >
        {visibleStart(maskedTarget(row.target), 300)}
      </bdi>
      {inline}
    </span>
  )
}

function EventType({ row, inline }: CellProps) {
  return (
    <span className="flex min-w-0 items-center gap-1.5 text-ink-2">
      <bdi
        className="min-w-0 flex-1 truncate text-left text-sm @5xl:text-base"
        title={row.eventType === null ? undefined : visibleStart(row.eventType, 300)}
      >
        {row.eventType === null ? '' : visibleStart(row.eventType, 120)}
      </bdi>
      {inline}
    </span>
  )
}

function Verdict({ row }: CellProps) {
  return (
    <span className="flex items-center gap-1">
      <VerdictMark verdict={row.verdict} />
      {row.problem !== null && (
        <TriangleAlert size={11} className="text-orange" role="img" aria-label="capture problem" />
      )}
    </span>
  )
}

const figure = 'text-sm whitespace-nowrap text-ink-2'

/** What stands in each column. */
export const cells: Readonly<Record<ColumnId, (props: CellProps) => ReactNode>> = {
  time: Time,
  endpoint: Endpoint,
  method: Method,
  path: Path,
  type: EventType,
  marks: ({ row }) => <OwnMarks row={row} />,
  duplicate: ({ row }) => <RepeatMark row={row} />,
  skew: ({ row }) => (
    <span title="Timestamp minus receipt" className={figure}>
      {row.skewSeconds === null ? '' : formatSkew(row.skewSeconds)}
    </span>
  ),
  status: ({ row }) => (
    <span title="Status answered" className="font-mono text-sm text-ink-3">
      {row.statusAnswered ?? '–'}
    </span>
  ),
  size: ({ row }) => (
    <span title={formatBytes(row.bodyByteLength)} className={figure}>
      {formatSize(row.bodyByteLength)}
    </span>
  ),
  duration: ({ row }) => (
    <span title="From receipt to answer" className={figure}>
      {row.durationMs === null ? '' : formatDuration(row.durationMs)}
    </span>
  ),
  verdict: Verdict,
}
