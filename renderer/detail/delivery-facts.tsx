import type { Delivery, DeliveryRow } from '#contract/delivery.ts'
import { useClock } from '#renderer/app/use-clock.ts'
import { CopyButton } from '#renderer/controls/copy-button.tsx'
import { formatAgo, formatLocal } from '#renderer/words/format.ts'
import { visibleStart } from '#renderer/words/visible-text.ts'
import { AttemptStepper } from './attempt-stepper.tsx'
import { TagEditor } from './tag-editor.tsx'

interface Props {
  delivery: Delivery
  attempts: DeliveryRow[]
  onOpen: (id: number) => void
  adding: boolean
  onAdding: (adding: boolean) => void
}

/** Event type, times, message id, attempt and tags, on as many lines as they need. */
export function DeliveryFacts({ delivery, attempts, onOpen, adding, onAdding }: Props) {
  const now = useClock()
  const { receivedAtMs, messageId, eventType } = delivery
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1 text-sm text-ink-2">
      {eventType !== null && (
        <bdi className="max-w-64 truncate font-medium text-ink">{visibleStart(eventType, 120)}</bdi>
      )}
      <span className="selectable whitespace-nowrap">
        {formatAgo(receivedAtMs, now)}
        <span className="ml-1.5 text-ink-3">{formatLocal(receivedAtMs)}</span>
      </span>
      {messageId !== null && (
        <span className="inline-flex min-w-0 items-center">
          <span className="wire max-w-56 truncate" title={visibleStart(messageId, 400)}>
            {visibleStart(messageId, 400)}
          </span>
          <span className="-my-1">
            <CopyButton text={messageId} label="Copy message id" />
          </span>
        </span>
      )}
      <AttemptStepper attempts={attempts} currentId={delivery.id} onOpen={onOpen} />
      <TagEditor delivery={delivery} adding={adding} onAdding={onAdding} />
    </div>
  )
}
