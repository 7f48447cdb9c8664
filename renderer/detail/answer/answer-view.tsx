import { Pencil, Unplug } from 'lucide-react'
import type { Delivery } from '#contract/delivery.ts'
import { showDialog } from '#renderer/app/dialogs.ts'
import { Button } from '#renderer/controls/button.tsx'
import { Chip } from '#renderer/controls/marks.tsx'
import { HeaderList } from '#renderer/detail/header-list.tsx'
import { StatusText } from '#renderer/replay/replay-outcome.tsx'
import { formatDuration } from '#renderer/words/format.ts'
import { visibleText } from '#renderer/words/visible-text.ts'
import { AnswerTimeBar } from './answer-time-bar.tsx'
import { useForwardAttempts } from './use-forwards.ts'
import { answeredByWord, decidedIn, reasonOf } from './answer-words.ts'

type Answer = NonNullable<Delivery['answer']>

/** More of an answer than anyone reads here. */
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

function Headline({ answer }: { answer: Answer }) {
  const { fault, status, by, delayMs } = answer
  return (
    <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
      {fault === null && status !== null ? (
        <StatusText status={status} message="" />
      ) : (
        <span className="inline-flex items-center gap-1.5 font-medium text-orange">
          <Unplug size={14} aria-hidden />
          {fault === 'hang' ? 'left hanging' : 'connection reset'}
        </span>
      )}
      <Chip>{answeredByWord[by]}</Chip>
      {delayMs > 0 && <Chip>held back {formatDuration(delayMs)}</Chip>}
    </p>
  )
}

/** Opens the part of the endpoint's dialog that decides. */
function Change({ delivery, answer }: { delivery: Delivery; answer: Answer }) {
  const { endpointId } = delivery
  const section = decidedIn(answer)
  if (endpointId === null || section === null) return null
  return (
    <Button
      small
      kind="quiet"
      icon={Pencil}
      onPress={() => showDialog({ kind: 'edit-endpoint', endpointId, section })}
    >
      {section === 'forward' ? 'Change forwarding' : 'Change the answer'}
    </Button>
  )
}

/** What the sender heard, who decided that, and whether it came in time. */
export function AnswerView({ delivery }: { delivery: Delivery }) {
  const { answer, receivedAtMs } = delivery
  const attempts = useForwardAttempts(delivery.id, answer?.by === 'forward')
  if (!answer) {
    const waits = delivery.problem === null && delivery.times.answeredAtMs === null
    return (
      <p className="text-ink-2">
        {waits
          ? 'The sender was not answered: the forwarding target was still awaited.'
          : 'The sender was not answered: the connection had ended.'}
      </p>
    )
  }
  const attempt = attempts.find(({ id }) => id === answer.replayId)
  const silent = answer.replayId === null || (attempt !== undefined && attempt.answer === null)
  return (
    <>
      <div className="flex items-start gap-2">
        <div className="flex min-w-0 flex-1 flex-col gap-1">
          <Headline answer={answer} />
          <p className="text-ink-2">{reasonOf(answer, silent)}</p>
        </div>
        <Change delivery={delivery} answer={answer} />
      </div>
      <AnswerTimeBar delivery={delivery} />
      {answer.fault === null && (
        <>
          <HeaderList rawHeaders={answer.rawHeaders} label="Answer headers" atMs={receivedAtMs} />
          {answer.bodyText === null ? (
            <p className="text-sm text-ink-3">Without a body.</p>
          ) : (
            <Lines text={answer.bodyText} />
          )}
        </>
      )}
    </>
  )
}
