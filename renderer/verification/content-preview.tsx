import type { ContentPart } from '#contract/verification.ts'
import { visibleText } from '#renderer/words/visible-text.ts'

const MOST = 600
const names: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

function controlName(character: string): string {
  const code = character.codePointAt(0) ?? 0
  return names[character] ?? `\\x${code.toString(16).padStart(2, '0')}`
}

/** Whether so much of it is unprintable that its characters say nothing. */
function isNotText(text: string): boolean {
  const unprintable = text.match(/[\uFFFD\p{Cc}]/gu)?.filter((each) => !(each in names)) ?? []
  return unprintable.length > text.length / 10
}

/** The start of a part of the signed content, its control characters named in grey. */
export function ContentPreview({ part }: { part: ContentPart }) {
  const text = part.preview.slice(0, MOST)
  if (text === '') return <span className="text-ink-3">empty</span>
  if (isNotText(text)) return <span className="text-ink-3">bytes that are not text</span>
  return (
    <>
      {text.split(/([\p{Cc}])/u).map((piece, index) =>
        index % 2 === 1 ? (
          <span key={index} className="text-[10px] text-ink-3">
            {controlName(piece)}
          </span>
        ) : (
          visibleText(piece)
        ),
      )}
      {(part.truncated || part.preview.length > MOST) && <span className="text-ink-3">…</span>}
    </>
  )
}
