import { List, X, ZoomIn } from 'lucide-react'
import { useClock } from '#renderer/app/use-clock.ts'
import { Button, IconButton } from '#renderer/controls/button.tsx'
import { formatCount } from '#renderer/words/format.ts'
import { countOf, type OverviewShown } from './overview-sum.ts'
import type { Span } from './picture.tsx'
import { formatSpan } from './time-range.ts'

interface Props {
  shown: OverviewShown
  selected: Span
  onList: () => void
  onZoom: () => void
  onClear: () => void
}

/** What a brush chose, and what can be done with it. */
export function SelectedSpan({ shown, selected, onList, onZoom, onClear }: Props) {
  const now = useClock()
  const touched = shown.buckets.filter(
    ({ fromMs }) => fromMs + shown.bucketMs > selected.fromMs && fromMs < selected.toMs,
  )
  const count = touched.reduce((sum, bucket) => sum + countOf(bucket), 0)
  return (
    <div className="pointer-events-none absolute inset-x-0 bottom-5 flex justify-center px-4">
      <div
        role="group"
        aria-label="Chosen span"
        className="appear float-shadow pointer-events-auto flex items-center gap-3 rounded-lg border border-line bg-raised py-1.5 pr-1.5 pl-4"
      >
        <p role="status" className="selectable whitespace-nowrap">
          {formatSpan(selected.fromMs, selected.toMs, now)}
          <span className="text-ink-3">
            {' '}
            about {formatCount(count)} {count === 1 ? 'delivery' : 'deliveries'}
          </span>
        </p>
        <Button icon={ZoomIn} onPress={onZoom}>
          Zoom in
        </Button>
        <Button kind="primary" icon={List} onPress={onList}>
          Show in the list
        </Button>
        <IconButton icon={X} label="Choose nothing" hotkey="Esc" onPress={onClear} />
      </div>
    </div>
  )
}
