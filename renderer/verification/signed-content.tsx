import { ArrowDown } from 'lucide-react'
import type { ContentPart, Explanation } from '#contract/verification.ts'
import { formatBytes, formatSize } from '#renderer/words/format.ts'
import { visibleStart } from '#renderer/words/visible-text.ts'
import { samePlace, useHighlight } from './highlight.tsx'

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

function Part({ part }: { part: ContentPart }) {
  const { place, point } = useHighlight()
  const from = part.kind === 'body' ? 'body' : part.from
  const lit = samePlace(from, place)
  const origin = part.from === null ? '' : ` from ${part.from}`
  if (part.kind === 'literal') {
    return (
      <span
        title={`The text “${part.preview}”, ${formatBytes(part.byteLength)}`}
        className="wire flex items-center rounded-md border border-line px-1.5 text-ink-2"
      >
        {visibleStart(part.preview, 60)}
      </span>
    )
  }
  return (
    <div
      title={`${part.label}${origin}, ${formatBytes(part.byteLength)}`}
      onMouseEnter={() => point(from)}
      onMouseLeave={() => point(null)}
      className={`flex max-w-full min-w-0 flex-col rounded-md border px-2 py-1 ${looks[part.kind]} ${lit ? 'outline-2 outline-current' : ''} ${part.kind === 'body' ? 'flex-1 basis-64' : ''}`}
    >
      <span className="flex items-baseline gap-2 text-xs font-medium whitespace-nowrap">
        {visibleStart(part.label, 60)}
        <span className="font-normal text-ink-3">{formatSize(part.byteLength)}</span>
      </span>
      <span
        className={`wire text-ink ${part.kind === 'body' ? 'line-clamp-4 break-all' : 'break-all'}`}
      >
        {visibleStart(part.preview, 600)}
        {part.truncated && <span className="text-ink-3">…</span>}
        {part.preview === '' && <span className="text-ink-3">empty</span>}
      </span>
    </div>
  )
}

/** The bytes that were signed, in order, and what they went into. */
export function SignedContent({ explanation }: { explanation: Explanation }) {
  const { signedContent, algorithm, verification } = explanation
  const total = signedContent.reduce((sum, part) => sum + part.byteLength, 0)
  if (signedContent.length === 0) return null
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-stretch gap-1">
        {signedContent.map((part, index) => (
          // Parts have no name of their own; their order never changes.
          <Part key={`${index}-${part.label}`} part={part} />
        ))}
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
