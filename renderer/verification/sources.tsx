import type { Source } from '#contract/verification.ts'
import { visibleStart } from '#renderer/words/visible-text.ts'
import { samePlace, useHighlight } from './highlight.tsx'

const roles: Record<Source['role'], { name: string; look: string }> = {
  signature: { name: 'Signature', look: 'text-green' },
  timestamp: { name: 'Timestamp', look: 'text-amber' },
  'message-id': { name: 'Message id', look: 'text-violet' },
  'event-type': { name: 'Event type', look: 'text-ink-2' },
}
const places: Record<Source['place'], string> = {
  header: 'header',
  'header-field': 'field of header',
  json: 'in the body',
  query: 'in the URL',
}

/** Which header, field or body path said what. */
export function Sources({ sources }: { sources: Source[] }) {
  const { place, point } = useHighlight()
  return (
    <table className="w-full table-fixed border-separate border-spacing-0 text-left">
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
            onMouseEnter={() => point(source.place === 'json' ? 'body' : source.name)}
            onMouseLeave={() => point(null)}
            className={`align-top ${samePlace(source.name, place) ? 'bg-accent-soft' : ''}`}
          >
            <td className={`w-24 py-1 pl-1.5 ${roles[source.role].look}`}>
              {roles[source.role].name}
            </td>
            <td className="w-2/5 py-1 pr-3" title={places[source.place]}>
              <span className="wire break-all text-ink-2">{visibleStart(source.name, 120)}</span>
            </td>
            <td className="py-1 pr-1.5">
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
