import type { ReactNode } from 'react'
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components'

export interface PaneTab<Id extends string> {
  id: Id
  name: string
  /** Something in it was changed. */
  marked?: boolean
  content: ReactNode
}

interface Props<Id extends string> {
  label: string
  tabs: readonly PaneTab<Id>[]
  selected: Id
  onSelect: (id: Id) => void
}

/** Parts of a pane, one at a time. */
export function PaneTabs<Id extends string>({ label, tabs, selected, onSelect }: Props<Id>) {
  return (
    <Tabs
      selectedKey={selected}
      onSelectionChange={(key) => {
        const found = tabs.find(({ id }) => id === key)
        if (found) onSelect(found.id)
      }}
      className="flex min-h-0 min-w-0 flex-1 flex-col outline-none"
    >
      <TabList aria-label={label} className="flex shrink-0 gap-0.5 border-b border-line px-3">
        {tabs.map(({ id, name, marked }) => (
          <Tab
            key={id}
            id={id}
            className="shrink-0 cursor-default rounded-t-sm border-b-2 border-transparent px-2 py-1.5 text-ink-2 hover:text-ink data-[selected]:border-accent data-[selected]:font-medium data-[selected]:text-ink"
          >
            {name}
            {marked && (
              <span className="ml-1.5 inline-block size-1.5 rounded-full bg-amber align-middle">
                <span className="sr-only">, edited</span>
              </span>
            )}
          </Tab>
        ))}
      </TabList>
      {tabs.map(({ id, content }) => (
        <TabPanel
          key={id}
          id={id}
          className="flex min-h-0 flex-1 flex-col overflow-y-auto focus-visible:-outline-offset-2"
        >
          {content}
        </TabPanel>
      ))}
    </Tabs>
  )
}
