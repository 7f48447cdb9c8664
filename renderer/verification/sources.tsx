import type { Source } from '#contract/verification.ts'
import { visibleStart } from '#renderer/words/visible-text.ts'
import { placeOfSource, useHighlight } from './highlight.tsx'

const roles: Record<Source['role'], { name: string; look: string }> = {
  signature: { name: 'Signature', look: 'text-green' },
  timestamp: { name: 'Timestamp', look: 'text-amber' },
  'message-id': { name: 'Message id', look: 'text-violet' },
  'event-type': { name: 'Event type', look: 'text-ink-2' },
}
function Where({ source, header }: { source: Source; header: string }) {
  const name = <span className="wire break-all text-ink-2">{visibleStart(source.name, 120)}</span>
  if (source.place === 'header') return name
  const around = {
    json: 'in the body',
    form: 'in the form',
    query: 'in the URL',
    claim: 'in the token',
    'header-field': `in ${header}`,
  }
  return (
    <>
      {name} <span className="text-sm text-ink-3">{around[source.place]}</span>
    </>
  )
}

/** Which header, field or body path said what. */
export function Sources({ sources }: { sources: Source[] }) {
  const { place, point } = useHighlight()
  const header = sources.find(({ role }) => role === 'signature')?.name ?? 'the header'
  return (
    <table className="w-full table-fixed border-separate border-spacing-0 text-left">
      <colgroup>
        <col className="w-24" />
        <col className="w-2/5" />
        <col />
      </colgroup>
      <thead className="sr-only">
        <tr>
          <th>Says</th>
          <th>Where</th>
          <th>Value</th>
        </tr>
      </thead>
      <tbody>
        {sources.map((source, index) => (
          <tr
            key={`${source.role}-${index}`}
            onMouseEnter={() => point(placeOfSource(source, sources))}
            onMouseLeave={() => point(null)}
            className={`align-baseline ${placeOfSource(source, sources) === place ? 'bg-accent-soft' : ''}`}
          >
            <td className={`rounded-l-sm py-1 pl-1.5 ${roles[source.role].look}`}>
              {roles[source.role].name}
            </td>
            <td className="py-1 pr-3">
              <Where source={source} header={visibleStart(header, 60)} />
            </td>
            <td className="rounded-r-sm py-1 pr-1.5">
              {source.value === null ? (
                <span className="text-orange">absent</span>
              ) : (
                <span className="wire line-clamp-3 break-all">
                  {visibleStart(source.value, 600)}
                </span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
