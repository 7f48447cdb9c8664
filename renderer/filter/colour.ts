import type { FilterProblem } from '#contract/filter/filter.ts'
import { tokenize, type FilterToken } from '#contract/filter/tokens.ts'

export type Look = 'plain' | 'key' | 'sign' | 'minus'

export interface ColouredRun {
  from: number
  text: string
  look: Look
  /** What the parser points at. */
  wrong: boolean
}

/** The text of a filter cut into runs to be coloured; together they are the text. */
export function colourRuns(text: string, problem: FilterProblem | null): ColouredRun[] {
  const looks = Array.from<Look>({ length: text.length }).fill('plain')
  for (const token of tokenize(text)) {
    const { look, to } = looked(token)
    looks.fill(look, token.from, to)
  }
  const runs: ColouredRun[] = []
  for (let index = 0; index < text.length; index++) {
    const look = looks[index] ?? 'plain'
    const wrong = problem !== null && index >= problem.from && index < problem.to
    const last = runs.at(-1)
    if (last?.look === look && last.wrong === wrong) last.text += text[index] ?? ''
    else runs.push({ from: index, text: text[index] ?? '', look, wrong })
  }
  return runs
}

function looked(token: FilterToken): { look: Look; to: number } {
  if (token.kind === 'minus') return { look: 'minus', to: token.to }
  if (token.kind !== 'term') return { look: 'sign', to: token.to }
  return { look: 'key', to: token.valueFrom }
}
