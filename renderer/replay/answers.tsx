import type { Delivery } from '#contract/delivery.ts'
import type { Replay } from '#contract/replay.ts'
import { HeaderList } from '#renderer/detail/header-list.tsx'
import { ReplayOutcome, StatusText } from './replay-outcome.tsx'

/** What the sender of the delivery was answered. */
function Original({ answer }: Pick<Delivery, 'answer'>) {
  if (!answer) return <p className="text-ink-2">The sender was not answered.</p>
  return (
    <>
      {answer.status === null ? (
        <p className="text-ink-2">The sender heard nothing, as its endpoint wanted.</p>
      ) : (
        <StatusText status={answer.status} message="" />
      )}
      <HeaderList rawHeaders={answer.rawHeaders} label="Headers answered then" />
      {answer.bodyText !== null && answer.bodyText !== '' && (
        <pre
          tabIndex={0}
          aria-label="Body answered then"
          className="wire max-h-72 overflow-auto rounded-md border border-line bg-sunken p-2.5 break-all whitespace-pre-wrap"
        >
          {answer.bodyText.slice(0, 100_000)}
        </pre>
      )}
    </>
  )
}

/** The answer to a replay beside the one that the original got. */
export function Answers({ delivery, replay }: { delivery: Delivery; replay: Replay }) {
  return (
    <div className="@container">
      <div className="grid grid-cols-1 gap-5 @xl:grid-cols-2">
        <section className="flex min-w-0 flex-col gap-2" aria-live="polite">
          <h3 className="text-sm font-semibold text-ink-2">Answered now</h3>
          <ReplayOutcome replay={replay} />
        </section>
        <section className="flex min-w-0 flex-col gap-2">
          <h3 className="text-sm font-semibold text-ink-2">Answered then</h3>
          <Original answer={delivery.answer} />
        </section>
      </div>
    </div>
  )
}
