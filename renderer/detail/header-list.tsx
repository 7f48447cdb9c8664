import { useState } from 'react'
import { isCredentialHeader, MASK } from '#contract/credentials.ts'
import type { RawHeader } from '#contract/http.ts'
import { CopyButton } from '#renderer/controls/copy-button.tsx'
import { Chip } from '#renderer/controls/marks.tsx'
import { isInHeader, useHighlight } from '#renderer/verification/highlight.tsx'
import { visibleStart } from '#renderer/words/visible-text.ts'
import { HeaderValue } from './header-value.tsx'

interface Props {
  rawHeaders: RawHeader[]
  label: string
  /** Whether a header holds a credential, which is masked until it is revealed; of no scheme if absent. */
  isCredential?: ((header: RawHeader) => boolean) | undefined
  /** All of them are shown. */
  revealed?: boolean
  /** When they came, unix milliseconds: then dates, tokens and cookies in them are told in words. */
  atMs?: number
  /** By name, with what each value says; otherwise as they stood. */
  parsed?: boolean
}

function byName(rawHeaders: readonly RawHeader[]): RawHeader[] {
  return [...rawHeaders].sort(([a], [b]) => {
    const [one, other] = [a.toLowerCase(), b.toLowerCase()]
    return one < other ? -1 : one > other ? 1 : 0
  })
}

interface RowProps {
  header: RawHeader
  repeated: boolean
  /** What is pointed at elsewhere came from here. */
  isPlace: boolean
  secret: boolean
  startsRevealed: boolean
  atMs: number | null
  parsed: boolean
}

/** What is copied is what is shown. */
function HeaderRow({ header, repeated, isPlace, secret, startsRevealed, atMs, parsed }: RowProps) {
  const [name, value] = header
  const [revealed, setRevealed] = useState(startsRevealed)
  return (
    <tr
      className={`group border-b border-line/60 align-top ${isPlace ? 'bg-accent-soft' : 'hover:bg-hover'}`}
    >
      <td className="py-1 pr-3 pl-1.5">
        <span className="wire wrap-anywhere text-ink-2">{visibleStart(name, 300)}</span>
        {repeated && (
          <span className="ml-1.5">
            <Chip>repeated</Chip>
          </span>
        )}
      </td>
      <td className="py-1 leading-[18px]">
        <HeaderValue
          header={header}
          secret={secret}
          atMs={atMs}
          parsed={parsed}
          revealed={revealed}
          onReveal={() => setRevealed(!revealed)}
        />
      </td>
      <td className="align-top opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 pointer-coarse:opacity-100">
        <CopyButton
          text={secret && !revealed ? MASK : value}
          label={
            secret && !revealed
              ? `Copy ${visibleStart(name, 80)}, masked`
              : `Copy value of ${visibleStart(name, 80)}`
          }
        />
      </td>
    </tr>
  )
}

/** Headers as they stood, order, case and repetition kept; or by name and taken apart. */
export function HeaderList(props: Props) {
  const { rawHeaders, label, atMs, parsed = false, revealed = false } = props
  const isCredential = props.isCredential ?? ((header) => isCredentialHeader(header, null))
  const { place } = useHighlight()
  const counts = new Map<string, number>()
  for (const [name] of rawHeaders) {
    const key = name.toLowerCase()
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  if (rawHeaders.length === 0) return <p className="text-ink-3">No headers.</p>
  return (
    <table aria-label={label} className="w-full table-fixed text-left">
      <colgroup>
        <col className="w-[34%]" />
        <col />
        <col className="w-8" />
      </colgroup>
      <thead className="sr-only">
        <tr>
          <th>Name</th>
          <th>Value</th>
          <th>Copy</th>
        </tr>
      </thead>
      <tbody>
        {(parsed ? byName(rawHeaders) : rawHeaders).map((header, index) => (
          <HeaderRow
            key={`${parsed ? 'sorted' : 'raw'} ${index} ${String(revealed)}`}
            header={header}
            repeated={(counts.get(header[0].toLowerCase()) ?? 0) > 1}
            isPlace={isInHeader(place, header[0])}
            secret={isCredential(header)}
            startsRevealed={revealed}
            atMs={atMs ?? null}
            parsed={parsed}
          />
        ))}
      </tbody>
    </table>
  )
}
