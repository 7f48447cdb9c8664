import { useLayoutEffect, useRef } from 'react'
import { LONGEST_FILTER } from '#contract/filter/parse.ts'
import { ColouredText } from './coloured-text.tsx'
import { filterFace } from './filter-face.ts'
import { optionId } from './suggestion-list.tsx'
import type { FilterFieldState } from './use-filter-field.ts'

interface Props {
  field: FilterFieldState
  listId: string
  messageId: string
}

/** The input itself: a combobox whose letters are coloured by what stands behind it. */
export function FilterInput({ field, listId, messageId }: Props) {
  const { draft, input, suggestions, open, problem } = field
  const overlay = useRef<HTMLDivElement>(null)
  const scroll = () => {
    if (overlay.current && input.current) {
      overlay.current.style.transform = `translateX(${-input.current.scrollLeft}px)`
    }
  }
  useLayoutEffect(scroll)
  return (
    <div className="relative ml-1 h-full min-w-0 flex-1">
      <ColouredText ref={overlay} text={draft.text} problem={problem} />
      <input
        ref={input}
        id="filter"
        type="text"
        role="combobox"
        aria-label="Filter deliveries"
        aria-autocomplete="list"
        aria-expanded={open && suggestions.items.length > 0}
        aria-controls={open && suggestions.items.length > 0 ? listId : undefined}
        aria-activedescendant={
          open && suggestions.active >= 0 ? optionId(listId, suggestions.active) : undefined
        }
        aria-invalid={problem !== null}
        aria-describedby={open ? messageId : undefined}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        maxLength={LONGEST_FILTER}
        placeholder="Filter: a word, endpoint:…, verdict:…"
        value={draft.text}
        className={`${filterFace} absolute inset-0 w-full bg-transparent text-transparent caret-ink outline-none placeholder:font-sans placeholder:text-ink-3 forced-colors:text-ink`}
        onChange={(event) => {
          draft.setText(event.target.value)
          field.setCaret(event.target.selectionStart ?? event.target.value.length)
          field.reopen()
        }}
        onSelect={(event) => field.setCaret(event.currentTarget.selectionStart ?? 0)}
        onScroll={scroll}
        onKeyDown={field.onKeyDown}
        onClick={field.reopen}
        onFocus={() => {
          field.setFocused(true)
          field.reopen()
        }}
        onBlur={() => {
          field.setFocused(false)
          draft.endStep()
        }}
        onCompositionStart={() => draft.setComposing(true)}
        onCompositionEnd={() => draft.setComposing(false)}
      />
    </div>
  )
}
