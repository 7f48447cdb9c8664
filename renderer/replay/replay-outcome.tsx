import { CircleX } from 'lucide-react'
import type { Replay } from '#contract/replay.ts'
import { Callout } from '#renderer/controls/marks.tsx'
import { HeaderList } from '#renderer/detail/header-list.tsx'
import { formatBytes, formatDuration } from '#renderer/words/format.ts'
import { visibleStart } from '#renderer/words/visible-text.ts'

function statusTone(status: number): string {
  if (status >= 500) return 'text-red'
  if (status >= 400) return 'text-orange'
  return status >= 300 ? 'text-blue' : 'text-green'
}

function Timings({ timings }: { timings: NonNullable<Replay['timings']> }) {
  const parts = [
    ['connected', timings.connectMs],
    ['first byte', timings.firstByteMs],
    ['all of it', timings.totalMs],
  ] as const
  return (
    <p className="text-sm text-ink-3">
      {parts
        .filter(([, ms]) => ms !== null)
        .map(([name, ms]) => `${name} ${formatDuration(ms ?? 0)}`)
        .join(', ')}
    </p>
  )
}

export function StatusWord({ replay }: { replay: Replay }) {
  if (!replay.answer) return <span className="font-medium text-red">no answer</span>
  const { status, statusMessage } = replay.answer
  return (
    <span className={`font-medium ${statusTone(status)}`}>
      {status} {visibleStart(statusMessage, 60)}
    </span>
  )
}

/** What came back for a replay: status, times, headers, body. */
export function ReplayOutcome({ replay }: { replay: Replay }) {
  const { answer, error, timings } = replay
  return (
    <div className="flex min-w-0 flex-col gap-2">
      {error !== null && (
        <Callout tone="red" icon={<CircleX size={15} aria-hidden />}>
          {visibleStart(error, 600)}
        </Callout>
      )}
      {answer && (
        <p className="flex flex-wrap items-baseline gap-x-3">
          <StatusWord replay={replay} />
          <span className="text-sm text-ink-3">{formatBytes(answer.bodyByteLength)}</span>
        </p>
      )}
      {answer && timings && <Timings timings={timings} />}
      {answer && (
        <>
          <HeaderList rawHeaders={answer.rawHeaders} label="Answer headers" />
          {answer.bodyText !== '' && (
            <pre
              tabIndex={0}
              aria-label="Answer body"
              className="wire max-h-72 overflow-auto rounded-md border border-line bg-sunken p-2.5 break-all whitespace-pre-wrap"
            >
              {answer.bodyText.slice(0, 100_000)}
            </pre>
          )}
          {(answer.truncated || answer.bodyText.length > 100_000) && (
            <p className="text-sm text-ink-3">Only the beginning of the body is shown.</p>
          )}
        </>
      )}
    </div>
  )
}
