import { ArrowDown } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { ContentPart, Explanation, Source } from '#contract/verification.ts'
import { Segments } from '#renderer/controls/choice.tsx'
import { formatBytes, formatSize } from '#renderer/words/format.ts'
import { visibleStart } from '#renderer/words/visible-text.ts'
import { originOf, rangeWords, regionName, regionsOf, type Region } from './content-regions.ts'
import { ContentRun, type ByteView } from './content-run.tsx'
import { placeOfPart, useHighlight } from './highlight.tsx'

/** Ground and underline; the number in it says the same to who sees no colours. */
const looks: Record<ContentPart['kind'], string> = {
  literal: 'soft-grey shadow-[inset_0_-1px_0_var(--line-strong)]',
  timestamp: 'soft-amber shadow-[inset_0_-2px_0_var(--amber)]',
  'message-id': 'soft-violet shadow-[inset_0_-2px_0_var(--violet)]',
  body: 'soft-blue shadow-[inset_0_-1px_0_var(--blue)]',
  url: 'soft-green shadow-[inset_0_-2px_0_var(--green)]',
  method: 'soft-green shadow-[inset_0_-2px_0_var(--green)]',
  query: 'soft-green shadow-[inset_0_-2px_0_var(--green)]',
  header: 'soft-orange shadow-[inset_0_-2px_0_var(--orange)]',
  field: 'soft-orange shadow-[inset_0_-2px_0_var(--orange)]',
  json: 'soft-blue shadow-[inset_0_-2px_0_var(--blue)]',
  form: 'soft-blue shadow-[inset_0_-2px_0_var(--blue)]',
  setting: 'soft-violet shadow-[inset_0_-2px_0_var(--violet)]',
  secret: 'soft-red shadow-[inset_0_-2px_0_var(--red)]',
}

interface RegionProps {
  region: Region
  sources: Source[]
  lit: boolean
  onPoint: (pointed: boolean) => void
}

function describe(region: Region): string {
  const { part } = region
  const size = part.kind === 'secret' ? 'its length is not told' : formatBytes(part.byteLength)
  return [regionName(part), size, rangeWords(region), originOf(part)].filter(Boolean).join(', ')
}

function Stretch({ region, lit, onPoint, view }: RegionProps & { view: ByteView }) {
  const { part, number } = region
  return (
    <span
      role="group"
      // Each is reached with the keyboard, as it is with the pointer.
      tabIndex={0}
      aria-label={describe(region)}
      title={describe(region)}
      onMouseEnter={() => onPoint(true)}
      onMouseLeave={() => onPoint(false)}
      onFocus={() => onPoint(true)}
      onBlur={() => onPoint(false)}
      className={`rounded-xs box-decoration-clone px-px ${looks[part.kind]} ${lit ? 'outline-2 outline-ink-2' : ''}`}
    >
      {number !== null && (
        <span
          aria-hidden
          className="mr-1 rounded-xs bg-raised px-1 font-sans text-[10px] font-semibold text-ink-2 select-none"
        >
          {number}
        </span>
      )}
      <ContentRun part={part} view={view} />
    </span>
  )
}

function LegendEntry({ region, sources, lit, onPoint }: RegionProps) {
  const { show } = useHighlight()
  const { part, number } = region
  const place = placeOfPart(part, sources)
  const origin = visibleStart(originOf(part), 120)
  return (
    <li
      onMouseEnter={() => onPoint(true)}
      onMouseLeave={() => onPoint(false)}
      className={`flex items-baseline gap-1.5 rounded-sm px-1 ${lit ? 'bg-hover' : ''}`}
    >
      <span
        aria-hidden
        className={`min-w-4 rounded-xs px-1 text-center text-[10px] font-semibold text-ink-2 ${looks[part.kind]}`}
      >
        {number}
      </span>
      <span className="font-medium">{visibleStart(regionName(part), 60)}</span>
      {part.kind !== 'secret' && (
        <span title={formatBytes(part.byteLength)} className="text-ink-3">
          {formatSize(part.byteLength)}
        </span>
      )}
      {show && place !== null ? (
        <button
          type="button"
          onClick={() => show(place)}
          onFocus={() => onPoint(true)}
          onBlur={() => onPoint(false)}
          className="rounded-sm text-accent hover:underline"
        >
          {origin}
        </button>
      ) : (
        <span className="text-ink-2">{origin}</span>
      )}
    </li>
  )
}

function Result({ explanation }: { explanation: Explanation }) {
  const { signedContent, algorithm, verification } = explanation
  const total = signedContent.reduce((sum, part) => sum + part.byteLength, 0)
  const withSecret = signedContent.some(({ kind }) => kind === 'secret')
  return (
    <p className="flex flex-wrap items-center gap-1.5 text-ink-2">
      <ArrowDown size={13} aria-hidden className="text-ink-3" />
      <span>
        {formatBytes(total)}
        {withSecret && ' and the secret'} into
      </span>
      <strong className="font-medium text-ink">{algorithm ?? 'the scheme’s algorithm'}</strong>
      {verification.matchedSecretName !== null && (
        <span>
          with <bdi>“{visibleStart(verification.matchedSecretName, 80)}”</bdi>
        </span>
      )}
    </p>
  )
}

/** The bytes that were signed, in order, each part with where it came from; and what they went into. */
export function SignedContent({ explanation }: { explanation: Explanation }) {
  const { signedContent, sources } = explanation
  const { place, point } = useHighlight()
  const [view, setView] = useState<ByteView>('text')
  const [pointed, setPointed] = useState<number | null>(null)
  const regions = useMemo(() => regionsOf(signedContent), [signedContent])
  if (regions.length === 0) return null
  const propsOf = (region: Region, index: number): RegionProps => {
    const from = placeOfPart(region.part, sources)
    return {
      region,
      sources,
      lit: pointed === index || (pointed === null && from !== null && from === place),
      onPoint: (isPointed) => {
        setPointed(isPointed ? index : null)
        point(isPointed ? from : null)
      },
    }
  }
  return (
    <div className="flex flex-col gap-2">
      <div className="rounded-md border border-line bg-surface">
        <div className="flex items-start gap-2 border-b border-line px-2 py-1.5">
          <ul
            aria-label="Parts of the signed content"
            className="flex min-w-0 flex-1 flex-wrap gap-x-3 gap-y-0.5 text-sm"
          >
            {regions.map(
              (region, index) =>
                region.number !== null && <LegendEntry key={index} {...propsOf(region, index)} />,
            )}
          </ul>
          <Segments
            label="Show the signed content as"
            value={view}
            onChange={setView}
            options={[
              { id: 'text', name: 'Text' },
              { id: 'hex', name: 'Hex' },
            ]}
          />
        </div>
        <div
          role="group"
          aria-label="Signed content"
          className="wire max-h-64 overflow-y-auto px-2.5 py-2 leading-[22px] break-all whitespace-pre-wrap"
        >
          {regions.map((region, index) => (
            <Stretch key={index} view={view} {...propsOf(region, index)} />
          ))}
        </div>
      </div>
      <Result explanation={explanation} />
    </div>
  )
}
