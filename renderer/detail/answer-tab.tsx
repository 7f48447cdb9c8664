import type { Delivery } from '#contract/delivery.ts'
import { HeaderList } from './header-list.tsx'

/** What the sender was answered. */
export function AnswerTab({ delivery }: { delivery: Delivery }) {
  if (!delivery.answer) {
    return <p className="text-ink-2">The sender was not answered: the connection had ended.</p>
  }
  return (
    <div className="flex flex-col gap-4">
      <p className="text-ink-2">
        Answered <strong className="font-medium text-ink">{delivery.answer.status}</strong> once the
        delivery was stored.
      </p>
      <HeaderList rawHeaders={delivery.answer.rawHeaders} label="Answer headers" />
    </div>
  )
}
