import { createContext, useContext, useMemo, useState, type ReactNode } from 'react'

interface Highlight {
  /** The place that is pointed at, such as `svix-id` or `body`; `null` when none is. */
  place: string | null
  point: (place: string | null) => void
}

const HighlightContext = createContext<Highlight>({ place: null, point: () => undefined })

/** Shares what is pointed at between the equation, the sources and the headers. */
export function HighlightProvider({ children }: { children: ReactNode }) {
  const [place, point] = useState<string | null>(null)
  const value = useMemo(() => ({ place, point }), [place])
  return <HighlightContext value={value}>{children}</HighlightContext>
}

export function useHighlight(): Highlight {
  return useContext(HighlightContext)
}

/** Whether two names mean the same place: `Stripe-Signature t` stands in `stripe-signature`. */
export function samePlace(one: string | null, other: string | null): boolean {
  if (one === null || other === null) return false
  const [a, b] = [one.toLowerCase(), other.toLowerCase()]
  return a === b || a.split(/[^a-z0-9_-]+/).includes(b) || b.split(/[^a-z0-9_-]+/).includes(a)
}
