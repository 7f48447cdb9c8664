import type { RefObject } from 'react'
import type { FilterProblem } from '#contract/filter/filter.ts'
import { filterFace } from './filter-face.ts'
import { colourRuns, type Look } from './colour.ts'

const looks: Record<Look, string> = {
  plain: 'text-ink',
  key: 'text-accent',
  sign: 'text-violet',
  minus: 'text-red',
}

interface Props {
  text: string
  problem: FilterProblem | null
  /** Moved by the input, so that both scroll as one. */
  ref: RefObject<HTMLDivElement | null>
}

/** The text of the input once more, coloured, behind it: the input's own letters are transparent. */
export function ColouredText({ text, problem, ref }: Props) {
  return (
    <div
      aria-hidden
      className="pointer-events-none absolute inset-0 overflow-hidden forced-colors:hidden"
    >
      <div ref={ref} className={`${filterFace} flex h-full items-center whitespace-pre`}>
        <span>
          {colourRuns(text, problem).map((run) => (
            <span
              key={run.from}
              className={`${looks[run.look]} ${run.wrong ? 'rounded-sm soft-red underline decoration-red decoration-wavy underline-offset-3' : ''}`}
            >
              {run.text}
            </span>
          ))}
        </span>
      </div>
    </div>
  )
}
