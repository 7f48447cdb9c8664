import { Hourglass, Pause, Play, RotateCw, X } from 'lucide-react'
import type { Endpoint } from '#contract/endpoint.ts'
import type { ForwardQueue } from '#contract/forwarding.ts'
import { useClock } from '#renderer/app/use-clock.ts'
import { Button } from '#renderer/controls/button.tsx'
import { errorSentence } from '#renderer/words/errors.ts'
import { formatCount, formatDuration } from '#renderer/words/format.ts'
import { useEndpoints } from '#renderer/endpoints/use-endpoints.ts'
import { useQueue, useQueueActions } from './use-queue.ts'

const deliveries = (count: number) =>
  `${formatCount(count)} ${count === 1 ? 'delivery' : 'deliveries'}`

/** What waits and what failed, in a sentence. */
function queueWords(queue: ForwardQueue | null, paused: boolean, nowMs: number): string {
  const { waiting = 0, failed = 0, oldestWaitingAtMs = null } = queue ?? {}
  const since =
    oldestWaitingAtMs === null
      ? ''
      : `, the oldest for ${formatDuration(Math.max(0, nowMs - oldestWaitingAtMs))}`
  const parts = [
    ...(waiting > 0 ? [`${deliveries(waiting)} ${waiting === 1 ? 'waits' : 'wait'}${since}`] : []),
    ...(failed > 0 ? [`${deliveries(failed)} could not be sent on`] : []),
  ]
  const sentence = parts.length === 0 ? 'Nothing waits.' : `${parts.join('; ')}.`
  return paused ? `Forwarding is paused. ${sentence}` : sentence
}

/** The forwarding queue of an endpoint, and what can be done about it; nothing where all is well. */
export function QueueLine({ endpoint, always }: { endpoint: Endpoint; always?: boolean }) {
  const queue = useQueue(endpoint.id)
  const { retry, drop, pause, error } = useQueueActions(endpoint)
  const nowMs = useClock()
  const paused = endpoint.forwarding?.paused ?? false
  const waiting = queue?.waiting ?? 0
  const failed = queue?.failed ?? 0
  if (endpoint.forwarding === null || (!always && !paused && failed === 0 && waiting === 0)) {
    return null
  }
  return (
    <div
      role="group"
      aria-label="Forwarding queue"
      className="flex min-h-9 flex-wrap items-center gap-x-3 gap-y-1.5 text-sm"
    >
      <Hourglass size={14} aria-hidden className={failed > 0 ? 'text-red' : 'text-ink-3'} />
      <p className="min-w-40 flex-1 text-ink-2">
        {queueWords(queue, paused, nowMs)}
        {error && <span className="block text-red">{errorSentence(error)}</span>}
      </p>
      {waiting + failed > 0 && (
        <>
          <Button
            small
            icon={RotateCw}
            isDisabled={retry.isPending || paused}
            onPress={() => retry.mutate()}
          >
            Send now
          </Button>
          <Button small icon={X} isDisabled={drop.isPending} onPress={() => drop.mutate()}>
            Drop
          </Button>
        </>
      )}
      <Button
        small
        icon={paused ? Play : Pause}
        isDisabled={pause.isPending}
        onPress={() => pause.mutate(!paused)}
      >
        {paused ? 'Resume' : 'Pause'}
      </Button>
    </div>
  )
}

/** The queue below the list of an endpoint's deliveries, while there is something to do about it. */
export function QueueStrip({ endpointId }: { endpointId: number }) {
  const endpoint = useEndpoints().find(({ id }) => id === endpointId)
  if (!endpoint || endpoint.forwarding === null) return null
  return (
    <div className="border-t border-line bg-canvas px-3 empty:hidden">
      <QueueLine endpoint={endpoint} />
    </div>
  )
}
