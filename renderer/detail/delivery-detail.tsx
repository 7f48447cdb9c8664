import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { useCallback, useEffect, useState } from 'react'
import type { Delivery } from '#contract/delivery.ts'
import { api } from '#renderer/app/api.ts'
import { Pause } from '#renderer/body/pause.tsx'
import { IconButton } from '#renderer/controls/button.tsx'
import { HighlightProvider } from '#renderer/verification/highlight.tsx'
import { VerdictSentence } from '#renderer/verification/sentence.tsx'
import { errorSentence } from '#renderer/words/errors.ts'
import { CaptureProblemLine } from './capture-problem-line.tsx'
import { ChallengeLine } from './challenge-line.tsx'
import { tabOfPlace } from './detail-tab-list.tsx'
import { DetailBar } from './detail-bar.tsx'
import { DeliveryFacts } from './delivery-facts.tsx'
import { DetailTabs } from './detail-tabs.tsx'
import { DuplicateLine } from './duplicate-line.tsx'
import { HygieneBlock } from './hygiene-block.tsx'
import { KeyOffer } from './key-offer.tsx'
import { noteOpened } from './opened-before.ts'
import { EndpointSuggestion } from './suggestion.tsx'
import { useTabCommands, type DetailTab } from './tabs.ts'
import { useDetailActions } from './use-detail-actions.ts'

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
  useTabCommands(setTab)
  if (error && !data) {
    return (
      <div className="flex items-start gap-2 p-5">
        <p className="selectable flex-1 text-ink-2">{errorSentence(error)}</p>
        <IconButton icon={X} label="Close" onPress={onClose} />
      </div>
    )
  }
  if (!data) return <Pause>Opening…</Pause>
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

interface LoadedProps extends Omit<Props, 'deliveryId'> {
  delivery: Delivery
  tab: DetailTab
  onTab: (tab: DetailTab) => void
}

/** Goes to the note once its tab is there. */
function focusNote(): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>('[data-note]')?.focus())
}

function Loaded({ delivery, tab, onTab, onClose, onOpen }: LoadedProps) {
  const attempts =
    useQuery(api.deliveries.attempts.queryOptions({ input: { id: delivery.id } })).data ?? []
  const show = useCallback((place: string) => onTab(tabOfPlace(place)), [onTab])
  const [adding, setAdding] = useState(false)
  const actions = useDetailActions({
    delivery,
    onClose,
    addTag: () => setAdding(true),
    writeNote: () => {
      onTab('notes')
      focusNote()
    },
  })
  useEffect(() => noteOpened(delivery.id), [delivery.id])
  return (
    <HighlightProvider show={show}>
      <article aria-label={`Delivery ${delivery.id}`} className="flex min-h-0 flex-1 flex-col">
        <header className="relative flex max-h-[55%] shrink-0 flex-col gap-2 overflow-y-auto px-5 pt-2.5 pb-2">
          <DetailBar delivery={delivery} attempts={attempts} actions={actions} onClose={onClose} />
          <VerdictSentence
            verdict={delivery.verification.verdict}
            sentence={delivery.verification.reason.sentence}
          />
          <DeliveryFacts
            delivery={delivery}
            attempts={attempts}
            onOpen={onOpen}
            adding={adding}
            onAdding={setAdding}
          />
          <p role="status" className="contents">
            {actions.said !== null && (
              <span className="soft-accent rounded-md px-2.5 py-1 text-sm">{actions.said}</span>
            )}
          </p>
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
