import { useState, type ReactNode } from 'react'
import { Button as AriaButton, Disclosure, DisclosurePanel } from 'react-aria-components'
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
  const { startedAtMs, url, timings, request } = replay
  return (
    <Disclosure
      isExpanded={open}
      onExpandedChange={setOpen}
      className="rounded-md border border-line bg-raised"
    >
      <AriaButton
        slot="trigger"
        className="flex w-full flex-wrap items-center gap-x-2 gap-y-1 rounded-md px-3 py-1.5 text-left hover:bg-hover"
      >
        <span className="text-sm text-ink-3" title={formatLocal(startedAtMs)}>
          {withDay && `${formatDay(startedAtMs)} `}
          {formatClock(startedAtMs)}
        </span>
        <StatusWord replay={replay} />
        <span className="wire min-w-24 flex-1 truncate text-ink-2">
          {inBatch
            ? visibleStart(`${request.method} ${request.target}`, 300)
            : visibleStart(url, 300)}
        </span>
        <Marks replay={replay} inBatch={inBatch} />
        {timings && (
          <span className="w-14 text-right text-sm text-ink-3">
            {formatDuration(timings.totalMs)}
          </span>
        )}
      </AriaButton>
      <DisclosurePanel>
        {open && (
          <div className="flex flex-col gap-4 border-t border-line px-3 py-3">{children()}</div>
        )}
      </DisclosurePanel>
    </Disclosure>
  )
}
