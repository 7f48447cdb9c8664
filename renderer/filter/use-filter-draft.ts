import { useCallback, useEffect, useRef, useState } from 'react'
import { parseFilter } from '#contract/filter/parse.ts'
import { go } from '#renderer/app/location.ts'
import { rememberFilter } from './recent-filters.ts'

const LIVE_MS = 250

export interface FilterDraft {
  text: string
  setText: (text: string) => void
  /** An input method is putting a word together: nothing is applied meanwhile. */
  setComposing: (composing: boolean) => void
  /** What is typed and not applied yet; `null`: nothing, or a word is being put together. */
  pending: string | null
  apply: (text: string) => void
  /** Applies it at once; `false`: it cannot be read. */
  applyNow: () => boolean
  clear: () => void
  /** What is typed from now on is a new step for the back button. */
  endStep: () => void
}

/** The text in the field beside the filter that is applied (`query`). */
export function useFilterDraft(query: string): FilterDraft {
  const [draft, setDraft] = useState({ text: query, applied: query })
  const [composing, setComposing] = useState(false)
  const stepped = useRef(false)
  if (draft.applied !== query) {
    // The place changed. Where it was us, the text stays as it is typed, spaces and all.
    const text = draft.text.trim() === query ? draft.text : query
    setDraft({ text, applied: query })
  }
  const wanted = draft.text.trim()

  const apply = useCallback((next: string) => {
    go({ query: next }, { replace: stepped.current })
    stepped.current = true
  }, [])

  return {
    text: draft.text,
    setText: (text) => setDraft((before) => ({ ...before, text })),
    setComposing,
    pending: wanted === query || composing ? null : wanted,
    apply,
    applyNow: () => {
      if (!parseFilter(wanted, Date.now()).ok) return false
      if (wanted !== query) apply(wanted)
      rememberFilter(wanted)
      stepped.current = false
      return true
    },
    clear: () => {
      stepped.current = false
      setDraft((before) => ({ ...before, text: '' }))
      if (query !== '') go({ query: '' })
    },
    endStep: () => {
      stepped.current = false
      rememberFilter(query)
    },
  }
}

/**
 * Applies what is typed a moment after the last key when it can be read: the first time as a step
 * of the history, then in place of it. `held`: what is typed is not done yet.
 */
export function useLiveFilter({ pending, apply }: FilterDraft, held: boolean): void {
  useEffect(() => {
    if (pending === null || held) return undefined
    const timer = setTimeout(() => {
      if (parseFilter(pending, Date.now()).ok) apply(pending)
    }, LIVE_MS)
    return () => clearTimeout(timer)
  }, [pending, held, apply])
}
