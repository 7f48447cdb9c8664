import { ExternalLink } from 'lucide-react'
import { Fragment, useState, type ReactNode } from 'react'
import { Button } from 'react-aria-components'
import type { SchemeInfo } from '#contract/endpoint.ts'
import type { Tolerance } from '#contract/verification.ts'
import { platform } from '#renderer/platform/platform.ts'
import { confidenceWords, isUnsure } from '#renderer/words/confidence.ts'
import { formatSeconds } from '#renderer/words/format.ts'

/** So many peculiarities are told at once; the rest is asked for. */
const QUIRKS_AT_FIRST = 2

function side(seconds: number | null): string {
  return seconds === null ? 'not checked' : formatSeconds(seconds)
}

function toleranceWords(tolerance: Tolerance): string {
  return `past ${side(tolerance.pastSeconds)}, future ${side(tolerance.futureSeconds)}`
}

/** What is known of a scheme, by name; what nobody documents is not among it. */
function factsOf(scheme: SchemeInfo, withTolerance: boolean): [string, ReactNode][] {
  const { secretPrefix, tolerance, retries, answerWithinSeconds } = scheme
  const facts: [string, ReactNode][] = [
    [
      'Secret',
      <>
        {scheme.secretHint}
        {secretPrefix !== null && (
          <>
            ; begins with <code className="quoted">{secretPrefix}</code>
          </>
        )}
      </>,
    ],
  ]
  if (tolerance && withTolerance) facts.push(['Tolerance', toleranceWords(tolerance)])
  if (retries !== null) facts.push(['Sent again', retries])
  if (answerWithinSeconds !== null) {
    facts.push(['Answer within', formatSeconds(answerWithinSeconds)])
  }
  return facts
}

function Quirks({ quirks }: { quirks: string[] }) {
  const [all, setAll] = useState(false)
  const more = quirks.length - QUIRKS_AT_FIRST
  return (
    <>
      <ul className="list-disc pl-4 marker:text-ink-3">
        {(all ? quirks : quirks.slice(0, QUIRKS_AT_FIRST)).map((quirk) => (
          <li key={quirk}>{quirk}</li>
        ))}
      </ul>
      {!all && more > 0 && (
        <Button
          onPress={() => setAll(true)}
          className="w-fit rounded-sm text-accent hover:underline"
        >
          {more === 1 ? 'One thing more' : `${more} things more`}
        </Button>
      )}
    </>
  )
}

/** Under the choice of a scheme: how it signs, how sure that is, and what its provider says. */
export function SchemeFacts(props: {
  scheme: SchemeInfo
  /** Not where a field for it says so already. */
  withTolerance?: boolean
}) {
  const { scheme, withTolerance = false } = props
  const { confidence } = scheme
  return (
    <div className="selectable flex flex-col gap-1.5 text-sm text-ink-2 [overflow-wrap:anywhere]">
      <p className="flex flex-wrap items-baseline gap-x-2">
        <span>
          {scheme.algorithm} in <code className="quoted">{scheme.signaturePlace}</code>
        </span>
        <span className={isUnsure(confidence) ? 'text-amber' : 'text-ink-3'}>
          {confidenceWords(confidence)}
        </span>
        {scheme.own ? (
          // The shell opens only hosts of the catalogue: this address somebody wrote here.
          <code className="quoted">{scheme.documentationUrl}</code>
        ) : (
          <Button
            onPress={() => platform.openLink(scheme.documentationUrl)}
            className="inline-flex items-center gap-1 rounded-sm text-accent hover:underline"
          >
            Documentation <ExternalLink size={11} aria-hidden />
          </Button>
        )}
      </p>
      <dl className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-0.5">
        {factsOf(scheme, withTolerance).map(([name, value]) => (
          <Fragment key={name}>
            <dt className="text-ink-3">{name}</dt>
            <dd className="min-w-0">{value}</dd>
          </Fragment>
        ))}
      </dl>
      {scheme.quirks.length > 0 && <Quirks key={scheme.id} quirks={scheme.quirks} />}
    </div>
  )
}
