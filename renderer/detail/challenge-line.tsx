import { Handshake } from 'lucide-react'
import type { Delivery } from '#contract/delivery.ts'
import { Callout } from '#renderer/controls/marks.tsx'
import { visibleStart } from '#renderer/words/visible-text.ts'

/** What of an answer is shown here; the Response tab has all of it. */
const SHOWN = 300
/** These say how to read the answer; others are part of what was asked for. */
const framing = /^(?:content-type|x-content-type-options)$/i

/** That a delivery was a handshake, and what its sender heard. */
export function ChallengeLine({ delivery }: { delivery: Delivery }) {
  const { challenge, challengeNote, answer } = delivery
  if (challenge === null) return null
  const name = visibleStart(challenge, 80)
  const own = answer?.rawHeaders.filter(([header]) => !framing.test(header)) ?? []
  return (
    <Callout tone="violet" icon={<Handshake size={15} aria-hidden />}>
      {challengeNote !== null && (
        <p>
          This is the handshake “{name}”. {challengeNote}
        </p>
      )}
      {challengeNote === null && answer && (
        <p>
          Answered the handshake “{name}” with {answer.status}
          {own.length > 0 && ` and ${own.map(([header]) => visibleStart(header, 60)).join(', ')}`}
          {answer.bodyText === null ? '.' : own.length > 0 ? ', and this:' : ' and this:'}
        </p>
      )}
      {challengeNote === null && answer?.bodyText && (
        <pre className="wire mt-1 max-h-24 overflow-y-auto break-all whitespace-pre-wrap text-ink">
          {visibleStart(answer.bodyText, SHOWN)}
        </pre>
      )}
    </Callout>
  )
}
