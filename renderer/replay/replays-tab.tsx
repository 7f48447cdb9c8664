import { useQuery } from '@tanstack/react-query'
import { ArrowLeftRight, ArrowRight } from 'lucide-react'
import { Button as AriaButton, Disclosure, DisclosurePanel } from 'react-aria-components'
import type { Delivery } from '#contract/delivery.ts'
import type { Replay } from '#contract/replay.ts'
import { api } from '#renderer/app/api.ts'
import { showDialog } from '#renderer/app/dialogs.ts'
import { go } from '#renderer/app/location.ts'
import { Button } from '#renderer/controls/button.tsx'
import { Chip } from '#renderer/controls/marks.tsx'
import { HeaderList } from '#renderer/detail/header-list.tsx'
import { formatBytes, formatClock, formatDuration, formatLocal } from '#renderer/words/format.ts'
import { visibleStart } from '#renderer/words/visible-text.ts'
import { Answers } from './answers.tsx'
import { changedWords } from './changed-words.ts'
import { compareWithOriginal } from './replay-again.ts'
import { StatusWord } from './replay-outcome.tsx'

interface ItemProps {
  replay: Replay
  delivery: Delivery
  /** The one that was sent before it. */
  previous: Replay | undefined
  onOpen: (id: number) => void
}

/** How it was made: forwarded, with which signature, with which edits. */
function Marks({ replay }: { replay: Replay }) {
  const { origin, resigned, changed, batchId } = replay
  return (
    <>
      {origin === 'forward' && <Chip>forwarded</Chip>}
      {batchId !== null && <Chip>bulk {batchId}</Chip>}
      <Chip>{resigned ? 're-signed' : 'as it was'}</Chip>
      {changed.length > 0 && (
        <Chip title={visibleStart(changedWords(changed).join(', '), 400)}>
          {changed.length} changed
        </Chip>
      )}
    </>
  )
}

function Actions({ replay, delivery, previous, onOpen }: ItemProps) {
  const arrived = replay.arrivedAsDeliveryId
  return (
    <div className="flex flex-wrap gap-2">
      <Button
        small
        icon={ArrowLeftRight}
        onPress={() => compareWithOriginal(delivery.id, replay.id)}
      >
        Compare with original
      </Button>
      {previous && (
        <Button
          small
          icon={ArrowLeftRight}
          onPress={() =>
            go({ view: { kind: 'compare', a: `r${previous.id}`, b: `r${replay.id}` } })
          }
        >
          Compare with previous replay
        </Button>
      )}
      {arrived !== null && (
        <Button small icon={ArrowRight} onPress={() => onOpen(arrived)}>
          Open the delivery that it became
        </Button>
      )}
    </div>
  )
}

function Sent({ replay }: { replay: Replay }) {
  const { method, target, rawHeaders, bodyByteLength } = replay.request
  return (
    <section className="flex min-w-0 flex-col gap-2">
      <h4 className="text-sm font-semibold text-ink-2">Sent</h4>
      <p className="text-sm text-ink-2">
        {replay.changed.length === 0
          ? 'Nothing was changed.'
          : `Changed: ${visibleStart(changedWords(replay.changed).join(', '), 600)}.`}
      </p>
      <p className="wire break-all">{visibleStart(`${method} ${target}`, 2_000)}</p>
      <HeaderList rawHeaders={rawHeaders} label="Headers sent" />
      <p className="text-sm text-ink-3">Body, {formatBytes(bodyByteLength)}</p>
    </section>
  )
}

function Item(props: ItemProps) {
  const { replay, delivery } = props
  return (
    <Disclosure className="rounded-md border border-line bg-raised">
      <AriaButton
        slot="trigger"
        className="flex w-full flex-wrap items-center gap-2 rounded-md px-3 py-1.5 text-left hover:bg-hover"
      >
        <span className="text-sm text-ink-3" title={formatLocal(replay.startedAtMs)}>
          {formatClock(replay.startedAtMs)}
        </span>
        <StatusWord replay={replay} />
        <span className="wire min-w-24 flex-1 truncate text-ink-2">
          {visibleStart(replay.url, 300)}
        </span>
        <Marks replay={replay} />
        {replay.timings && (
          <span className="text-sm text-ink-3">{formatDuration(replay.timings.totalMs)}</span>
        )}
      </AriaButton>
      <DisclosurePanel>
        <div className="flex flex-col gap-4 border-t border-line px-3 py-3">
          <Actions {...props} />
          <Answers delivery={delivery} replay={replay} />
          <Sent replay={replay} />
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
  const replay = (
    <Button onPress={() => showDialog({ kind: 'replay', deliveryId: delivery.id })}>Replay…</Button>
  )
  if (replays.length === 0) {
    return (
      <div className="flex flex-col items-start gap-3">
        <p className="text-ink-2">
          A replay sends this request again, to any URL: as it was, or signed anew. Its answer is
          kept here.
        </p>
        {replay}
      </div>
    )
  }
  return (
    <div className="@container flex flex-col gap-2">
      {replays.map((each, index) => (
        <Item
          key={each.id}
          replay={each}
          delivery={delivery}
          previous={replays[index + 1]}
          onOpen={onOpen}
        />
      ))}
      <div>{replay}</div>
    </div>
  )
}
