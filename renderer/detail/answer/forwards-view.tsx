import { useMutation } from '@tanstack/react-query'
import { CircleCheck, CircleSlash, CircleX, Hourglass, RotateCw, Send, X } from 'lucide-react'
import type { Delivery } from '#contract/delivery.ts'
import type { Forward } from '#contract/forwarding.ts'
import type { Replay } from '#contract/replay.ts'
import { client } from '#renderer/app/api.ts'
import { useClock } from '#renderer/app/use-clock.ts'
import { Button } from '#renderer/controls/button.tsx'
import { refetchForwards } from '#renderer/endpoints/forward/use-queue.ts'
import { ReplayItem } from '#renderer/replay/replay-item.tsx'
import { ReplayOutcome } from '#renderer/replay/replay-outcome.tsx'
import { SentRequest } from '#renderer/replay/sent-request.tsx'
import { errorSentence } from '#renderer/words/errors.ts'
import { formatClock, formatDuration } from '#renderer/words/format.ts'
import { visibleStart } from '#renderer/words/visible-text.ts'
import { useForwardAttempts, useForwards } from './use-forwards.ts'

const looks = {
  waiting: { icon: Hourglass, word: 'waiting', text: 'text-amber' },
  sending: { icon: Send, word: 'under way', text: 'text-blue' },
  done: { icon: CircleCheck, word: 'done', text: 'text-green' },
  failed: { icon: CircleX, word: 'failed', text: 'text-red' },
  dropped: { icon: CircleSlash, word: 'not sent', text: 'text-ink-3' },
} satisfies Record<Forward['state'], unknown>

function nextWords({ nextAtMs, state }: Forward, nowMs: number): string {
  if (state !== 'waiting' || nextAtMs === null) return ''
  const inMs = nextAtMs - nowMs
  return inMs < 1000 ? 'next: soon' : `next in ${formatDuration(inMs)}, at ${formatClock(nextAtMs)}`
}

/** One target: how it went, each attempt with its answer, and what can be done. */
function Target({ forward, attempts }: { forward: Forward; attempts: Replay[] }) {
  const { icon: Icon, word, text } = looks[forward.state]
  const nowMs = useClock()
  const which = { id: forward.id }
  const retry = useMutation({
    mutationFn: () => client.forwards.retryNow(which),
    onSettled: refetchForwards,
  })
  const drop = useMutation({
    mutationFn: () => client.forwards.drop(which),
    onSettled: refetchForwards,
  })
  const error = retry.error ?? drop.error
  // The attempt says so itself.
  const says =
    forward.state !== 'done' && attempts.every(({ error: why }) => why !== forward.detail)
  const open = forward.state === 'waiting' || forward.state === 'failed'
  return (
    <li className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className={`inline-flex items-center gap-1.5 text-sm font-medium ${text}`}>
          <Icon size={13} strokeWidth={2.25} aria-hidden />
          {word}
        </span>
        <span className="wire min-w-32 flex-1 truncate">{visibleStart(forward.url, 300)}</span>
      </div>
      {open && (
        <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="flex-1 text-sm text-ink-3">{nextWords(forward, nowMs)}</span>
          <Button small icon={RotateCw} isDisabled={retry.isPending} onPress={() => retry.mutate()}>
            Send now
          </Button>
          {forward.state === 'waiting' && (
            <Button small icon={X} isDisabled={drop.isPending} onPress={() => drop.mutate()}>
              Drop
            </Button>
          )}
        </div>
      )}
      {error && <p className="selectable text-sm text-red">{errorSentence(error)}</p>}
      {says && forward.detail !== null && (
        <p className="selectable text-sm text-ink-2">{visibleStart(forward.detail, 600)}</p>
      )}
      {attempts.map((attempt) => (
        <ReplayItem key={attempt.id} replay={attempt}>
          {() => (
            <>
              <ReplayOutcome replay={attempt} />
              <SentRequest replay={attempt} />
            </>
          )}
        </ReplayItem>
      ))}
    </li>
  )
}

/** Attempts belong to the target that they were sent to: the longest URL that they begin with. */
export function attemptsOf(
  forward: Pick<Forward, 'url'>,
  forwards: readonly Pick<Forward, 'url'>[],
  replays: readonly Replay[],
): Replay[] {
  const owner = (replay: Replay) =>
    forwards
      .filter(({ url }) => replay.url.startsWith(url))
      .reduce((best, { url }) => (url.length > best.length ? url : best), '')
  return replays.filter((replay) => owner(replay) === forward.url)
}

/** Where a delivery was sent on to; nothing where it was not. */
export function ForwardsView({ delivery }: { delivery: Delivery }) {
  const forwards = useForwards(delivery.id)
  const replays = useForwardAttempts(delivery.id)
  if (forwards.length === 0) return null
  return (
    <section aria-label="Forwarded" className="flex flex-col gap-3">
      <h3 className="text-sm font-semibold text-ink-2">Forwarded</h3>
      <ul className="@container flex flex-col gap-4">
        {forwards.map((forward) => (
          <Target
            key={forward.id}
            forward={forward}
            attempts={attemptsOf(forward, forwards, replays)}
          />
        ))}
      </ul>
    </section>
  )
}
