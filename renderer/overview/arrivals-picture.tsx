import { useCallback, useMemo } from 'react'
import type { Verdict } from '#contract/verdict.ts'
import { formatCount } from '#renderer/words/format.ts'
import { failures, verdictLooks } from '#renderer/words/verdicts.ts'
import { drawBars } from './draw.ts'
import { verdictMarks } from './look.ts'
import { countOf, verdictsIn } from './overview-sum.ts'
import { LegendItem, PictureCard } from './picture-card.tsx'
import { bucketWords, usePicture, type PictureProps } from './picture-props.ts'
import { Picture, type Ground } from './picture.tsx'
import { linearScale } from './scales.ts'
import { countTicks } from './time-ticks.ts'

function countWords(counts: Partial<Record<Verdict, number>>, verdicts: Verdict[]): string {
  return verdicts
    .flatMap((verdict) => {
      const count = counts[verdict] ?? 0
      return count === 0 ? [] : [`${formatCount(count)} ${verdictLooks[verdict].word}`]
    })
    .join(', ')
}

/** Arrivals over time, stacked by verdict. */
export function ArrivalsPicture(props: PictureProps) {
  const { shown, total } = props
  const { hoverMs, hovered, common } = usePicture(props)
  const verdicts = useMemo(() => verdictsIn(total), [total])
  const y = useMemo(
    () => linearScale(countTicks(Math.max(1, ...shown.buckets.map(countOf))), formatCount),
    [shown],
  )
  const draw = useCallback(
    (ground: Ground) => {
      const stacks = shown.buckets.map(({ fromMs, verdicts: counts }) => ({
        fromMs,
        parts: verdicts.map((verdict) => ({
          mark: verdictMarks[verdict],
          value: counts[verdict] ?? 0,
        })),
      }))
      drawBars(ground, stacks, shown.bucketMs)
    },
    [shown, verdicts],
  )
  const count = total ? countOf(total) : 0
  const failed = failures.reduce((sum, verdict) => sum + (total?.verdicts[verdict] ?? 0), 0)
  const summary = `${formatCount(count)} ${count === 1 ? 'delivery' : 'deliveries'}, ${formatCount(failed)} ${failed === 1 ? 'failure' : 'failures'}`
  const words = countWords(total?.verdicts ?? {}, verdicts)
  return (
    <PictureCard
      wide
      title="Arrivals"
      summary={summary}
      readout={
        hoverMs === null
          ? null
          : `${bucketWords(hoverMs, shown.bucketMs)} · ${countWords(hovered?.verdicts ?? {}, verdicts) || 'nothing'}`
      }
      legend={verdicts.map((verdict) => (
        <LegendItem key={verdict} mark={verdictMarks[verdict]} as="fill">
          {verdictLooks[verdict].word}{' '}
          <span className="text-ink-3">{formatCount(total?.verdicts[verdict] ?? 0)}</span>
        </LegendItem>
      ))}
    >
      <Picture
        {...common}
        label={`Arrivals over time by verdict: ${words || 'none'}.`}
        height={172}
        y={y}
        draw={draw}
      />
    </PictureCard>
  )
}
