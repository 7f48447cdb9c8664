import { useQuery } from '@tanstack/react-query'
import { ArrowLeftRight, ArrowRight } from 'lucide-react'
import type { Delivery } from '#contract/delivery.ts'
import type { Replay } from '#contract/replay.ts'
import { api } from '#renderer/app/api.ts'
import { showDialog } from '#renderer/app/dialogs.ts'
import { go } from '#renderer/app/location.ts'
import { Button } from '#renderer/controls/button.tsx'
import { Answers } from './answers.tsx'
import { compareWithOriginal } from './compare-original.ts'
import { ReplayItem } from './replay-item.tsx'
import { SentRequest } from './sent-request.tsx'

interface ItemProps {
  replay: Replay
  delivery: Delivery
  /** The one that was sent before it. */
  previous: Replay | undefined
  onOpen: (id: number) => void
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

function Item(props: ItemProps) {
  const { replay, delivery } = props
  return (
    <ReplayItem replay={replay}>
      {() => (
        <>
          <Actions {...props} />
          <Answers delivery={delivery} replay={replay} />
          <SentRequest replay={replay} />
        </>
      )}
    </ReplayItem>
  )
}

/** Every replay of a delivery, newest first, with its answer. */
export function ReplaysTab(props: { delivery: Delivery; onOpen: (id: number) => void }) {
  const { delivery, onOpen } = props
  const replays = useQuery(
    api.replays.list.queryOptions({ input: { deliveryId: delivery.id, origin: 'replay' } }),
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
      <div className="flex flex-col divide-y divide-line overflow-hidden rounded-md border border-line">
        {replays.map((each, index) => (
          <Item
            key={each.id}
            replay={each}
            delivery={delivery}
            previous={replays[index + 1]}
            onOpen={onOpen}
          />
        ))}
      </div>
      <div>{replay}</div>
    </div>
  )
}
