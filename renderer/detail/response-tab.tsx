import type { Delivery } from '#contract/delivery.ts'
import { ReplaysTab } from '#renderer/replay/replays-tab.tsx'
import { visibleText } from '#renderer/words/visible-text.ts'
import { HeaderList } from './header-list.tsx'

/** More of an answer than a handshake ever has. */
const LONGEST_SHOWN = 20_000

/** Text with its own line breaks, and nothing else hidden in it. */
function Lines({ text }: { text: string }) {
  const shown = text.slice(0, LONGEST_SHOWN).split('\n').map(visibleText).join('\n')
  return (
    <pre
      tabIndex={0}
      aria-label="Answer body"
      className="wire max-h-72 overflow-auto rounded-md border border-line bg-sunken px-3 py-2 break-all whitespace-pre-wrap"
    >
      {shown}
      {text.length > LONGEST_SHOWN && '…'}
    </pre>
  )
}

function Answer({ delivery }: { delivery: Delivery }) {
  const { answer, receivedAtMs } = delivery
  if (!answer) {
    return <p className="text-ink-2">The sender was not answered: the connection had ended.</p>
  }
  return (
    <>
      <p className="text-ink-2">
        Answered <strong className="font-medium text-ink">{answer.status}</strong> once the delivery
        was stored.
      </p>
      <HeaderList rawHeaders={answer.rawHeaders} label="Answer headers" atMs={receivedAtMs} />
      {answer.bodyText === null ? (
        <p className="text-sm text-ink-3">Without a body.</p>
      ) : (
        <Lines text={answer.bodyText} />
      )}
    </>
  )
}

/** What the sender was answered, and what the replays of this delivery were. */
export function ResponseTab(props: { delivery: Delivery; onOpen: (id: number) => void }) {
  return (
    <div className="flex flex-col gap-6">
      <section aria-label="Answer" className="flex flex-col gap-3">
        <h3 className="text-sm font-semibold text-ink-2">Answer</h3>
        <Answer delivery={props.delivery} />
      </section>
      <section aria-label="Replays" className="flex flex-col gap-3">
        <h3 className="text-sm font-semibold text-ink-2">Replays</h3>
        <ReplaysTab delivery={props.delivery} onOpen={props.onOpen} />
      </section>
    </div>
  )
}
