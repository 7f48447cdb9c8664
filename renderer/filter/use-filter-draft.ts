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
  /** Applies it at once; `false`: it cannot be read. */
  applyNow: () => boolean
  clear: () => void
  /** What is typed from now on is a new step for the back button. */
  endStep: () => void
}

/**
 * The text in the field beside the filter that is applied (`query`). It is applied a moment after
 * the last key when it can be read: the first time as a step of the history, then in place of it.
 */
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

  useEffect(() => {
    if (wanted === query || composing) return undefined
    const timer = setTimeout(() => {
      if (parseFilter(wanted, Date.now()).ok) apply(wanted)
    }, LIVE_MS)
    return () => clearTimeout(timer)
  }, [wanted, query, composing, apply])

  return {
    text: draft.text,
    setText: (text) => setDraft((before) => ({ ...before, text })),
    setComposing,
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
