import { createContext, useContext, useMemo, useState, type ReactNode } from 'react'
import type { ContentPart, Source } from '#contract/verification.ts'

interface Highlight {
  /** The place that is pointed at, as `placeOf…` names it; `null` when none is. */
  place: string | null
  point: (place: string | null) => void
  /** Goes to where the place is shown whole; absent where there is no such view. */
  show?: (place: string) => void
}

const HighlightContext = createContext<Highlight>({ place: null, point: () => undefined })

interface ProviderProps {
  show?: (place: string) => void
  children: ReactNode
}

/** Shares what is pointed at between the equation, the sources, the headers and the tabs. */
export function HighlightProvider({ show, children }: ProviderProps) {
  const [place, point] = useState<string | null>(null)
  const value = useMemo(() => ({ place, point, ...(show ? { show } : {}) }), [place, show])
  return <HighlightContext value={value}>{children}</HighlightContext>
}

export function useHighlight(): Highlight {
  return useContext(HighlightContext)
}

/** Where a source stands: `header:svix-id`, `header:stripe-signature#t`, `body#type`, `url#action`. */
export function placeOfSource(source: Source, sources: Source[]): string {
  const name = source.name.toLowerCase()
  if (source.place === 'json' || source.place === 'form') return `body#${name}`
  if (source.place === 'query') return `url#${name}`
  if (source.place === 'header') return `header:${name}`
  return `${signatureHeader(sources)}#${name}`
}

/** Where a part of the signed content came from; `null` for what stands in no place. */
export function placeOfPart(part: ContentPart, sources: Source[]): string | null {
  if (part.kind === 'body') return 'body'
  if (part.from === null) return null
  const source = sources.find(({ name, role }) => name === part.from && role === part.kind)
  if (source) return placeOfSource(source, sources)
  if (part.kind === 'setting' || part.kind === 'secret') return null
  const name = part.from.toLowerCase()
  if (part.kind === 'json' || part.kind === 'form') return `body#${name}`
  if (part.kind === 'url' || part.kind === 'query') return `url#${name}`
  return part.kind === 'field' ? `${signatureHeader(sources)}#${name}` : `header:${name}`
}

function signatureHeader(sources: Source[]): string {
  return `header:${sources.find(({ role }) => role === 'signature')?.name.toLowerCase() ?? ''}`
}

/** Whether the place is the header of this name, or a part of it. */
export function isInHeader(place: string | null, header: string): boolean {
  return place?.split('#')[0] === `header:${header.toLowerCase()}`
}

/** Whether the place is in the body. */
export function isInBody(place: string | null): boolean {
  return place?.split('#')[0] === 'body'
}
