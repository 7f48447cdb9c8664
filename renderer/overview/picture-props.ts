import { useCallback, useMemo, useState } from 'react'
import type { OverviewBucket } from '#contract/overview.ts'
import { formatClock, formatDay } from '#renderer/words/format.ts'
import type { OverviewShown } from './overview-sum.ts'
import type { Span } from './picture.tsx'

/** What every picture of the overview is given. */
export interface PictureProps {
  shown: OverviewShown
  /** All buckets as one. */
  total: OverviewBucket | null
  selected: Span | null
  onSelect: (span: Span) => void
  onOpen: (deliveryId: number) => void
}

/** The bucket under the pointer, and a span that stays the same object while it is the same. */
export function usePicture({ shown, selected, onSelect }: PictureProps) {
  const [hoverMs, setHoverMs] = useState<number | null>(null)
  const { fromMs, toMs, bucketMs, buckets } = shown
  const span = useMemo(() => ({ fromMs, toMs }), [fromMs, toMs])
  const hovered =
    hoverMs === null
      ? null
      : (buckets.find(({ fromMs: from }) => hoverMs >= from && hoverMs < from + bucketMs) ?? null)
  const onHover = useCallback(
    (ms: number | null) => setHoverMs(ms === null ? null : Math.floor(ms / bucketMs) * bucketMs),
    [bucketMs],
  )
  return { hoverMs, hovered, common: { span, selected, onSelect, onHover } }
}

/** When a bucket was: `14:02:00`, with its day where it is an hour or longer. */
export function bucketWords(fromMs: number, bucketMs: number): string {
  if (bucketMs >= 86_400_000) return formatDay(fromMs)
  const clock = formatClock(fromMs)
  if (bucketMs < 60_000) return clock
  const short = clock.slice(0, 5)
  return bucketMs < 3_600_000 ? short : `${formatDay(fromMs).slice(5)} ${short}`
}
