import { CopyPlus, RotateCw } from 'lucide-react'
import type { Delivery } from '#contract/delivery.ts'
import { Button } from '#renderer/controls/button.tsx'
import { formatDuration, ordinal } from '#renderer/words/format.ts'
import { duplicateWords } from '#renderer/words/verdicts.ts'

/** What this delivery repeats, how many there were and how long apart; or that it is our replay. */
export function DuplicateLine(props: {
  delivery: Delivery
  attemptCount: number
  onOpen: (id: number) => void
}) {
  const { duplicate, replayId } = props.delivery
  if (replayId !== null) {
    return (
      <p className="flex items-center gap-2 text-accent">
        <RotateCw size={14} aria-hidden /> A replay of yours, sent by Countersign. It is not counted
        as a duplicate.
      </p>
    )
  }
  if (!duplicate) return null
  const { word, sentence } = duplicateWords[duplicate.kind]
  const count = Math.max(props.attemptCount, duplicate.ordinal)
  return (
    <div className="flex items-start gap-2">
      <CopyPlus size={14} aria-hidden className="mt-0.75 shrink-0 text-violet" />
      <p className="selectable min-w-0 flex-1">
        <strong className="font-medium text-violet">
          {ordinal(duplicate.ordinal)} of {count}, {word}
        </strong>
        , {formatDuration(duplicate.sinceOriginalMs)} after the original.{' '}
        <span className="text-ink-3">{sentence}</span>
      </p>
      <Button small kind="quiet" onPress={() => props.onOpen(duplicate.originalId)}>
        Show original
      </Button>
    </div>
  )
}
