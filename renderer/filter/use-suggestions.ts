import { useState } from 'react'
import { recentFilters } from './recent-filters.ts'
import { accept, suggest, type Suggestion, type Suggestions } from './suggest.ts'
import { useOfferedValues } from './use-offered-values.ts'

export interface SuggestionState extends Suggestions {
  /** What the items are; `null`: plain to see. */
  title: string | null
  /** −1: none. */
  active: number
  setActive: (index: number) => void
  /** One further down or up; past the ends lies none. */
  move: (by: 1 | -1) => void
  accept: (item: Suggestion) => { text: string; caret: number }
}

/** What is suggested at the caret, and which of it is chosen. */
export function useSuggestions(text: string, caret: number, open: boolean): SuggestionState {
  const offered = useOfferedValues(open)
  const [chosen, setChosen] = useState({ text, caret, index: -1 })
  const found = suggest(text, caret, offered)
  const recents = open && text.trim() === '' ? recentFilters() : []
  const items = [
    ...recents.map((insert): Suggestion => ({ insert, detail: '', kind: 'whole' })),
    ...found.items,
  ]
  // A choice is of one place only: typing on forgets it.
  const active = chosen.text === text && chosen.caret === caret ? chosen.index : -1
  const setActive = (index: number) => setChosen({ text, caret, index })
  return {
    ...found,
    items,
    title: recents.length > 0 ? 'Recent filters, then what can be asked' : null,
    active: Math.min(active, items.length - 1),
    setActive,
    move: (by) => {
      const places = items.length + 1
      setActive(((active + 1 + by + places) % places) - 1)
    },
    accept: (item) => accept(text, found, item),
  }
}
