import { Check, Lightbulb } from 'lucide-react'
import type { Cause, DiagnosisCode } from '#contract/diagnosis.ts'
import { SentenceText } from '#renderer/words/sentence-text.tsx'
import { BodyDifference } from './body-difference.tsx'
import { CauseSamples } from './cause-samples.tsx'

/** Each cause in a few words. */
const titles: Readonly<Record<DiagnosisCode, string>> = {
  'secret-other-endpoint': 'Signed with another endpoint’s secret',
  'secret-whitespace': 'The stored secret has something around it',
  'secret-prefix': 'The secret’s prefix',
  'secret-encoding': 'The secret is decoded differently',
  'body-reserialized': 'The body was re-serialised on the way',
  'body-newline': 'Line ends of the body were changed',
  'body-encoding': 'The body was converted on the way',
  'body-form': 'The form was encoded anew',
  'body-truncated': 'The body is cut',
  'body-empty': 'The signature is over an empty body',
  'timestamp-unit': 'Seconds and milliseconds are mixed up',
  'timestamp-source': 'Another timestamp was signed',
  'url-mismatch': 'The sender saw another URL',
  'signature-encoding': 'The signature is written differently',
  algorithm: 'Another digest',
  scheme: 'It is another scheme',
  'signed-content': 'The signed content is put together differently',
  clock: 'This machine’s clock is wrong',
  stale: 'Too old',
  future: 'From the future',
  'header-missing': 'Something is missing',
  'no-match': 'No signature matched',
}

function Line(props: { label: string; children: string }) {
  return (
    <div className="flex items-baseline gap-3">
      <dt className="w-16 shrink-0 text-ink-3">{props.label}</dt>
      <dd className="selectable min-w-0 break-words">
        <SentenceText>{props.children}</SentenceText>
      </dd>
    </div>
  )
}

/** One cause: what went wrong, how that is known, what to do, and code where code is the fix. */
export function CauseCard(props: { cause: Cause; showsEvidence: boolean }) {
  const { cause } = props
  const { code, verified, explanation, evidence, fix, difference, codeSamples } = cause
  const Icon = verified ? Check : Lightbulb
  const tone = verified ? 'border-green/30' : 'border-line'
  return (
    <div
      className={`flex flex-col gap-2.5 rounded-md border bg-raised px-3.5 py-3 ${tone}`}
      data-cause={code}
    >
      <div className="flex flex-col gap-0.5">
        <h4 className="text-[15px] leading-5 font-semibold">{titles[code]}</h4>
        <p className="flex items-baseline justify-between gap-2">
          <span
            className={`inline-flex items-center gap-1 text-xs font-medium ${verified ? 'text-green' : 'text-blue'}`}
          >
            <Icon size={12} strokeWidth={2.25} aria-hidden />
            {verified ? 'proved by a matching signature' : 'advice, not proved'}
          </span>
          <code className="font-mono text-[11px] text-ink-3">{code}</code>
        </p>
      </div>
      <p className="selectable">
        <SentenceText>{explanation}</SentenceText>
      </p>
      <dl className="flex flex-col gap-1.5 text-sm">
        {props.showsEvidence && <Line label="Evidence">{evidence}</Line>}
        <Line label="Fix">{fix}</Line>
      </dl>
      {difference && <BodyDifference pieces={difference} />}
      {codeSamples.length > 0 && <CauseSamples samples={codeSamples} />}
    </div>
  )
}
