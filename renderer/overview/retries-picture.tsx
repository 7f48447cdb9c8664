import { useCallback, useMemo } from 'react'
import type { RetryGap } from '#contract/overview.ts'
import { formatCount, ordinal } from '#renderer/words/format.ts'
import { duplicateWords } from '#renderer/words/verdicts.ts'
import { drawLevel, drawPoints, nearest } from './draw.ts'
import { duplicateMarks, type Mark } from './look.ts'
import { countOf } from './overview-sum.ts'
import { LegendItem, PictureCard } from './picture-card.tsx'
import { bucketWords, usePicture, type PictureProps } from './picture-props.ts'
import { Picture, type Ground } from './picture.tsx'
import { lengthScale, lengthTick } from './scales.ts'

/** A gap of nothing has no place on a logarithmic scale. */
const LEAST_SECONDS = 0.01
const NAME_HEIGHT = 15

const documented: Mark = { colour: 'ink-3', fill: 'solid', shape: 'disc' }

const secondsOf = ({ gapMs }: RetryGap) => Math.max(LEAST_SECONDS, gapMs / 1000)
const placeOf = (gap: RetryGap) => ({
  atMs: gap.atMs,
  value: secondsOf(gap),
  mark: duplicateMarks[gap.kind],
})

/** The pauses of a schedule with the attempts that they come before: `2nd`, `7th, 8th`. */
function scheduleLevels(gapsSeconds: readonly number[]): { seconds: number; attempts: string }[] {
  const levels = new Map<number, number[]>()
  gapsSeconds.forEach((seconds, index) => {
    levels.set(seconds, [...(levels.get(seconds) ?? []), index + 2])
  })
  const rising = [...levels].sort(([a], [b]) => a - b)
  return rising.map(([seconds, attempts]) => ({
    seconds,
    attempts: attempts.map(ordinal).join(', '),
  }))
}

/** How long after the attempt before it each repetition came, against the provider's schedule. */
export function RetriesPicture(
  props: PictureProps & { gapsSeconds: readonly number[] | null; note: React.ReactNode },
) {
  const { shown, total, gapsSeconds, onOpen } = props
  const { retryGaps, bucketMs } = shown
  const { hoverMs, hovered, common } = usePicture(props)
  const levels = useMemo(() => scheduleLevels(gapsSeconds ?? []), [gapsSeconds])
  const y = useMemo(() => {
    const seconds = [
      ...retryGaps.map(secondsOf),
      ...levels.map((level) => Math.max(LEAST_SECONDS, level.seconds)),
    ]
    const least = seconds.reduce((a, b) => Math.min(a, b), 1)
    const most = seconds.reduce((a, b) => Math.max(a, b), 60)
    return lengthScale(least, most, lengthTick)
  }, [retryGaps, levels])
  const draw = useCallback(
    (ground: Ground) => {
      let above = Number.POSITIVE_INFINITY
      for (const { seconds, attempts } of levels) {
        const value = Math.max(LEAST_SECONDS, seconds)
        const free = above - ground.y(value) > NAME_HEIGHT * ground.scale
        // Where lines are close, their names would hide one another; the table has them all.
        const name = free ? `${attempts} after ${lengthTick(seconds)}` : null
        if (free) above = ground.y(value)
        drawLevel(ground, value, name, { colour: 'ink-3', dashes: [2, 3] })
      }
      drawPoints(ground, retryGaps, placeOf)
    },
    [levels, retryGaps],
  )
  const hit = useCallback(
    (at: { x: number; y: number }, ground: Pick<Ground, 'x' | 'y'>) =>
      nearest(retryGaps, (gap) => ({ x: ground.x(gap.atMs), y: ground.y(secondsOf(gap)) }), at),
    [retryGaps],
  )
  const kinds = [...new Set(retryGaps.map(({ kind }) => kind))]
  const duplicates = total?.duplicates ?? 0
  const share = total && duplicates > 0 ? ` of ${formatCount(countOf(total))}` : ''
  return (
    <PictureCard
      title="Retries"
      summary={`${formatCount(duplicates)} ${duplicates === 1 ? 'duplicate' : 'duplicates'}${share}`}
      readout={
        hoverMs === null
          ? null
          : `${bucketWords(hoverMs, bucketMs)} · ${formatCount(hovered?.duplicates ?? 0)} ${hovered?.duplicates === 1 ? 'duplicate' : 'duplicates'}`
      }
      legend={
        <>
          {kinds.map((kind) => (
            <LegendItem key={kind} mark={duplicateMarks[kind]} as="shape">
              {duplicateWords[kind].word}
            </LegendItem>
          ))}
          {levels.length > 0 && (
            <LegendItem mark={documented} as="dashes">
              documented
            </LegendItem>
          )}
        </>
      }
      note={props.note}
    >
      <Picture
        {...common}
        label={`Time since the attempt before, of ${formatCount(retryGaps.length)} repetitions.`}
        height={220}
        y={y}
        draw={draw}
        hit={hit}
        onOpen={onOpen}
      />
    </PictureCard>
  )
}
