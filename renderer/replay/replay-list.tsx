import { useInfiniteQuery } from '@tanstack/react-query'
import { ArrowLeftRight, ArrowRight } from 'lucide-react'
import type { Replay } from '#contract/replay.ts'
import { api } from '#renderer/app/api.ts'
import { openDelivery } from '#renderer/app/location.ts'
import { Button } from '#renderer/controls/button.tsx'
import { errorSentence } from '#renderer/words/errors.ts'
import { compareWithOriginal } from './compare-original.ts'
import { ReplayItem } from './replay-item.tsx'
import { ReplayOutcome } from './replay-outcome.tsx'
import { SentRequest } from './sent-request.tsx'

const PAGE = 50

function Whole({ replay }: { replay: Replay }) {
  const { deliveryId, arrivedAsDeliveryId: arrived } = replay
  return (
    <>
      <div className="flex flex-wrap gap-2">
        {deliveryId !== null && (
          <>
            <Button
              small
              icon={ArrowLeftRight}
              onPress={() => compareWithOriginal(deliveryId, replay.id)}
            >
              Compare with original
            </Button>
            <Button small icon={ArrowRight} onPress={() => openDelivery(deliveryId)}>
              Open delivery {deliveryId}
            </Button>
          </>
        )}
        {arrived !== null && (
          <Button small icon={ArrowRight} onPress={() => openDelivery(arrived)}>
            Open the delivery that it became
          </Button>
        )}
      </div>
      <div className="@container">
        <div className="grid grid-cols-1 gap-5 @3xl:grid-cols-2">
          <section className="flex min-w-0 flex-col gap-2">
            <h3 className="text-sm font-semibold text-ink-2">Answer</h3>
            <ReplayOutcome replay={replay} />
          </section>
          <SentRequest replay={replay} />
        </div>
      </div>
    </>
  )
}

interface Props {
  label: string
  /** Which ones: those of a batch, those that failed, those of an origin, those of no batch. */
  of: { batchId?: number; failed?: boolean; origin?: Replay['origin']; single?: boolean }
  /** What is said where there are none. */
  none: string
}

/** Requests that we sent, newest first, a page at a time. */
export function ReplayList({ label, of, none }: Props) {
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(
    api.replays.list.infiniteOptions({
      input: (beforeId: number | undefined) => ({
        ...of,
        limit: PAGE,
        ...(beforeId === undefined ? {} : { beforeId }),
      }),
      initialPageParam: undefined,
      getNextPageParam: (page) => (page.length < PAGE ? undefined : page.at(-1)?.id),
    }),
  )
  if (error) return <p className="selectable text-red">{errorSentence(error)}</p>
  if (!data) return <p className="text-ink-3">Reading…</p>
  const replays = data.pages.flat()
  if (replays.length === 0) return <p className="text-ink-3">{none}</p>
  return (
    <>
      <ul
        aria-label={label}
        className="flex flex-col divide-y divide-line overflow-hidden rounded-md border border-line"
      >
        {replays.map((replay) => (
          <li key={replay.id}>
            <ReplayItem replay={replay} inBatch={of.batchId !== undefined} withDay>
              {() => <Whole replay={replay} />}
            </ReplayItem>
          </li>
        ))}
      </ul>
      {hasNextPage && (
        <div>
          <Button isPending={isFetchingNextPage} onPress={() => void fetchNextPage()}>
            Show more
          </Button>
        </div>
      )}
    </>
  )
}
