import { Tab, TabList } from 'react-aria-components'
import { isInBody, useHighlight } from '#renderer/verification/highlight.tsx'
import { detailTabs, type DetailTab } from './tabs.ts'

/** The tab that shows a highlighted place whole. */
export function tabOfPlace(place: string): DetailTab {
  return isInBody(place) ? 'body' : 'headers'
}

/** The tabs of a delivery; one lights up while a part that stands in it is pointed at. */
export function DetailTabList({ selected }: { selected: DetailTab }) {
  const { place } = useHighlight()
  const lit = place === null || selected !== 'verification' ? null : tabOfPlace(place)
  return (
    <TabList aria-label="Parts of the delivery" className="flex gap-0.5 border-b border-line px-4">
      {detailTabs.map(({ id, name }) => (
        <Tab
          key={id}
          id={id}
          className={`-mb-px cursor-default rounded-t-sm border-b-2 border-transparent px-2 py-1.5 hover:text-ink data-[selected]:border-accent data-[selected]:font-medium data-[selected]:text-ink ${id === lit ? 'bg-accent-soft text-ink' : 'text-ink-2'}`}
        >
          {name}
        </Tab>
      ))}
    </TabList>
  )
}
