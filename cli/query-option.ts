import { parseFilter } from '#contract/filter/parse.ts'
import type { FilterProblem } from '#contract/filter/filter.ts'
import { escapeTerminal } from './escape.ts'
import { usageFailure } from './failure.ts'

/**
 * A filter (docs/filters.md) as `--query` takes it.
 * @throws CommandFailure with exit code 2, the filter and a caret under what is wrong
 */
export function queryValue(text: string): string {
  const parsed = parseFilter(text, Date.now())
  if (!parsed.ok) throw usageFailure(pointedAt(text, parsed.problem))
  return text
}

/** The sentence, the filter on a line of its own, and carets under the characters in question. */
export function pointedAt(text: string, { from, to, sentence }: FilterProblem): string {
  const before = columns(escapeTerminal(text.slice(0, from)))
  const marked = columns(escapeTerminal(text.slice(from, to)))
  return [
    escapeTerminal(sentence),
    `  ${escapeTerminal(text)}`,
    `  ${' '.repeat(before)}${'^'.repeat(Math.max(1, marked))}`,
  ].join('\n')
}

const graphemes = new Intl.Segmenter('en')
/** What terminals give two columns. */
const wide =
  /[\p{Emoji_Presentation}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u

function columns(text: string): number {
  let count = 0
  for (const { segment } of graphemes.segment(text)) count += wide.test(segment) ? 2 : 1
  return count
}
