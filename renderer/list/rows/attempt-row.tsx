import { memo } from 'react'
import { VerdictMark } from '#renderer/controls/marks.tsx'
import {
  formatClock,
  formatDuration,
  formatLocal,
  formatSize,
  ordinal,
} from '#renderer/words/format.ts'
import { duplicateWords } from '#renderer/words/verdicts.ts'
import type { Attempt } from './use-opened-groups.ts'
import { pressOf, rowLook, type RowProps } from './delivery-row.tsx'

interface Props extends Pick<
  RowProps,
  'line' | 'top' | 'rowHeight' | 'selected' | 'active' | 'onPress'
> {
  attempt: Attempt
  /** 0 for the first. */
  index: number
  of: number
  /** Milliseconds since the one before; `null` for the first. */
  gapMs: number | null
}

/** One of the attempts to deliver a message, under the row of the message. */
export const AttemptRow = memo(function AttemptRow(props: Props) {
  const { attempt, index, gapMs } = props
  return (
    <div
      role="row"
      id={`attempt-${attempt.id}`}
      aria-rowindex={props.line + 2}
      aria-level={2}
      aria-posinset={index + 1}
      aria-setsize={props.of}
      aria-selected={props.selected}
      onMouseDown={(event) => event.button === 0 && props.onPress(props.line, pressOf(event))}
      className={`absolute inset-x-0 flex items-center gap-x-3 border-b border-line/60 bg-sunken/60 pr-3 pl-10 text-sm [contain:layout_style_paint] ${rowLook(props.selected, props.active)}`}
      style={{ height: props.rowHeight, transform: `translateY(${props.top}px)` }}
    >
      <span role="gridcell" className="w-9 font-medium text-ink-2">
        {ordinal(index + 1)}
      </span>
      <span role="gridcell" title="Since the attempt before" className="w-24 text-ink-2">
        {gapMs === null ? 'first' : `+${formatDuration(gapMs)}`}
      </span>
      <span
        role="gridcell"
        title={formatLocal(attempt.receivedAtMs)}
        className="min-w-0 flex-1 truncate text-ink-3"
      >
        {formatClock(attempt.receivedAtMs)}
        {attempt.kind !== null && `, ${duplicateWords[attempt.kind].word}`}
      </span>
      <span role="gridcell" className="font-mono text-ink-3">
        {attempt.statusAnswered ?? '–'}
      </span>
      <span role="gridcell" className="hidden w-14 text-right text-ink-2 @lg:block">
        {formatSize(attempt.bodyByteLength)}
      </span>
      <span role="gridcell" className="w-[106px] pl-1">
        <VerdictMark verdict={attempt.verdict} />
      </span>
    </div>
  )
})
