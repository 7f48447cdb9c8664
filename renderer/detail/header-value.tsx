import { Eye, EyeOff } from 'lucide-react'
import { useMemo, useState } from 'react'
import { MASK } from '#contract/credentials.ts'
import type { RawHeader } from '#contract/http.ts'
import { IconButton } from '#renderer/controls/button.tsx'
import { visibleStart } from '#renderer/words/visible-text.ts'
import { insightsOf } from './insight/insight.ts'
import { InsightButton } from './insight/insight-button.tsx'
import { InsightTable } from './insight/insight-table.tsx'

interface Props {
  header: RawHeader
  /** A credential: masked until it is revealed, with everything that it says. */
  secret: boolean
  /** When it came, for dates in it; `null`: values are not taken apart. */
  atMs: number | null
  /** Shows what the value says at once. */
  parsed: boolean
  revealed: boolean
  onReveal: () => void
}

/** The value of a header, and what it says. */
export function HeaderValue({ header, secret, atMs, parsed, revealed, onReveal }: Props) {
  const [name, value] = header
  const [opened, setOpened] = useState(false)
  const shown = !secret || revealed
  const insights = useMemo(
    () => (atMs === null || !shown ? [] : insightsOf([name, value], atMs)),
    [name, value, atMs, shown],
  )
  const label = visibleStart(name, 80)
  const open = parsed || opened
  return (
    <>
      <span className={secret ? '-my-0.5 flex items-center gap-1' : ''}>
        <span className={`wire [overflow-wrap:anywhere] ${secret ? 'min-w-0 flex-1' : ''}`}>
          {shown ? visibleStart(value, 8192) : MASK}
          {!shown && (
            <span className="ml-2 font-sans text-sm text-ink-3">
              credential, {value.length} characters
            </span>
          )}
        </span>
        {insights.length > 0 && !parsed && (
          <InsightButton insights={insights} name={label} open={opened} onOpen={setOpened} />
        )}
        {secret && (
          <IconButton
            small
            icon={shown ? EyeOff : Eye}
            label={
              shown
                ? `Hide value of ${visibleStart(label, 80)}`
                : `Reveal value of ${visibleStart(label, 80)}`
            }
            onPress={onReveal}
          />
        )}
      </span>
      {open && insights.length > 0 && (
        <div className="my-1 rounded-md border border-line bg-sunken px-2.5 py-1.5">
          <InsightTable insights={insights} />
        </div>
      )}
    </>
  )
}
