import { useState, type ReactNode } from 'react'
import { Button as AriaButton, Disclosure, DisclosurePanel } from 'react-aria-components'
import { maskedTarget } from '#contract/credentials.ts'
import type { Replay } from '#contract/replay.ts'
import { Chip } from '#renderer/controls/marks.tsx'
import { formatClock, formatDay, formatDuration, formatLocal } from '#renderer/words/format.ts'
import { visibleStart } from '#renderer/words/visible-text.ts'
import { changedWords } from './changed-words.ts'
import { StatusWord } from './replay-outcome.tsx'

/** How it was made: forwarded or composed, with which signature, with which edits. */
function Marks({ replay, inBatch }: { replay: Replay; inBatch: boolean }) {
  const { origin, resigned, changed, batchId } = replay
  return (
    <>
      {origin === 'forward' && <Chip>forwarded</Chip>}
      {origin === 'compose' && <Chip>composed</Chip>}
      {batchId !== null && !inBatch && <Chip>bulk {batchId}</Chip>}
      {origin !== 'compose' && <Chip>{resigned ? 're-signed' : 'as it was'}</Chip>}
      {changed.length > 0 && origin === 'replay' && (
        <Chip title={visibleStart(changedWords(changed).join(', '), 400)}>
          {changed.length} changed
        </Chip>
      )}
    </>
  )
}

interface Props {
  replay: Replay
  /** All around it are of the same bulk replay. */
  inBatch?: boolean
  /** Among those of other days. */
  withDay?: boolean
  /** What it opens to; drawn only then. */
  children: () => ReactNode
}

/** A line about a request that we sent, which opens to all that is known of it. */
export function ReplayItem({ replay, inBatch = false, withDay = false, children }: Props) {
  const [open, setOpen] = useState(false)
  const { startedAtMs, url, timings, request, error } = replay
  return (
    <Disclosure isExpanded={open} onExpandedChange={setOpen} className="bg-surface">
      <AriaButton
        slot="trigger"
        className="flex w-full flex-wrap items-center gap-x-3 gap-y-1 px-3 py-1.5 text-left -outline-offset-2 hover:bg-hover"
      >
        <span className="text-sm text-ink-3" title={formatLocal(startedAtMs)}>
          {withDay && `${formatDay(startedAtMs)} `}
          {formatClock(startedAtMs)}
        </span>
        <span className="w-28 shrink-0 truncate">
          <StatusWord replay={replay} />
        </span>
        <span className="wire min-w-24 flex-1 truncate text-ink-2">
          {visibleStart(
            `${request.method} ${inBatch ? maskedTarget(request.target) : maskedTarget(url)}`,
            300,
          )}
        </span>
        {error !== null && (
          <span className="max-w-[45%] truncate text-sm text-ink-3">
            {visibleStart(error, 200)}
          </span>
        )}
        <span className="flex flex-wrap gap-1.5">
          <Marks replay={replay} inBatch={inBatch} />
        </span>
        {timings && (
          <span className="w-14 text-right text-sm text-ink-3">
            {formatDuration(timings.totalMs)}
          </span>
        )}
      </AriaButton>
      <DisclosurePanel>
        {open && (
          <div className="flex flex-col gap-4 border-t border-line bg-raised px-3 py-3">
            {children()}
          </div>
        )}
      </DisclosurePanel>
    </Disclosure>
  )
}
