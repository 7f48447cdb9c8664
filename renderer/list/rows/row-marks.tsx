import { CopyPlus, Handshake, Pin, RotateCw, StickyNote } from 'lucide-react'
import type { DeliveryRow as Row } from '#contract/delivery.ts'
import { ordinal } from '#renderer/words/format.ts'
import { duplicateWords } from '#renderer/words/verdicts.ts'
import { visibleStart } from '#renderer/words/visible-text.ts'

const chip = 'inline-flex items-center gap-1 text-xs font-medium whitespace-nowrap'

function DuplicateChip({ row }: { row: Row }) {
  if (row.replayId !== null) {
    return (
      <span title="Sent by Countersign: a replay of yours" className={`${chip} text-accent`}>
        <RotateCw size={11} aria-hidden /> replay
      </span>
    )
  }
  if (!row.duplicate) return null
  const { word } = duplicateWords[row.duplicate.kind]
  return (
    <span
      title={`${ordinal(row.duplicate.ordinal)} of its kind: ${word}`}
      className={`${chip} text-violet`}
    >
      <CopyPlus size={11} aria-hidden className="hidden @2xl:block" />
      {ordinal(row.duplicate.ordinal)}
      <span className="sr-only"> {word}</span>
    </span>
  )
}

/** A handshake that is signed has another verdict than `challenge`, which says it already. */
function ChallengeChip({ row }: { row: Row }) {
  if (row.challenge === null || row.verdict === 'challenge') return null
  return (
    <span
      title={`The handshake “${visibleStart(row.challenge, 80)}”`}
      className={`${chip} text-violet`}
    >
      <Handshake size={11} aria-hidden /> challenge
    </span>
  )
}

/** Whether it repeats another one, is a replay of ours, or a handshake. */
export function RepeatMark({ row }: { row: Row }) {
  return row.duplicate || row.replayId !== null ? (
    <DuplicateChip row={row} />
  ) : (
    <ChallengeChip row={row} />
  )
}

/** What people added: pin, note, and tags as far as there is room. */
export function OwnMarks({ row, short }: { row: Row; short?: boolean }) {
  const [tag] = row.tags
  if (!row.pinned && !row.hasNote && tag === undefined) return null
  const more = row.tags.length - 1
  return (
    <span className="inline-flex min-w-0 items-center gap-1 text-ink-3">
      {row.pinned && (
        <Pin size={11} role="img" aria-label="pinned" className="shrink-0 text-accent" />
      )}
      {row.hasNote && (
        <StickyNote size={11} role="img" aria-label="has a note" className="shrink-0" />
      )}
      {tag !== undefined && (
        <span
          title={visibleStart(row.tags.join(', '), 300)}
          className={`min-w-0 truncate rounded-sm border border-line bg-sunken px-1 text-xs text-ink-2 ${short ? 'max-w-18' : ''}`}
        >
          {visibleStart(tag, 60)}
          {more > 0 && ` +${more}`}
        </span>
      )}
    </span>
  )
}
