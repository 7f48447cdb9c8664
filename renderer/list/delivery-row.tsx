import { CopyPlus, Handshake, RotateCw, TriangleAlert } from 'lucide-react'
import { memo } from 'react'
import type { DeliveryRow as Row } from '#contract/delivery.ts'
import { EndpointDot, VerdictMark } from '#renderer/controls/marks.tsx'
import {
  formatBytes,
  formatClock,
  formatLocal,
  formatSize,
  ordinal,
} from '#renderer/words/format.ts'
import { duplicateWords } from '#renderer/words/verdicts.ts'
import { visibleStart } from '#renderer/words/visible-text.ts'

/** The columns of the list, for the header and every row alike. */
export const columnsClass =
  'grid items-center gap-x-2 px-3 grid-cols-[54px_minmax(68px,0.5fr)_minmax(0,1.1fr)_minmax(0,1fr)_46px_98px] @2xl:gap-x-3 @2xl:grid-cols-[56px_minmax(72px,0.6fr)_minmax(0,1.15fr)_minmax(0,1fr)_52px_104px] @5xl:grid-cols-[60px_minmax(110px,0.7fr)_minmax(0,1.3fr)_minmax(0,1fr)_84px_40px_60px_104px]'

function DuplicateChip({ row }: { row: Row }) {
  if (row.replayId !== null) {
    return (
      <span
        title="Sent by Countersign: a replay of yours"
        className="inline-flex items-center gap-1 text-xs font-medium whitespace-nowrap text-accent"
      >
        <RotateCw size={11} aria-hidden /> replay
      </span>
    )
  }
  if (!row.duplicate) return null
  const { word } = duplicateWords[row.duplicate.kind]
  return (
    <span
      title={`${ordinal(row.duplicate.ordinal)} of its kind: ${word}`}
      className="inline-flex items-center gap-1 text-xs font-medium whitespace-nowrap text-violet"
    >
      <CopyPlus size={11} aria-hidden className="hidden @2xl:block" />
      {ordinal(row.duplicate.ordinal)}
      <span className="sr-only"> {word}</span>
    </span>
  )
}

/** A handshake that is signed has another verdict than `challenge`, which says it already. */
function ChallengeChip({ row }: { row: Row }) {
  if (row.challenge === null || row.verdict === 'challenge') return null
  return (
    <span
      title={`The handshake “${visibleStart(row.challenge, 80)}”`}
      className="inline-flex items-center gap-1 text-xs font-medium whitespace-nowrap text-violet"
    >
      <Handshake size={11} aria-hidden /> challenge
    </span>
  )
}

function Chips({ row }: { row: Row }) {
  return row.duplicate || row.replayId !== null ? (
    <DuplicateChip row={row} />
  ) : (
    <ChallengeChip row={row} />
  )
}

interface Props {
  row: Row
  index: number
  colour: number | null
  selected: boolean
  top: number
  rowHeight: number
  onPress: (id: number) => void
}

/** One delivery in the list. Everything that the sender wrote is shown with nothing hidden in it. */
export const DeliveryRow = memo(function DeliveryRow(props: Props) {
  const { row, selected } = props
  const look = selected
    ? 'bg-accent-soft group-focus-visible/grid:shadow-[inset_2px_0_0_var(--accent)]'
    : 'hover:bg-hover'
  return (
    // The grid holds the focus and names its active row; rows take only the pointer.
    <div
      role="row"
      id={`delivery-${row.id}`}
      tabIndex={-1}
      aria-rowindex={props.index + 2}
      aria-selected={selected}
      onMouseDown={(event) => event.button === 0 && props.onPress(row.id)}
      className={`absolute inset-x-0 border-b border-line/60 ${columnsClass} ${look}`}
      style={{ height: props.rowHeight, transform: `translateY(${props.top}px)` }}
    >
      <span role="gridcell" title={formatLocal(row.receivedAtMs)} className="text-sm text-ink-2">
        {formatClock(row.receivedAtMs)}
      </span>
      <span role="gridcell" className="flex min-w-0 items-center gap-1.5">
        <EndpointDot colour={props.colour} />
        <bdi
          className={`truncate text-sm @5xl:text-base ${row.endpointName === null ? 'text-ink-3' : ''}`}
        >
          {row.endpointName === null ? 'catch-all' : visibleStart(row.endpointName, 80)}
        </bdi>
      </span>
      <span role="gridcell" className="flex min-w-0 items-baseline gap-1.5">
        <span className="font-mono text-sm font-medium text-ink-2">
          {visibleStart(row.method, 12)}
        </span>
        <bdi
          className="min-w-0 flex-1 truncate font-mono text-sm text-ink"
          title={visibleStart(row.target, 1000)}
        >
          {visibleStart(row.target, 300)}
        </bdi>
      </span>
      <span role="gridcell" className="flex min-w-0 items-center gap-1.5 text-ink-2">
        <bdi
          className="min-w-0 flex-1 truncate text-sm @5xl:text-base"
          title={row.eventType === null ? undefined : visibleStart(row.eventType, 300)}
        >
          {row.eventType === null ? '' : visibleStart(row.eventType, 120)}
        </bdi>
        <span className="flex shrink-0 @5xl:hidden">
          <Chips row={row} />
        </span>
      </span>
      <span role="gridcell" className="hidden @5xl:block">
        <Chips row={row} />
      </span>
      <span
        role="gridcell"
        title="Status answered"
        className="hidden text-right font-mono text-sm text-ink-3 @5xl:block"
      >
        {row.statusAnswered ?? '–'}
      </span>
      <span
        role="gridcell"
        title={formatBytes(row.bodyByteLength)}
        className="text-right text-sm whitespace-nowrap text-ink-2"
      >
        {formatSize(row.bodyByteLength)}
      </span>
      <span role="gridcell" className="flex items-center gap-1">
        <VerdictMark verdict={row.verdict} />
        {row.problem !== null && (
          <TriangleAlert size={11} className="text-orange" aria-label="capture problem" />
        )}
      </span>
    </div>
  )
})
