import { visibleText } from '#renderer/words/visible-text.ts'

/** What two texts share at both ends; counted in whole characters. */
export function sharedEnds(a: string, b: string): { start: number; end: number } {
  const most = Math.min(a.length, b.length)
  let start = 0
  while (start < most && a[start] === b[start]) start += 1
  // Not in the middle of a pair of surrogates.
  if (/[\uD800-\uDBFF]/.test(a[start - 1] ?? '')) start -= 1
  let end = 0
  while (end < most - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1
  if (/[\uDC00-\uDFFF]/.test(a[a.length - end] ?? '')) end -= 1
  return { start, end }
}

/** A text with what another has otherwise underlined. */
export function DifferingText({ text, other }: { text: string; other: string | null }) {
  if (other === null || other === text) return visibleText(text)
  const { start, end } = sharedEnds(text, other)
  const differs = text.slice(start, text.length - end)
  if (differs === '' || (start === 0 && end === 0)) return visibleText(text)
  return (
    <>
      {visibleText(text.slice(0, start))}
      <mark className="rounded-xs bg-amber/20 text-inherit underline decoration-amber decoration-2 underline-offset-3">
        {visibleText(differs)}
      </mark>
      {visibleText(text.slice(text.length - end))}
    </>
  )
}
