import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { RotateCw, X } from 'lucide-react'
import { useCallback, useState } from 'react'
import type { Delivery } from '#contract/delivery.ts'
import { api } from '#renderer/app/api.ts'
import { showDialog } from '#renderer/app/dialogs.ts'
import { useClock } from '#renderer/app/use-clock.ts'
import { Button, IconButton } from '#renderer/controls/button.tsx'
import { EndpointDot } from '#renderer/controls/marks.tsx'
import { useEndpoints } from '#renderer/endpoints/use-endpoints.ts'
import { HighlightProvider } from '#renderer/verification/highlight.tsx'
import { VerdictSentence } from '#renderer/verification/sentence.tsx'
import { errorSentence } from '#renderer/words/errors.ts'
import { formatAgo, formatClock, formatDay, formatLocal } from '#renderer/words/format.ts'
import { visibleStart } from '#renderer/words/visible-text.ts'
import { CaptureProblemLine } from './capture-problem-line.tsx'
import { ChallengeLine } from './challenge-line.tsx'
import { tabOfPlace } from './detail-tab-list.tsx'
import { DetailTabs } from './detail-tabs.tsx'
import { DuplicateLine } from './duplicate-line.tsx'
import { HygieneBlock } from './hygiene-block.tsx'
import { KeyOffer } from './key-offer.tsx'
import { EndpointSuggestion } from './suggestion.tsx'
import { useTabKeys, type DetailTab } from './tabs.ts'

interface Props {
  deliveryId: number
  onClose: () => void
  onOpen: (id: number) => void
}

/** One delivery: its verdict in a sentence, and everything it came with. */
export function DeliveryDetail({ deliveryId, onClose, onOpen }: Props) {
  const { data, error } = useQuery({
    ...api.deliveries.get.queryOptions({ input: { id: deliveryId } }),
    // Stepping through the list shows one delivery after the other, with nothing between them.
    placeholderData: keepPreviousData,
  })
  // The tab stays when another delivery is opened: one compares headers with headers.
  const [tab, setTab] = useState<DetailTab>('verification')
  useTabKeys(setTab)
  if (error && !data) {
    return (
      <div className="flex items-start gap-2 p-5">
        <p className="selectable flex-1 text-ink-2">{errorSentence(error)}</p>
        <IconButton icon={X} label="Close" onPress={onClose} />
      </div>
    )
  }
  if (!data) return <div className="p-5 text-ink-3">Opening…</div>
  return (
    <Loaded
      key={data.id}
      delivery={data}
      tab={tab}
      onTab={setTab}
      onClose={onClose}
      onOpen={onOpen}
    />
  )
}

function Where({ delivery }: { delivery: Delivery }) {
  const now = useClock()
  const endpoint = useEndpoints().find(({ id }) => id === delivery.endpointId)
  return (
    <p className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-0.5 text-sm text-ink-2">
      <EndpointDot colour={endpoint?.colour ?? null} />
      <bdi className="max-w-48 truncate">
        {visibleStart(delivery.endpointName ?? 'catch-all', 80)}
      </bdi>
      <span className="wire max-w-80 truncate text-ink">
        {visibleStart(`${delivery.method} ${delivery.target}`, 300)}
      </span>
      {delivery.eventType !== null && <bdi>{visibleStart(delivery.eventType, 120)}</bdi>}
      <span title={formatLocal(delivery.receivedAtMs)} className="text-ink-3">
        {formatDay(delivery.receivedAtMs)} {formatClock(delivery.receivedAtMs)},{' '}
        {formatAgo(delivery.receivedAtMs, now)}
      </span>
    </p>
  )
}

interface LoadedProps extends Omit<Props, 'deliveryId'> {
  delivery: Delivery
  tab: DetailTab
  onTab: (tab: DetailTab) => void
}

function Loaded({ delivery, tab, onTab, onClose, onOpen }: LoadedProps) {
  const attempts =
    useQuery(api.deliveries.attempts.queryOptions({ input: { id: delivery.id } })).data ?? []
  const show = useCallback((place: string) => onTab(tabOfPlace(place)), [onTab])
  return (
    <HighlightProvider show={show}>
      <article aria-label={`Delivery ${delivery.id}`} className="flex min-h-0 flex-1 flex-col">
        <header className="flex flex-col gap-2 px-5 pt-4 pb-2">
          <div className="flex items-start gap-2">
            <div className="min-w-0 flex-1">
              <VerdictSentence
                verdict={delivery.verification.verdict}
                sentence={delivery.verification.reason.sentence}
              />
            </div>
            <Button
              icon={RotateCw}
              onPress={() => showDialog({ kind: 'replay', deliveryId: delivery.id })}
            >
              Replay
            </Button>
            <IconButton icon={X} label="Close" hotkey="Esc" onPress={onClose} />
          </div>
          <Where delivery={delivery} />
          <ChallengeLine delivery={delivery} />
          <KeyOffer delivery={delivery} />
          <DuplicateLine delivery={delivery} attemptCount={attempts.length} onOpen={onOpen} />
          <CaptureProblemLine delivery={delivery} />
          <EndpointSuggestion delivery={delivery} />
          <HygieneBlock deliveryId={delivery.id} onShowBody={() => onTab('body')} />
        </header>
        <DetailTabs
          delivery={delivery}
          attempts={attempts}
          tab={tab}
          onTab={onTab}
          onOpen={onOpen}
        />
      </article>
    </HighlightProvider>
  )
}
