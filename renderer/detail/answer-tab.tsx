import type { Delivery } from '#contract/delivery.ts'
import { visibleStart } from '#renderer/words/visible-text.ts'
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
      {delivery.answer.bodyText !== null && (
        <section aria-label="Answer body" className="flex flex-col gap-1">
          <h3 className="text-sm font-semibold text-ink-2">Body</h3>
          <pre className="wire selectable rounded-md border border-line bg-sunken px-3 py-2 break-all whitespace-pre-wrap">
            {visibleStart(delivery.answer.bodyText, 20_000)}
          </pre>
        </section>
      )}
    </div>
  )
}
