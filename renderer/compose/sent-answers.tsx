import { ArrowRight } from 'lucide-react'
import { useState } from 'react'
import type { Replay } from '#contract/replay.ts'
import { openDelivery } from '#renderer/app/location.ts'
import { Button } from '#renderer/controls/button.tsx'
import { Callout } from '#renderer/controls/marks.tsx'
import { ReplayOutcome, StatusWord } from '#renderer/replay/replay-outcome.tsx'
import { errorSentence } from '#renderer/words/errors.ts'
import { formatDuration } from '#renderer/words/format.ts'
import type { Composing } from './use-composing.ts'

/** How many ended how, such as “9 × 200, 1 × no answer”. */
function outcomes(replays: readonly Replay[]): string {
  const counts = new Map<string, number>()
  for (const { answer } of replays) {
    const outcome = answer ? String(answer.status) : 'no answer'
    counts.set(outcome, (counts.get(outcome) ?? 0) + 1)
  }
  return Array.from(counts, ([outcome, count]) => `${count} × ${outcome}`).join(', ')
}

function Several(props: {
  replays: readonly Replay[]
  chosen: number
  onChoose: (index: number) => void
}) {
  const { replays, chosen, onChoose } = props
  return (
    <>
      <p className="text-ink-2">
        {replays.length} sent: {outcomes(replays)}.
      </p>
      <ol
        aria-label="Requests sent"
        className="max-h-40 overflow-y-auto rounded-md border border-line"
      >
        {replays.map((replay, index) => (
          <li key={replay.id}>
            <button
              type="button"
              aria-pressed={index === chosen}
              onClick={() => onChoose(index)}
              className="flex w-full items-center gap-3 px-3 py-1 text-left -outline-offset-2 hover:bg-hover aria-pressed:bg-accent-soft"
            >
              <span className="w-8 text-right text-sm text-ink-3">{index + 1}</span>
              <StatusWord replay={replay} />
              <span className="flex-1" />
              <span className="text-sm text-ink-3">
                {replay.timings ? formatDuration(replay.timings.totalMs) : ''}
              </span>
            </button>
          </li>
        ))}
      </ol>
    </>
  )
}

/** What came back, and the delivery that it became where it went to ourselves. */
export function SentAnswers({ composing }: { composing: Composing }) {
  const { data, error, isPending } = composing.send
  const [chosen, setChosen] = useState(0)
  const replays = data?.replays ?? []
  const replay = replays[Math.min(chosen, replays.length - 1)]
  const arrived = replay?.arrivedAsDeliveryId ?? null
  return (
    <div className="flex flex-col gap-3 p-4" aria-live="polite">
      {isPending && (
        <p role="status" className="text-ink-2">
          Sending…
        </p>
      )}
      {error && !isPending && <Callout tone="red">{errorSentence(error)}</Callout>}
      {!data && !error && !isPending && (
        <p className="text-ink-3">Nothing was sent yet. Its answer will stand here.</p>
      )}
      {replay && !isPending && (
        <>
          {replays.length > 1 && <Several replays={replays} chosen={chosen} onChoose={setChosen} />}
          {arrived !== null && (
            <div>
              <Button small icon={ArrowRight} onPress={() => openDelivery(arrived)}>
                Open what arrived
              </Button>
            </div>
          )}
          <ReplayOutcome replay={replay} />
        </>
      )}
    </div>
  )
}
