import { useEffect, useRef } from 'react'
import { filterFace } from './filter-face.ts'
import type { Suggestion } from './suggest.ts'
import { visibleStart } from '#renderer/words/visible-text.ts'

interface Props {
  id: string
  items: readonly Suggestion[]
  /** −1: none. */
  active: number
  onPick: (item: Suggestion) => void
}

export function optionId(listId: string, index: number): string {
  return `${listId}-${index}`
}

/** What the caret's place could hold; the input keeps the focus. */
export function SuggestionList({ id, items, active, onPick }: Props) {
  const list = useRef<HTMLUListElement>(null)
  useEffect(() => {
    list.current?.children.item(active)?.scrollIntoView({ block: 'nearest' })
  }, [active])
  return (
    <ul
      ref={list}
      id={id}
      role="listbox"
      // A newer Chromium would stop at it on Tab, and it goes away with the focus of the field.
      tabIndex={-1}
      aria-label="Suggestions"
      className="max-h-64 overflow-y-auto p-1"
    >
      {items.map((item, index) => (
        <li
          key={`${item.kind} ${item.insert}`}
          id={optionId(id, index)}
          role="option"
          aria-selected={index === active}
          // The pointer must not take the focus out of the input.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onPick(item)}
          className={`flex h-6 items-center gap-3 rounded-sm px-2 ${index === active ? 'bg-accent-soft' : 'hover:bg-hover'}`}
        >
          <bdi
            className={`${filterFace} min-w-24 shrink-0 truncate ${item.kind === 'whole' ? 'max-w-full' : 'max-w-1/2'} ${item.kind === 'key' ? 'text-accent' : ''}`}
          >
            {visibleStart(item.insert, 300)}
          </bdi>
          <span className="min-w-0 flex-1 truncate text-sm text-ink-3">
            {visibleStart(item.detail, 300)}
          </span>
        </li>
      ))}
    </ul>
  )
}
