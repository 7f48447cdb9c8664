import type { RawHeader } from '#contract/http.ts'
import { Eye, EyeOff } from 'lucide-react'
import { useState } from 'react'
import { IconButton } from '#renderer/controls/button.tsx'
import { CopyButton } from '#renderer/controls/copy-button.tsx'
import { Chip } from '#renderer/controls/marks.tsx'
import { isInHeader, useHighlight } from '#renderer/verification/highlight.tsx'
import { visibleStart } from '#renderer/words/visible-text.ts'

function Masked({ name, value }: { name: string; value: string }) {
  const [shown, setShown] = useState(false)
  return (
    <span className="-my-0.5 flex items-center gap-1">
      <span className="wire min-w-0 flex-1 [overflow-wrap:anywhere]">
        {shown ? visibleStart(value, 8192) : '••••••••'}
        {!shown && (
          <span className="ml-2 font-sans text-sm text-ink-3">
            credential, {value.length} characters
          </span>
        )}
      </span>
      <IconButton
        small
        icon={shown ? EyeOff : Eye}
        label={shown ? `Hide value of ${name}` : `Reveal value of ${name}`}
        onPress={() => setShown(!shown)}
      />
    </span>
  )
}

interface Props {
  rawHeaders: RawHeader[]
  label: string
  /** Whether a header holds a credential, which is masked until it is revealed. */
  isCredential?: (header: RawHeader) => boolean
}

/** Headers as they stood: order, case and repetition kept. */
export function HeaderList({ rawHeaders, label, isCredential }: Props) {
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
        {rawHeaders.map(([name, value], index) => (
          <tr
            key={index}
            className={`group border-b border-line/60 align-top ${isInHeader(place, name) ? 'bg-accent-soft' : 'hover:bg-hover'}`}
          >
            <td className="py-1 pr-3 pl-1.5">
              <span className="wire break-all text-ink-2">{visibleStart(name, 300)}</span>
              {(counts.get(name.toLowerCase()) ?? 0) > 1 && (
                <span className="ml-1.5">
                  <Chip>repeated</Chip>
                </span>
              )}
            </td>
            <td className="py-1 leading-[18px]">
              {isCredential?.([name, value]) ? (
                <Masked name={visibleStart(name, 80)} value={value} />
              ) : (
                <span className="wire [overflow-wrap:anywhere]">{visibleStart(value, 8192)}</span>
              )}
            </td>
            <td className="align-top opacity-0 group-focus-within:opacity-100 group-hover:opacity-100">
              <CopyButton text={value} label={`Copy value of ${name}`} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
