import { Info, Lightbulb } from 'lucide-react'
import type { ReactNode } from 'react'
import type { DeliveryRow } from '#contract/delivery.ts'
import type { Verdict } from '#contract/verdict.ts'
import type { Explanation, SignatureComparison, Verification } from '#contract/verification.ts'
import { CopyButton } from '#renderer/controls/copy-button.tsx'
import { Callout } from '#renderer/controls/marks.tsx'
import { formatLocal, formatUtc } from '#renderer/words/format.ts'
import { SentenceText } from '#renderer/words/sentence-text.tsx'
import { visibleStart } from '#renderer/words/visible-text.ts'
import { AttemptsLine } from './attempts-line.tsx'
import { Comparisons } from './comparisons.tsx'
import { JudgedTwice } from './judged-twice.tsx'
import { ReceiverCode } from './receiver-code.tsx'
import { SignedContent } from './signed-content.tsx'
import { SkewGauge } from './skew-gauge.tsx'
import { Sources } from './sources.tsx'

function Section(props: { title: string; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-2">
      <h3 className="text-sm font-semibold text-ink-2">{props.title}</h3>
      {props.children}
    </section>
  )
}

function comparisonsTitle(comparisons: SignatureComparison[]): string {
  const word = comparisons.some(({ lengths }) => lengths) ? 'Credential' : 'Signature'
  return comparisons.length === 1 ? word : `${word}s`
}

const units = {
  s: 'unix seconds',
  ms: 'unix milliseconds',
  text: 'a date in words',
}

function Timestamp({ verification }: { verification: Verification }) {
  const { timestamp } = verification
  if (!timestamp) return null
  return (
    <dl className="grid grid-cols-[auto_1fr] items-baseline gap-x-4 gap-y-0.5">
      <dt className="text-ink-3">UTC</dt>
      <dd className="wire">{formatUtc(timestamp.unixMs)}</dd>
      <dt className="text-ink-3">Local</dt>
      <dd className="wire">{formatLocal(timestamp.unixMs)}</dd>
      <dt className="text-ink-3">As sent</dt>
      <dd>
        <span className="wire">{visibleStart(timestamp.text, 80)}</span>{' '}
        <span className="text-ink-3">{units[timestamp.unit]}</span>
      </dd>
    </dl>
  )
}

function MessageId({ id }: { id: string }) {
  return (
    <div className="flex items-center gap-1">
      <span className="wire min-w-0 truncate">{visibleStart(id, 200)}</span>
      <CopyButton text={id} label="Copy message id" />
    </div>
  )
}

/** Verdicts whose causes always say what to do. */
const diagnosed = new Set<Verdict>(['invalid', 'unsigned', 'malformed', 'stale'])

function Remarks({ explanation, hasCauses }: { explanation: Explanation; hasCauses: boolean }) {
  const { verification, staleIfSentNow } = explanation
  // The causes say what to do, and why.
  const advice = hasCauses ? null : explanation.advice
  const hint = staleIfSentNow && verification.verdict === 'valid'
  if (verification.notices.length === 0 && advice === null && !hint) return null
  return (
    <div className="flex flex-col gap-2">
      {advice !== null && (
        <Callout tone="blue" icon={<Lightbulb size={15} aria-hidden />}>
          <SentenceText>{advice}</SentenceText>
        </Callout>
      )}
      {verification.notices.map((notice) => (
        <Callout key={notice.code} tone="grey" icon={<Info size={15} aria-hidden />}>
          <SentenceText>{notice.sentence}</SentenceText>
        </Callout>
      ))}
      {hint && (
        <Callout tone="grey" icon={<Info size={15} aria-hidden />}>
          Sent again as it is, this request would be refused as stale. Re-sign it when you replay.
        </Callout>
      )}
    </div>
  )
}

interface Props {
  explanation: Explanation
  /** The verification at receipt; absent on the Verify page. */
  atReceipt?: Verification
  attempts?: DeliveryRow[]
  currentId?: number
  onOpen?: (id: number) => void
  /** Why it is not valid, where that is looked for. */
  why?: ReactNode
}

/** A verification as an explanation: what was signed, with what, and where it comes apart. */
export function VerificationPanel(props: Props) {
  const { explanation, atReceipt, attempts, currentId, onOpen, why = null } = props
  const { verification, comparisons, signedContent, sources } = explanation
  return (
    <div className="flex flex-col gap-5">
      {atReceipt && <JudgedTwice atReceipt={atReceipt} now={verification} />}
      {why}
      <Remarks
        explanation={explanation}
        hasCauses={why !== null && diagnosed.has(verification.verdict)}
      />
      {signedContent.length > 0 && (
        <Section title="Signed content">
          <SignedContent explanation={explanation} />
        </Section>
      )}
      {comparisons.length > 0 && (
        <Section title={comparisonsTitle(comparisons)}>
          <Comparisons comparisons={comparisons} verdict={verification.verdict} />
        </Section>
      )}
      {verification.timestamp !== null && (
        <Section title="Timestamp">
          {verification.skewSeconds !== null && (
            <SkewGauge skewSeconds={verification.skewSeconds} tolerance={verification.tolerance} />
          )}
          <Timestamp verification={verification} />
        </Section>
      )}
      {verification.messageId !== null && (
        <Section title="Message id">
          <MessageId id={verification.messageId} />
        </Section>
      )}
      {attempts && attempts.length > 1 && currentId !== undefined && onOpen && (
        <Section title={verification.messageId === null ? 'Equal bodies' : 'Attempts'}>
          <AttemptsLine attempts={attempts} currentId={currentId} onOpen={onOpen} />
        </Section>
      )}
      {sources.length > 0 && (
        <Section title="Which part of the request said what">
          <Sources sources={sources} />
        </Section>
      )}
      {verification.schemeId !== null && (
        <ReceiverCode
          schemeId={verification.schemeId}
          schemeName={explanation.schemeName ?? verification.schemeId}
        />
      )}
    </div>
  )
}
