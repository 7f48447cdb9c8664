import type { DifferencePiece } from '#contract/diagnosis.ts'
import { visibleText } from '#renderer/words/visible-text.ts'

const looks = {
  same: 'text-ink-2',
  came: 'soft-red rounded-xs text-red line-through decoration-red/60',
  signed: 'soft-green rounded-xs text-green underline decoration-green/60 underline-offset-2',
} as const

const spoken = {
  came: 'only in what came: ',
  signed: 'only in what was signed: ',
  same: '',
} as const

/** Line ends and tabs as they are written in code; blanks where they make the difference. */
function shown({ kind, text }: DifferencePiece): string {
  const visible = visibleText(text)
    .replaceAll('␊', '\\n')
    .replaceAll('␍', '\\r')
    .replaceAll('␉', '\\t')
  return kind === 'same' ? visible : visible.replaceAll(' ', '␣')
}

function Piece({ piece }: { piece: DifferencePiece }) {
  if (piece.kind === 'skipped') {
    return (
      <span className="px-1 text-ink-3 select-none">
        … {piece.byteLength.toLocaleString('en')} bytes …
      </span>
    )
  }
  const { kind } = piece
  return (
    <span className={looks[kind]}>
      {kind !== 'same' && <span className="sr-only">{spoken[kind]}</span>}
      {shown(piece)}
    </span>
  )
}

/** What came beside what was signed, with the first differences marked byte for byte. */
export function BodyDifference({ pieces }: { pieces: readonly DifferencePiece[] }) {
  return (
    <figure className="flex flex-col gap-1">
      <figcaption className="flex flex-wrap gap-x-3 text-xs text-ink-3">
        <span>The body:</span>
        <span>
          <span className={looks.came}>came</span>, but was not signed
        </span>
        <span>
          <span className={looks.signed}>signed</span>, but did not come
        </span>
      </figcaption>
      <p
        // It scrolls, so it is reached with the keyboard.
        tabIndex={0}
        role="region"
        aria-label="Difference of the body"
        className="wire max-h-48 overflow-auto rounded-md border border-line bg-surface px-2.5 py-2 break-all focus-visible:-outline-offset-2"
      >
        {pieces.map((piece, index) => (
          <Piece key={index} piece={piece} />
        ))}
      </p>
    </figure>
  )
}
