import { Tab, TabList } from 'react-aria-components'
import { isInBody, useHighlight } from '#renderer/verification/highlight.tsx'
import { detailTabs, type DetailTab } from './tabs.ts'

/** The tab that shows a highlighted place whole. */
export function tabOfPlace(place: string): DetailTab {
  return isInBody(place) ? 'body' : 'headers'
}

/** The tabs of a delivery; one lights up while a part that stands in it is pointed at. */
export function DetailTabList({ selected, marked }: { selected: DetailTab; marked: DetailTab[] }) {
  const { place } = useHighlight()
  const lit = place === null || selected !== 'verification' ? null : tabOfPlace(place)
  return (
    <TabList
      aria-label="Parts of the delivery"
      className="flex shrink-0 overflow-x-auto border-b border-line px-2 [scrollbar-width:none] @md:gap-0.5 @md:px-4"
    >
      {detailTabs.map(({ id, name }) => (
        <Tab
          key={id}
          id={id}
          className={`shrink-0 cursor-default rounded-t-sm border-b-2 border-transparent px-1.5 py-1.5 text-sm @md:px-2 @md:text-base hover:text-ink data-[selected]:border-accent data-[selected]:font-medium data-[selected]:text-ink ${id === lit ? 'bg-accent-soft text-ink' : 'text-ink-2'}`}
        >
          {name}
          {marked.includes(id) && (
            <span className="ml-1 inline-block size-1.5 rounded-full bg-accent align-middle">
              <span className="sr-only">, has something</span>
            </span>
          )}
        </Tab>
      ))}
    </TabList>
  )
}
