import { formatDuration } from '#renderer/words/format.ts'
import { DifferingText } from './differing-text.tsx'
import { sideMoment, type Side } from './sides.ts'

interface Row {
  name: string
  a: string
  b: string
}

/** Facts of both by name; what only one of them has is left out. */
function factRows(a: Side, b: Side): { differing: Row[]; same: Row[] } {
  const others = new Map(b.facts)
  const rows = a.facts.flatMap(([name, value]) => {
    const other = others.get(name)
    return other === undefined ? [] : [{ name, a: value, b: other }]
  })
  return {
    differing: rows.filter((row) => row.a !== row.b),
    same: rows.filter((row) => row.a === row.b),
  }
}

/** What lies between the two in time. */
function between(a: Side, b: Side): string {
  const length = formatDuration(b.atMs - a.atMs)
  if (b.atMs === a.atMs) return 'at the same moment'
  return b.atMs > a.atMs ? `${length} later` : `${length} earlier`
}

/** The facts in which two differ; those they share in a line below. */
export function FactsTable({ a, b }: { a: Side; b: Side }) {
  const { differing, same } = factRows(a, b)
  const cell = 'wire px-3 py-1 align-top [overflow-wrap:anywhere]'
  return (
    <>
      <table className="w-full table-fixed border-collapse">
        <caption className="sr-only">Facts that differ</caption>
        <colgroup>
          <col className="w-[24%]" />
          <col className="w-[38%]" />
          <col className="w-[38%]" />
        </colgroup>
        <thead className="sr-only">
          <tr>
            <th scope="col">Fact</th>
            <th scope="col">{a.name}</th>
            <th scope="col">{b.name}</th>
          </tr>
        </thead>
        <tbody className="[&>tr]:border-b [&>tr]:border-line">
          <tr>
            <th scope="row" className="px-3 py-1 text-left text-sm font-normal text-ink-3">
              Time
            </th>
            <td className={cell}>{sideMoment(a)}</td>
            <td className={cell}>
              {sideMoment(b)} <span className="font-sans text-sm text-ink-3">{between(a, b)}</span>
            </td>
          </tr>
          {differing.map((row) => (
            <tr key={row.name}>
              <th
                scope="row"
                className="px-3 py-1 text-left align-top text-sm font-normal text-ink-3"
              >
                {row.name}
              </th>
              <td className={cell}>
                <DifferingText text={row.a} other={row.b} />
              </td>
              <td className={cell}>
                <DifferingText text={row.b} other={row.a} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {same.length > 0 && (
        <p className="selectable px-3 py-2 text-sm text-ink-3">
          The same: {same.map(({ name }) => name).join(', ')}.
        </p>
      )}
    </>
  )
}
