import { useCallback, useMemo } from 'react'
import { formatSize } from '#renderer/words/format.ts'
import { drawBars } from './draw.ts'
import type { Mark } from './look.ts'
import { PictureCard } from './picture-card.tsx'
import { bucketWords, usePicture, type PictureProps } from './picture-props.ts'
import { Picture, type Ground } from './picture.tsx'
import { linearScale } from './scales.ts'
import { countTicks } from './time-ticks.ts'

const bytes: Mark = { colour: 'blue', fill: 'solid', shape: 'disc' }

/** Bytes of bodies over time. */
export function BytesPicture(props: PictureProps) {
  const { shown, total } = props
  const { buckets, bucketMs } = shown
  const { hoverMs, hovered, common } = usePicture(props)
  const y = useMemo(() => {
    const most = buckets.reduce((sum, { bodyBytes }) => Math.max(sum, bodyBytes), 1_000)
    return linearScale(countTicks(most), formatSize)
  }, [buckets])
  const draw = useCallback(
    (ground: Ground) =>
      drawBars(
        ground,
        buckets.map(({ fromMs, bodyBytes }) => ({
          fromMs,
          parts: [{ mark: bytes, value: bodyBytes }],
        })),
        bucketMs,
      ),
    [buckets, bucketMs],
  )
  const sizes = total
    ? `${formatSize(total.bodyBytes)}, the largest ${formatSize(total.largestBody)}`
    : 'none'
  return (
    <PictureCard
      title="Bytes"
      summary={sizes}
      readout={
        hoverMs === null
          ? null
          : `${bucketWords(hoverMs, bucketMs)} · ${formatSize(hovered?.bodyBytes ?? 0)}`
      }
      note="Bodies as they came, before a content coding is undone."
    >
      <Picture
        {...common}
        label={`Bytes of bodies over time: ${sizes}.`}
        height={180}
        y={y}
        draw={draw}
      />
    </PictureCard>
  )
}
