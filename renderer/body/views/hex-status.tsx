import { MAX_RANGE_BYTES } from '#contract/http.ts'
import { hexOffset } from '#renderer/body/hex-rows.ts'
import { Button } from '#renderer/controls/button.tsx'
import { formatBytes, formatCount } from '#renderer/words/format.ts'
import { selectedRange, type HexSelection } from './hex-selection.ts'

interface Props {
  selection: HexSelection | null
  /** What was copied a moment ago. */
  copied: string | null
  onCopy: (selection: HexSelection) => void
  onClear: () => void
}

/** Where the selection stands, and what can be done with it. */
export function HexStatus({ selection, copied, onCopy }: Props) {
  const range = selectedRange(selection)
  const long = range !== null && range.to - range.from > MAX_RANGE_BYTES
  return (
    <div className="flex h-8 shrink-0 items-center gap-1 border-t border-line pr-2 pl-3 text-sm text-ink-3">
      <p id="hex-status" role="status" className="min-w-0 flex-1 truncate">
        {copied ?? (range ? selectedWords(range) : 'Drag or use the arrow keys to select bytes.')}
      </p>
      {selection && (
        <>
          <Button small kind="quiet" onPress={() => onCopy({ ...selection, column: 'hex' })}>
            {long ? 'Copy first MiB as hex' : 'Copy as hex'}
          </Button>
          <Button small kind="quiet" onPress={() => onCopy({ ...selection, column: 'text' })}>
            {long ? 'as text' : 'Copy as text'}
          </Button>
        </>
      )}
    </div>
  )
}

function selectedWords({ from, to }: { from: number; to: number }): string {
  if (to - from === 1) return `Offset ${formatCount(from)} (0x${hexOffset(from)})`
  return `${formatBytes(to - from)}, ${formatCount(from)} to ${formatCount(to - 1)} (0x${hexOffset(from)})`
}
