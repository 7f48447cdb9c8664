import { ArrowDown } from 'lucide-react'
import type { ContentPart, Explanation, Source } from '#contract/verification.ts'
import { formatBytes, formatSize } from '#renderer/words/format.ts'
import { visibleStart } from '#renderer/words/visible-text.ts'
import { ContentPreview } from './content-preview.tsx'
import { placeOfPart, useHighlight } from './highlight.tsx'

const looks: Record<ContentPart['kind'], string> = {
  literal: 'border-line-strong text-ink-3 soft-grey',
  timestamp: 'border-amber/40 text-amber soft-amber',
  'message-id': 'border-violet/40 text-violet soft-violet',
  body: 'border-blue/40 text-blue soft-blue',
  url: 'border-green/40 text-green soft-green',
  method: 'border-green/40 text-green soft-green',
  header: 'border-orange/40 text-orange soft-orange',
  secret: 'border-red/40 text-red soft-red',
}

function Literal({ part }: { part: ContentPart }) {
  return (
    <span
      title={`The text “${part.preview}”, ${formatBytes(part.byteLength)}`}
      className="wire flex items-center rounded-md border border-line px-1.5 text-ink-2"
    >
      {visibleStart(part.preview, 60)}
    </span>
  )
}

function Part({ part, sources }: { part: ContentPart; sources: Source[] }) {
  const { place, point, show } = useHighlight()
  const from = placeOfPart(part, sources)
  const lit = from !== null && from === place
  const origin = part.kind === 'body' || part.from === null ? '' : ` from ${part.from}`
  const wide = part.kind === 'body' ? 'flex-1 basis-64' : ''
  const look = `flex max-w-full min-w-0 flex-col rounded-md border px-2 py-1 text-left ${looks[part.kind]} ${lit ? 'outline-2 -outline-offset-1 outline-current' : ''} ${wide}`
  const within = (
    <>
      <span className="flex items-baseline gap-2 text-xs font-medium whitespace-nowrap">
        {visibleStart(part.label, 60)}
        <span className="font-normal text-ink-3">{formatSize(part.byteLength)}</span>
      </span>
      <span className={`wire break-all text-ink ${part.kind === 'body' ? 'line-clamp-4' : ''}`}>
        <ContentPreview part={part} />
      </span>
    </>
  )
  const pointing = {
    title: `${part.label}${origin}, ${formatBytes(part.byteLength)}`,
    onMouseEnter: () => point(from),
    onMouseLeave: () => point(null),
  }
  if (!show || from === null) {
    return (
      <div {...pointing} className={look}>
        {within}
      </div>
    )
  }
  return (
    <button
      type="button"
      {...pointing}
      onFocus={() => point(from)}
      onBlur={() => point(null)}
      onClick={() => show(from)}
      className={look}
    >
      {within}
    </button>
  )
}

/** The bytes that were signed, in order, and what they went into. */
export function SignedContent({ explanation }: { explanation: Explanation }) {
  const { signedContent, algorithm, sources, verification } = explanation
  const total = signedContent.reduce((sum, part) => sum + part.byteLength, 0)
  if (signedContent.length === 0) return null
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-stretch gap-1">
        {signedContent.map((part, index) =>
          // Parts have no name of their own; their order never changes.
          part.kind === 'literal' ? (
            <Literal key={index} part={part} />
          ) : (
            <Part key={index} part={part} sources={sources} />
          ),
        )}
      </div>
      <p className="flex flex-wrap items-center gap-1.5 text-ink-2">
        <ArrowDown size={13} aria-hidden className="text-ink-3" />
        <span>{formatBytes(total)} into</span>
        <strong className="font-medium text-ink">{algorithm ?? 'the scheme’s algorithm'}</strong>
        {verification.matchedSecretName !== null && (
          <span>
            with <bdi>“{visibleStart(verification.matchedSecretName, 80)}”</bdi>
          </span>
        )}
      </p>
    </div>
  )
}
