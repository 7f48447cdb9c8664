import type { Delivery } from '#contract/delivery.ts'
import { ReplaysTab } from '#renderer/replay/replays-tab.tsx'
import { AnswerView } from './answer/answer-view.tsx'
import { ForwardsView } from './answer/forwards-view.tsx'

/** What the sender was answered, where it was sent on to, and the replays of this delivery. */
export function ResponseTab(props: { delivery: Delivery; onOpen: (id: number) => void }) {
  return (
    <div className="flex flex-col gap-6">
      <section aria-label="Answer" className="flex flex-col gap-3">
        <h3 className="text-sm font-semibold text-ink-2">Answer</h3>
        <AnswerView delivery={props.delivery} />
      </section>
      <ForwardsView delivery={props.delivery} />
      <section aria-label="Replays" className="flex flex-col gap-3">
        <h3 className="text-sm font-semibold text-ink-2">Replays</h3>
        <ReplaysTab delivery={props.delivery} onOpen={props.onOpen} />
      </section>
    </div>
  )
}
