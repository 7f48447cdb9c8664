import { useCallback, useMemo } from 'react'
import { percentile } from '#contract/overview-bins.ts'
import type { SkewSample } from '#contract/overview.ts'
import type { Tolerance } from '#contract/verification.ts'
import { formatCount, formatDuration, formatSeconds, formatSkew } from '#renderer/words/format.ts'
import { verdictLooks } from '#renderer/words/verdicts.ts'
import { joined } from './overview-sum.ts'
import { drawLevel, drawLine, drawPoints, nearest } from './draw.ts'
import { colourOf, verdictMarks, type Mark } from './look.ts'
import { LegendItem, PictureCard } from './picture-card.tsx'
import { bucketWords, usePicture, type PictureProps } from './picture-props.ts'
import { Picture, type Ground } from './picture.tsx'
import { skewScale } from './scales.ts'

/** More would make a line of single deliveries. */
const MOST_POINTS = 36

const median: Mark = { colour: 'ink', fill: 'solid', shape: 'disc' }
const limit: Mark = { colour: 'ink-3', fill: 'solid', shape: 'disc' }

const skewTick = (seconds: number) =>
  seconds === 0 ? '0' : `${seconds < 0 ? '−' : '+'}${formatSeconds(Math.abs(seconds))}`

const placeOf = ({ atMs, skewSeconds, verdict }: SkewSample) => ({
  atMs,
  value: skewSeconds,
  mark: verdictMarks[verdict],
})

function drawBand(ground: Ground, tolerance: Tolerance, least: number, most: number): void {
  const { pastSeconds, futureSeconds } = tolerance
  const { context, left, width } = ground
  const bottom = ground.y(pastSeconds === null ? least : -pastSeconds)
  const top = ground.y(futureSeconds ?? most)
  context.globalAlpha = 0.09
  context.fillStyle = colourOf('green')
  context.fillRect(left, top, width, bottom - top)
  context.globalAlpha = 1
  const look = { colour: 'ink-3', dashes: [4, 3] }
  if (pastSeconds !== null) {
    const name = `${formatDuration(pastSeconds * 1000)} old at most`
    drawLevel(ground, -pastSeconds, name, { ...look, side: 'above' })
  }
  if (futureSeconds !== null) {
    const name = `${formatDuration(futureSeconds * 1000)} ahead at most`
    drawLevel(ground, futureSeconds, name, { ...look, side: 'below' })
  }
}

/** Skew of single deliveries with the tolerance: a clock that drifts is a line that slopes. */
export function SkewPicture(
  props: PictureProps & {
    /** `null`: there is none, or not one for all. */
    tolerance: Tolerance | null
    toleranceNote: string | null
  },
) {
  const { shown, total, tolerance, onOpen } = props
  const { skewSamples, bucketMs } = shown
  const { hoverMs, hovered, common } = usePicture(props)
  const long = useMemo(() => joined(shown, MOST_POINTS), [shown])
  const y = useMemo(() => {
    const values = skewSamples.map(({ skewSeconds }) => skewSeconds)
    const past = tolerance?.pastSeconds ?? 0
    const future = tolerance?.futureSeconds ?? 0
    const least = values.reduce((a, b) => Math.min(a, b), -past)
    const most = values.reduce((a, b) => Math.max(a, b), future)
    return skewScale(least, most, skewTick)
  }, [skewSamples, tolerance])
  const draw = useCallback(
    (ground: Ground) => {
      if (tolerance) drawBand(ground, tolerance, y.least, y.most)
      drawPoints(ground, skewSamples, placeOf)
      const middles = long.buckets.map(({ fromMs, skews }) => ({
        fromMs,
        value: percentile(skews, 0.5),
      }))
      drawLine(ground, middles, long.bucketMs, { colour: 'ink', width: 1.5 })
    },
    [skewSamples, long, tolerance, y],
  )
  const hit = useCallback(
    (at: { x: number; y: number }, ground: Pick<Ground, 'x' | 'y'>) =>
      nearest(
        skewSamples,
        (sample) => ({ x: ground.x(sample.atMs), y: ground.y(sample.skewSeconds) }),
        at,
      ),
    [skewSamples],
  )
  const middle = percentile(total?.skews ?? [], 0.5)
  const known = (total?.skews ?? []).reduce((sum, [, count]) => sum + count, 0)
  const of = (skews: NonNullable<typeof hovered>['skews']) => {
    const half = percentile(skews, 0.5)
    return half === null ? 'no timestamp' : `median ${formatSkew(half)}`
  }
  const verdicts = [...new Set(skewSamples.map(({ verdict }) => verdict))]
  return (
    <PictureCard
      title="Skew"
      summary={middle === null ? 'no timestamps' : `median ${formatSkew(middle)}`}
      readout={
        hoverMs === null
          ? null
          : `${bucketWords(hoverMs, bucketMs)} · ${hovered ? of(hovered.skews) : 'nothing'}`
      }
      legend={
        <>
          {verdicts.map((verdict) => (
            <LegendItem key={verdict} mark={verdictMarks[verdict]} as="shape">
              {verdictLooks[verdict].word}
            </LegendItem>
          ))}
          {middle !== null && (
            <LegendItem mark={median} as="line">
              median
            </LegendItem>
          )}
          {tolerance && (
            <LegendItem mark={limit} as="dashes">
              tolerance
            </LegendItem>
          )}
        </>
      }
      note={
        props.toleranceNote ??
        'Timestamp minus receipt, without replays of ours. A slope is a drifting clock.'
      }
    >
      <Picture
        {...common}
        label={`Skew of ${formatCount(known)} deliveries over time${middle === null ? '' : `, median ${formatSkew(middle)}`}.`}
        height={220}
        y={y}
        draw={draw}
        hit={hit}
        onOpen={onOpen}
      />
    </PictureCard>
  )
}
