import { useState } from 'react'
import type { RawHeader } from '#contract/http.ts'
import { Button } from '#renderer/controls/button.tsx'
import { isCredentialHeader } from '#contract/credentials.ts'
import { useSchemes } from '#renderer/endpoints/use-endpoints.ts'
import { visibleStart } from '#renderer/words/visible-text.ts'
import { changeLooks } from './change-look.ts'
import { ChangeMark } from './change-mark.tsx'
import { DifferingText } from './differing-text.tsx'
import { compareHeaders, type HeaderRow } from './header-diff.ts'

interface Props {
  label: string
  a: readonly RawHeader[]
  b: readonly RawHeader[]
  schemeIds: readonly (string | null)[]
}

const differs = ({ change, recased, moved }: HeaderRow) => change !== 'same' || recased || moved

function Cell(props: { header: RawHeader | null; other: RawHeader | null; masked: boolean }) {
  if (!props.header) return <td className="px-3 py-1 text-sm text-ink-3">not there</td>
  const [name, value] = props.header
  return (
    <td className="wire px-3 py-1 align-top [overflow-wrap:anywhere]">
      <span className="text-ink-2">{visibleStart(name, 200)}: </span>
      {props.masked ? (
        <span title="A credential is not shown here.">•••••••• ({value.length} characters)</span>
      ) : (
        <DifferingText
          text={visibleStart(value, 4_096)}
          other={props.other && visibleStart(props.other[1], 4_096)}
        />
      )}
    </td>
  )
}

/** Two lists of headers side by side: what differs, and all of them when asked. */
export function HeadersTable({ label, a, b, schemeIds }: Props) {
  const [all, setAll] = useState(false)
  const schemes = useSchemes()
  const rows = compareHeaders(a, b)
  const shown = all ? rows : rows.filter(differs)
  const same = rows.length - rows.filter(differs).length
  const masked = (header: RawHeader | null) =>
    header !== null &&
    schemeIds.some((schemeId) =>
      isCredentialHeader(
        header,
        schemes.find(({ id }) => id === schemeId),
      ),
    )
  return (
    <>
      {shown.length > 0 && (
        <table className="w-full table-fixed border-collapse">
          <caption className="sr-only">{label}</caption>

          <colgroup>
            <col className="w-[24%]" />
            <col className="w-[38%]" />
            <col className="w-[38%]" />
          </colgroup>
          <thead className="sr-only">
            <tr>
              <th scope="col">Change</th>
              <th scope="col">First</th>
              <th scope="col">Second</th>
            </tr>
          </thead>
          <tbody className="[&>tr]:border-b [&>tr]:border-line">
            {shown.map((row, index) => (
              <tr
                key={index}
                className={row.change === 'same' ? '' : changeLooks[row.change].ground}
              >
                <th scope="row" className="px-3 py-1 text-left align-top font-normal">
                  <span className="flex flex-wrap gap-x-2">
                    {row.change !== 'same' && <ChangeMark change={row.change} />}
                    {row.recased && <ChangeMark change="recased" />}
                    {row.moved && <ChangeMark change="moved" />}
                    {!differs(row) && <span className="text-sm text-ink-3">same</span>}
                  </span>
                </th>
                <Cell header={row.a} other={row.b} masked={masked(row.a)} />
                <Cell header={row.b} other={row.a} masked={masked(row.b)} />
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p className="flex items-center gap-3 px-3 py-2 text-sm text-ink-3">
        {shown.length === 0 ? 'All headers are the same, in the same order.' : `${same} the same.`}
        {same > 0 && (
          <Button small kind="quiet" onPress={() => setAll(!all)}>
            {all ? 'Only what differs' : 'Show all'}
          </Button>
        )}
      </p>
    </>
  )
}
