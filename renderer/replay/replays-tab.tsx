import { useQuery } from '@tanstack/react-query'
import { ArrowRight } from 'lucide-react'
import { Button as AriaButton, Disclosure, DisclosurePanel } from 'react-aria-components'
import type { Delivery } from '#contract/delivery.ts'
import type { Replay } from '#contract/replay.ts'
import { api } from '#renderer/app/api.ts'
import { showDialog } from '#renderer/app/dialogs.ts'
import { Button } from '#renderer/controls/button.tsx'
import { Chip } from '#renderer/controls/marks.tsx'
import { HeaderList } from '#renderer/detail/header-list.tsx'
import { formatClock, formatDuration, formatLocal } from '#renderer/words/format.ts'
import { visibleStart } from '#renderer/words/visible-text.ts'
import { ReplayOutcome, StatusWord } from './replay-outcome.tsx'

function Item(props: { replay: Replay; delivery: Delivery; onOpen: (id: number) => void }) {
  const { replay, delivery, onOpen } = props
  const arrived = replay.arrivedAsDeliveryId
  return (
    <Disclosure className="rounded-md border border-line bg-raised">
      <AriaButton
        slot="trigger"
        className="flex w-full items-center gap-2 rounded-md px-3 py-1.5 text-left hover:bg-hover"
      >
        <span className="text-sm text-ink-3" title={formatLocal(replay.startedAtMs)}>
          {formatClock(replay.startedAtMs)}
        </span>
        <StatusWord replay={replay} />
        <span className="wire min-w-0 flex-1 truncate text-ink-2">
          {visibleStart(replay.url, 300)}
        </span>
        <Chip>{replay.resigned ? 're-signed' : 'as it was'}</Chip>
        {replay.timings && (
          <span className="text-sm text-ink-3">{formatDuration(replay.timings.totalMs)}</span>
        )}
      </AriaButton>
      <DisclosurePanel>
        <div className="flex flex-col gap-3 border-t border-line px-3 py-3">
          {arrived !== null && (
            <div>
              <Button small icon={ArrowRight} onPress={() => onOpen(arrived)}>
                Open the delivery that it became
              </Button>
            </div>
          )}
          <div className="grid grid-cols-1 gap-4 @2xl:grid-cols-2">
            <section className="flex min-w-0 flex-col gap-2">
              <h4 className="text-sm font-semibold text-ink-2">Sent</h4>
              <HeaderList rawHeaders={replay.request.rawHeaders} label="Headers sent" />
            </section>
            <section className="flex min-w-0 flex-col gap-2">
              <h4 className="text-sm font-semibold text-ink-2">Answer</h4>
              <ReplayOutcome replay={replay} />
            </section>
          </div>
          <p className="text-sm text-ink-3">
            The original answered {delivery.statusAnswered ?? 'nothing'}.
          </p>
        </div>
      </DisclosurePanel>
    </Disclosure>
  )
}

/** Every replay of a delivery, newest first, with its answer. */
export function ReplaysTab(props: { delivery: Delivery; onOpen: (id: number) => void }) {
  const { delivery, onOpen } = props
  const replays = useQuery(
    api.replays.list.queryOptions({ input: { deliveryId: delivery.id } }),
  ).data
  if (!replays) return null
  if (replays.length === 0) {
    return (
      <div className="flex flex-col items-start gap-3">
        <p className="text-ink-2">
          A replay sends this request again, to any URL: as it was, or signed anew. Its answer is
          kept here.
        </p>
        <Button onPress={() => showDialog({ kind: 'replay', deliveryId: delivery.id })}>
          Replay…
        </Button>
      </div>
    )
  }
  return (
    <div className="@container flex flex-col gap-2">
      {replays.map((replay) => (
        <Item key={replay.id} replay={replay} delivery={delivery} onOpen={onOpen} />
      ))}
    </div>
  )
}
