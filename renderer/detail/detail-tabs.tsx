import type { ReactNode } from 'react'
import { TabPanel, Tabs } from 'react-aria-components'
import { useQuery } from '@tanstack/react-query'
import type { Delivery, DeliveryRow } from '#contract/delivery.ts'
import { api } from '#renderer/app/api.ts'
import { BodyView } from '#renderer/body/body-view.tsx'
import { VerificationPanel } from '#renderer/verification/verification-panel.tsx'
import { hasWhy, WhyOfDelivery } from '#renderer/verification/why.tsx'
import { errorSentence } from '#renderer/words/errors.ts'
import { DetailTabList } from './detail-tab-list.tsx'
import { HeadersTab } from './headers-tab.tsx'
import { NotesTab } from './notes-tab.tsx'
import { RawTab } from './raw-tab.tsx'
import { ResponseTab } from './response-tab.tsx'
import { TimelineTab } from './timeline-tab.tsx'
import { detailTabs, type DetailTab } from './tabs.ts'

function Panel({ id, children }: { id: DetailTab; children: ReactNode }) {
  return (
    <TabPanel
      id={id}
      className="min-h-0 flex-1 overflow-y-auto px-5 py-4 focus-visible:-outline-offset-2"
    >
      {children}
    </TabPanel>
  )
}

interface Props {
  delivery: Delivery
  attempts: DeliveryRow[]
  tab: DetailTab
  onTab: (tab: DetailTab) => void
  onOpen: (id: number) => void
}

function Explained({
  delivery,
  attempts,
  onOpen,
}: Pick<Props, 'delivery' | 'attempts' | 'onOpen'>) {
  const { data, error } = useQuery(
    api.deliveries.explain.queryOptions({ input: { id: delivery.id, as: 'now' } }),
  )
  if (!data) return error ? <p className="selectable text-red">{errorSentence(error)}</p> : null
  return (
    <VerificationPanel
      explanation={data}
      atReceipt={delivery.verificationAtReceipt}
      attempts={attempts}
      currentId={delivery.id}
      onOpen={onOpen}
      why={hasWhy(data.verification.verdict) ? <WhyOfDelivery deliveryId={delivery.id} /> : null}
    />
  )
}

/** Everything that a delivery came with and what became of it, a tab each. */
export function DetailTabs({ delivery, attempts, tab, onTab, onOpen }: Props) {
  return (
    <Tabs
      selectedKey={tab}
      onSelectionChange={(key) => {
        const found = detailTabs.find(({ id }) => id === key)
        if (found) onTab(found.id)
      }}
      className="flex min-h-0 flex-1 flex-col outline-none"
    >
      <DetailTabList selected={tab} marked={delivery.note === '' ? [] : ['notes']} />
      <Panel id="verification">
        <Explained delivery={delivery} attempts={attempts} onOpen={onOpen} />
      </Panel>
      <Panel id="headers">
        <HeadersTab delivery={delivery} />
      </Panel>
      <TabPanel id="body" className="flex min-h-0 flex-1 flex-col focus-visible:-outline-offset-2">
        <BodyView delivery={delivery} />
      </TabPanel>
      <Panel id="response">
        <ResponseTab delivery={delivery} onOpen={onOpen} />
      </Panel>
      <Panel id="timeline">
        <TimelineTab delivery={delivery} />
      </Panel>
      <Panel id="raw">
        <RawTab delivery={delivery} />
      </Panel>
      <Panel id="notes">
        <NotesTab delivery={delivery} />
      </Panel>
    </Tabs>
  )
}
