import { useCallback, useMemo } from 'react'
import { percentile } from '#contract/overview-bins.ts'
import type { OverviewBucket } from '#contract/overview.ts'
import { formatDuration } from '#renderer/words/format.ts'
import { drawLevel, drawLine } from './draw.ts'
import { joined } from './overview-sum.ts'
import type { Mark } from './look.ts'
import { LegendItem, PictureCard } from './picture-card.tsx'
import { bucketWords, usePicture, type PictureProps } from './picture-props.ts'
import { Picture, type Ground } from './picture.tsx'
import { lengthScale, lengthTick } from './scales.ts'

const MOST_POINTS = 60

const median: Mark = { colour: 'accent', fill: 'solid', shape: 'disc' }
const slow: Mark = { colour: 'violet', fill: 'solid', shape: 'disc' }
const slowest: Mark = { colour: 'ink-3', fill: 'solid', shape: 'disc' }
const deadlineMark: Mark = { colour: 'red', fill: 'solid', shape: 'disc' }

function words(bucket: OverviewBucket | null): string {
  const half = percentile(bucket?.durations ?? [], 0.5)
  const most = percentile(bucket?.durations ?? [], 0.95)
  if (half === null || most === null) return 'no answers'
  return `median ${formatDuration(half)}, 95 % within ${formatDuration(most)}`
}

/** Milliseconds from receipt to answer against the time that the provider waits. */
export function LatencyPicture(
  props: PictureProps & { deadlineSeconds: number | null; note: React.ReactNode },
) {
  const { shown, total, deadlineSeconds } = props
  const { buckets, bucketMs } = shown
  const { hoverMs, hovered, common } = usePicture(props)
  const long = useMemo(() => joined(shown, MOST_POINTS), [shown])
  const y = useMemo(() => {
    const lows = buckets.flatMap(({ durations }) => percentile(durations, 0.5) ?? [])
    const highs = buckets.flatMap(({ slowestMs }) => slowestMs ?? [])
    const least = lows.reduce((a, b) => Math.min(a, b), 10)
    const most = highs.reduce((a, b) => Math.max(a, b), (deadlineSeconds ?? 0) * 1000)
    return lengthScale(Math.max(0.1, least) / 1000, most / 1000, lengthTick)
  }, [buckets, deadlineSeconds])
  const draw = useCallback(
    (ground: Ground) => {
      if (deadlineSeconds !== null) {
        const name = `answer within ${formatDuration(deadlineSeconds * 1000)}`
        drawLevel(ground, deadlineSeconds, name, {
          colour: 'red',
          dashes: [6, 3],
          width: 1.25,
          side: 'below',
        })
      }
      const line = (valueOf: (bucket: OverviewBucket) => number | null) =>
        long.buckets.map((bucket) => {
          const ms = valueOf(bucket)
          return { fromMs: bucket.fromMs, value: ms === null ? null : ms / 1000 }
        })
      drawLine(
        ground,
        line(({ slowestMs }) => slowestMs),
        long.bucketMs,
        {
          colour: 'ink-3',
          dashes: [1, 3],
          shape: 'ring',
        },
      )
      drawLine(
        ground,
        line(({ durations }) => percentile(durations, 0.95)),
        long.bucketMs,
        {
          colour: 'violet',
          dashes: [5, 3],
          shape: 'diamond',
        },
      )
      drawLine(
        ground,
        line(({ durations }) => percentile(durations, 0.5)),
        long.bucketMs,
        {
          colour: 'accent',
          width: 2,
        },
      )
    },
    [long, deadlineSeconds],
  )
  return (
    <PictureCard
      title="Latency"
      summary={words(total)}
      readout={hoverMs === null ? null : `${bucketWords(hoverMs, bucketMs)} · ${words(hovered)}`}
      legend={
        <>
          <LegendItem mark={median} as="line">
            median
          </LegendItem>
          <LegendItem mark={slow} as="dashes">
            95 %
          </LegendItem>
          <LegendItem mark={slowest} as="dots">
            slowest
          </LegendItem>
          {deadlineSeconds !== null && (
            <LegendItem mark={deadlineMark} as="dashes">
              deadline
            </LegendItem>
          )}
        </>
      }
      note={props.note}
    >
      <Picture
        {...common}
        label={`Time from receipt to answer: ${words(total)}.`}
        height={180}
        y={y}
        draw={draw}
      />
    </PictureCard>
  )
}
