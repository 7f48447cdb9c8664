import { lazy, type ReactNode, Suspense } from 'react'
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components'

/** What of an endpoint is edited; the last two are fetched when they are opened. */
export const endpointSections = [
  { id: 'checking', name: 'Checking' },
  { id: 'answer', name: 'Answer' },
  { id: 'forward', name: 'Forward' },
] as const
export type EndpointSection = (typeof endpointSections)[number]['id']

export const AnswerSection = lazy(() => import('./answer/answer-section.tsx'))
export const ForwardSection = lazy(() => import('./forward/forward-section.tsx'))

interface Props {
  section: EndpointSection
  onSection: (section: EndpointSection) => void
  /** Sections that hold something of the person's own. */
  marked: ReadonlySet<EndpointSection>
  /** Sections that something is wrong in. */
  wrong: ReadonlySet<EndpointSection>
  panels: Record<EndpointSection, ReactNode>
}

/** The sections of an endpoint as tabs. */
export function EditSections({ section, onSection, marked, wrong, panels }: Props) {
  return (
    <Tabs
      selectedKey={section}
      onSelectionChange={(key) => {
        const found = endpointSections.find(({ id }) => id === key)
        if (found) onSection(found.id)
      }}
      className="flex flex-col gap-4 outline-none"
    >
      <TabList
        aria-label="Parts of the endpoint"
        className="sticky -top-4 z-10 -mx-5 -mt-4 flex gap-1 border-b border-line bg-raised px-5 pt-1.5"
      >
        {endpointSections.map(({ id, name }) => (
          <Tab
            key={id}
            id={id}
            className="cursor-default rounded-t-sm border-b-2 border-transparent px-2 py-1.5 text-ink-2 hover:text-ink data-[selected]:border-accent data-[selected]:font-medium data-[selected]:text-ink"
          >
            {name}
            {(marked.has(id) || wrong.has(id)) && (
              <span
                className={`ml-1 inline-block size-1.5 rounded-full align-middle ${wrong.has(id) ? 'bg-red' : 'bg-accent'}`}
              >
                <span className="sr-only">
                  {wrong.has(id) ? ', something is wrong' : ', has something'}
                </span>
              </span>
            )}
          </Tab>
        ))}
      </TabList>
      {endpointSections.map(({ id }) => (
        <TabPanel key={id} id={id} className="flex flex-col gap-4 outline-none">
          <Suspense fallback={null}>{panels[id]}</Suspense>
        </TabPanel>
      ))}
    </Tabs>
  )
}
