import { findInText, type FindTerm } from '#renderer/body/document/find.ts'
import { visibleStart } from '#renderer/words/visible-text.ts'

/** Captured text on one line, with what is looked for marked in it. */
export function Highlighted(props: { text: string; most: number; term: FindTerm | null }) {
  const { text, most, term } = props
  const { ranges } = term ? findInText(text.slice(0, most), term) : { ranges: [] }
  if (ranges.length === 0) return visibleStart(text, most)
  const pieces = []
  let at = 0
  for (let index = 0; index + 1 < ranges.length; index += 2) {
    const [from = 0, to = 0] = [ranges[index], ranges[index + 1]]
    pieces.push(
      visibleStart(text.slice(at, from), most),
      <mark key={from} className="rounded-xs bg-amber/25 text-ink">
        {visibleStart(text.slice(from, to), most)}
      </mark>,
    )
    at = to
  }
  return [...pieces, visibleStart(text.slice(at), Math.max(0, most - at))]
}
