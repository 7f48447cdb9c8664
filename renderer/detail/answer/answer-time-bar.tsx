import { ClockAlert, Timer } from 'lucide-react'
import type { Delivery } from '#contract/delivery.ts'
import { Callout } from '#renderer/controls/marks.tsx'
import { useSchemes } from '#renderer/endpoints/use-endpoints.ts'
import { formatDuration, formatSeconds } from '#renderer/words/format.ts'
import { judgeAnswerTime } from './answer-time.ts'

const fills = { 'in-time': 'bg-green', near: 'bg-amber', late: 'bg-red' }

interface Deadline {
  name: string
  seconds: number
  sendsAgain: boolean
}

function useDeadline(schemeId: string | null): Deadline | null {
  const scheme = useSchemes().find(({ id }) => id === schemeId)
  const seconds = scheme?.answerWithinSeconds ?? null
  if (!scheme || seconds === null) return null
  return { name: scheme.name, seconds, sendsAgain: scheme.retries !== null }
}

/** The answer time within the provider's deadline, with a warning when it took too long. */
export function AnswerTimeBar({ delivery }: { delivery: Delivery }) {
  const { durationMs, answer } = delivery
  const deadline = useDeadline(delivery.schemeId)
  if (answer?.fault === 'hang') {
    if (deadline === null) return null
    return (
      <Callout tone="amber" icon={<ClockAlert size={15} aria-hidden />}>
        {deadline.name} waits {formatSeconds(deadline.seconds)}, then this counts as failed there.
      </Callout>
    )
  }
  if (durationMs === null) return null
  if (deadline === null) {
    return (
      <p className="flex items-center gap-1.5 text-sm text-ink-3">
        <Timer size={13} aria-hidden />
        Answered in {formatDuration(durationMs)}.
      </p>
    )
  }
  const { state, share, sentence } = judgeAnswerTime(durationMs, deadline.seconds, deadline)
  return (
    <div className="flex flex-col gap-1.5">
      <div
        role="meter"
        aria-label={`Answer time, of the ${formatSeconds(deadline.seconds)} that ${deadline.name} waits`}
        aria-valuemin={0}
        aria-valuemax={deadline.seconds * 1000}
        aria-valuenow={Math.min(durationMs, deadline.seconds * 1000)}
        aria-valuetext={sentence}
        className="h-2 overflow-hidden rounded-full bg-line"
      >
        <span
          className={`block h-full rounded-full ${fills[state]}`}
          style={{ width: `${share}%` }}
        />
      </div>
      {state === 'in-time' ? (
        <p className="text-sm text-ink-3">{sentence}</p>
      ) : (
        <Callout
          tone={state === 'late' ? 'red' : 'amber'}
          icon={<ClockAlert size={15} aria-hidden />}
        >
          {sentence}
        </Callout>
      )}
    </div>
  )
}
