import { useLayoutEffect, useRef, useState, type KeyboardEvent, type RefObject } from 'react'
import type { FilterProblem, ParsedFilter } from '#contract/filter/filter.ts'
import { parseFilter } from '#contract/filter/parse.ts'
import { useClock } from '#renderer/app/use-clock.ts'
import { useCommand } from '#renderer/commands/use-command.ts'
import { useDebounced } from '#renderer/schemes/use-debounced.ts'
import type { Suggestion } from './suggest.ts'
import { isUnfinished } from './unfinished.ts'
import { useFilterDraft, useLiveFilter, type FilterDraft } from './use-filter-draft.ts'
import { useSuggestions, type SuggestionState } from './use-suggestions.ts'

/** A problem is told when the typing pauses, not at every letter on the way to a whole word. */
const PAUSE_MS = 500

export interface FilterFieldState {
  draft: FilterDraft
  input: RefObject<HTMLInputElement | null>
  parsed: ParsedFilter
  /** What its times are counted from. */
  nowMs: number
  /** What there is to tell now; `null` also while the typing goes on. */
  problem: FilterProblem | null
  suggestions: SuggestionState
  /** Whether the panel under the field is shown. */
  open: boolean
  focused: boolean
  setFocused: (focused: boolean) => void
  /** Shows the panel again that Enter put away. */
  reopen: () => void
  setCaret: (caret: number) => void
  pick: (item: Suggestion) => void
  onKeyDown: (event: KeyboardEvent) => void
}

function leave(input: HTMLInputElement | null): void {
  const list = document.getElementById('delivery-grid')
  if (list) list.focus()
  else input?.blur()
}

/** What the filter field holds and does. `query`: what is applied. */
export function useFilterField(query: string): FilterFieldState {
  const draft = useFilterDraft(query)
  const { text } = draft
  const input = useRef<HTMLInputElement>(null)
  const [caret, setCaret] = useState(0)
  const wantedCaret = useRef<number | null>(null)
  const [focused, setFocused] = useState(false)
  const [dismissed, setDismissed] = useState(false)
  const [shownAtOnce, setShownAtOnce] = useState<string | null>(null)
  const open = focused && !dismissed
  const suggestions = useSuggestions(text, caret, open)
  const nowMs = useClock()
  const parsed = parseFilter(text, nowMs)
  const settled = useDebounced(text, PAUSE_MS)
  const unfinished = focused && isUnfinished(text, caret, suggestions)
  // What is wrong before the word that is being typed is no matter of that word.
  const goesOn = unfinished && !parsed.ok && parsed.problem.to >= suggestions.from
  const told = (settled === text && !goesOn) || shownAtOnce === text || !focused
  useLiveFilter(draft, unfinished)

  useLayoutEffect(() => {
    if (wantedCaret.current === null) return
    input.current?.setSelectionRange(wantedCaret.current, wantedCaret.current)
    wantedCaret.current = null
  })
  useCommand('filter.focus', () => {
    input.current?.focus()
    input.current?.select()
  })
  useCommand('filter.clear', draft.clear, text !== '')

  const pick = (item: Suggestion) => {
    const done = suggestions.accept(item)
    draft.setText(done.text)
    setCaret(done.caret)
    wantedCaret.current = done.caret
  }
  const apply = () => {
    if (draft.applyNow()) {
      setDismissed(true)
    } else if (!parsed.ok) {
      setShownAtOnce(text)
      input.current?.setSelectionRange(parsed.problem.from, parsed.problem.to)
    }
  }
  const chosen = open ? suggestions.items[suggestions.active] : undefined
  const keys: Partial<Record<string, () => void>> = {
    ArrowDown: () => (open ? suggestions.move(1) : setDismissed(false)),
    ArrowUp: () => (open ? suggestions.move(-1) : setDismissed(false)),
    Enter: () => (chosen ? pick(chosen) : apply()),
    ...(chosen ? { Tab: () => pick(chosen) } : {}),
    Escape: () => {
      if (chosen) suggestions.setActive(-1)
      else if (text === '') leave(input.current)
      else {
        draft.clear()
        setDismissed(false)
      }
    },
  }
  const onKeyDown = (event: KeyboardEvent) => {
    // While an input method puts a word together, its keys are its own.
    if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey) return
    const run = event.shiftKey ? undefined : keys[event.key]
    if (!run) return
    event.preventDefault()
    event.stopPropagation()
    run()
  }
  return {
    draft,
    input,
    parsed,
    nowMs,
    problem: !parsed.ok && told ? parsed.problem : null,
    suggestions,
    open,
    focused,
    setFocused,
    reopen: () => setDismissed(false),
    setCaret,
    pick,
    onKeyDown,
  }
}
