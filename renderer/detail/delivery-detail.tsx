import { useQuery } from '@tanstack/react-query'
import { RotateCw, TriangleAlert, X } from 'lucide-react'
import { useState } from 'react'
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components'
import type { Delivery } from '#contract/delivery.ts'
import { api } from '#renderer/app/api.ts'
import { showDialog } from '#renderer/app/dialogs.ts'
import { useClock } from '#renderer/app/use-clock.ts'
import { BodyView } from '#renderer/body/body-view.tsx'
import { Button, IconButton } from '#renderer/controls/button.tsx'
import { Callout, EndpointDot } from '#renderer/controls/marks.tsx'
import { useEndpoints } from '#renderer/endpoints/use-endpoints.ts'
import { ReplaysTab } from '#renderer/replay/replays-tab.tsx'
import { HighlightProvider } from '#renderer/verification/highlight.tsx'
import { VerdictSentence } from '#renderer/verification/sentence.tsx'
import { VerificationPanel } from '#renderer/verification/verification-panel.tsx'
import { errorSentence } from '#renderer/words/errors.ts'
import { formatAgo, formatClock, formatDay, formatLocal } from '#renderer/words/format.ts'
import { visibleStart } from '#renderer/words/visible-text.ts'
import { AnswerTab } from './answer-tab.tsx'
import { captureProblems } from './capture-problems.ts'
import { DuplicateLine } from './duplicate-line.tsx'
import { HeadersTab } from './headers-tab.tsx'
import { EndpointSuggestion } from './suggestion.tsx'
import { detailTabs, useTabKeys, type DetailTab } from './tabs.ts'

interface Props {
  deliveryId: number
  onClose: () => void
  onOpen: (id: number) => void
}

/** One delivery: its verdict in a sentence, and everything it came with. */
export function DeliveryDetail({ deliveryId, onClose, onOpen }: Props) {
  const { data, error } = useQuery(api.deliveries.get.queryOptions({ input: { id: deliveryId } }))
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
    <HighlightProvider>
      <Loaded key={data.id} delivery={data} onClose={onClose} onOpen={onOpen} />
    </HighlightProvider>
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

function Loaded({ delivery, onClose, onOpen }: Omit<Props, 'deliveryId'> & { delivery: Delivery }) {
  const input = { id: delivery.id }
  const [tab, setTab] = useState<DetailTab>('verification')
  useTabKeys(setTab)
  const explanation = useQuery(
    api.deliveries.explain.queryOptions({ input: { ...input, as: 'now' } }),
  )
  const attempts = useQuery(api.deliveries.attempts.queryOptions({ input })).data ?? []
  return (
    <article aria-label={`Delivery ${delivery.id}`} className="flex min-h-0 flex-1 flex-col">
      <header className="flex flex-col gap-2.5 px-5 pt-4 pb-3">
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
        <DuplicateLine delivery={delivery} attemptCount={attempts.length} onOpen={onOpen} />
        {delivery.problem !== null && (
          <Callout tone="amber" icon={<TriangleAlert size={15} aria-hidden />}>
            {captureProblems[delivery.problem]}{' '}
            {delivery.problemDetail !== null && visibleStart(delivery.problemDetail, 400)}
          </Callout>
        )}
        <EndpointSuggestion delivery={delivery} />
      </header>
      <Tabs
        selectedKey={tab}
        onSelectionChange={(key) => {
          const found = detailTabs.find(({ id }) => id === key)
          if (found) setTab(found.id)
        }}
        className="flex min-h-0 flex-1 flex-col"
      >
        <TabList
          aria-label="Parts of the delivery"
          className="flex gap-0.5 border-b border-line px-4"
        >
          {detailTabs.map(({ id, name }) => (
            <Tab
              key={id}
              id={id}
              className="-mb-px cursor-default rounded-t-sm border-b-2 border-transparent px-2 py-1.5 text-ink-2 hover:text-ink data-[selected]:border-accent data-[selected]:font-medium data-[selected]:text-ink"
            >
              {name}
            </Tab>
          ))}
        </TabList>
        <TabPanel
          id="verification"
          className="min-h-0 flex-1 overflow-y-auto px-5 py-4 focus-visible:-outline-offset-2"
        >
          {explanation.error && (
            <p className="selectable text-red">{errorSentence(explanation.error)}</p>
          )}
          {explanation.data && (
            <VerificationPanel
              explanation={explanation.data}
              atReceipt={delivery.verificationAtReceipt}
              attempts={attempts}
              currentId={delivery.id}
              onOpen={onOpen}
            />
          )}
        </TabPanel>
        <TabPanel
          id="headers"
          className="min-h-0 flex-1 overflow-y-auto px-5 py-4 focus-visible:-outline-offset-2"
        >
          <HeadersTab delivery={delivery} />
        </TabPanel>
        <TabPanel
          id="body"
          className="flex min-h-0 flex-1 flex-col focus-visible:-outline-offset-2"
        >
          <BodyView delivery={delivery} />
        </TabPanel>
        <TabPanel
          id="answer"
          className="min-h-0 flex-1 overflow-y-auto px-5 py-4 focus-visible:-outline-offset-2"
        >
          <AnswerTab delivery={delivery} />
        </TabPanel>
        <TabPanel
          id="replays"
          className="min-h-0 flex-1 overflow-y-auto px-5 py-4 focus-visible:-outline-offset-2"
        >
          <ReplaysTab delivery={delivery} onOpen={onOpen} />
        </TabPanel>
      </Tabs>
    </article>
  )
}
