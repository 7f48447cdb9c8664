import { CircleX } from 'lucide-react'
import type { Replay } from '#contract/replay.ts'
import { Callout } from '#renderer/controls/marks.tsx'
import { HeaderList } from '#renderer/detail/header-list.tsx'
import { formatBytes } from '#renderer/words/format.ts'
import { visibleStart } from '#renderer/words/visible-text.ts'
import { TimingsBar } from './timings-bar.tsx'

function statusTone(status: number): string {
  if (status >= 500) return 'text-red'
  if (status >= 400) return 'text-orange'
  return status >= 300 ? 'text-blue' : 'text-green'
}

/** A status in its colour, with what was said beside it. */
export function StatusText({ status, message }: { status: number; message: string }) {
  return (
    <span className={`font-medium ${statusTone(status)}`}>
      {status} {visibleStart(message, 60)}
    </span>
  )
}

/** The status that came back, or that none did. */
export function StatusWord({ replay }: { replay: Replay }) {
  if (!replay.answer) {
    const under = replay.error === null
    return (
      <span className={`font-medium ${under ? 'text-ink-2' : 'text-red'}`}>
        {under ? 'under way' : 'no answer'}
      </span>
    )
  }
  return <StatusText status={replay.answer.status} message={replay.answer.statusMessage} />
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
      {timings && <TimingsBar timings={timings} />}
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
