import { isCredential } from '#contract/credential.ts'
import { CopyPlus, Download, ExternalLink } from 'lucide-react'
import { Fragment, type ReactNode } from 'react'
import { confidenceInFull } from '#contract/confidence-words.ts'
import type { SchemeInfo } from '#contract/endpoint.ts'
import type { SchemeDetail as Detail } from '#contract/own-scheme.ts'
import type { Tolerance } from '#contract/verification.ts'
import { Button } from '#renderer/controls/button.tsx'
import { Chip } from '#renderer/controls/marks.tsx'
import { platform } from '#renderer/platform/platform.ts'
import { isUnsure } from '#renderer/words/confidence.ts'
import { formatSeconds } from '#renderer/words/format.ts'
import { exportScheme } from './scheme-files.ts'

function side(seconds: number | null, what: string): string {
  return seconds === null ? `any ${what}` : `${formatSeconds(seconds)} ${what}`
}

function toleranceWords(tolerance: Tolerance | null): string {
  if (!tolerance) return 'its age does not count'
  return `${side(tolerance.pastSeconds, 'past')}, ${side(tolerance.futureSeconds, 'future')}`
}

const code = (text: string) => <code className="quoted [overflow-wrap:anywhere]">{text}</code>

function signedContent(scheme: Detail['scheme']): ReactNode {
  const { content, jwt } = scheme
  if (isCredential(scheme)) return 'nothing; the credential is compared'
  if (jwt) return 'a JSON Web Token'
  return content.startsWith('special:') ? <>the rule {code(content.slice(8))}</> : code(content)
}

function secretWords({ secretHint, secretPrefix }: Detail['scheme']): ReactNode {
  if (secretPrefix === undefined) return secretHint
  return (
    <>
      {secretHint}; begins with {code(secretPrefix)}
    </>
  )
}

function factsOf({ scheme, endpoints }: Detail, info: SchemeInfo): [string, ReactNode][] {
  const { keySource, retries, answerWithinSeconds, challenges = [] } = scheme
  const facts: [string, ReactNode][] = [
    ['Algorithm', info.algorithm],
    ['Signed content', signedContent(scheme)],
    ['Signature in', code(info.signaturePlace)],
    ['Secret', secretWords(scheme)],
    ['Tolerance', toleranceWords(scheme.tolerance)],
  ]
  if (keySource) facts.push(['Keys', `${keySource.sentence} (${keySource.host})`])
  if (retries !== undefined) facts.push(['Sent again', retries])
  if (answerWithinSeconds !== undefined) {
    facts.push(['Answer within', formatSeconds(answerWithinSeconds)])
  }
  if (challenges.length > 0) {
    facts.push(['Handshakes', challenges.map(({ name }) => name).join(', ')])
  }
  if (endpoints.length > 0) facts.push(['Used by', endpoints.join(', ')])
  return facts
}

/** A scheme of the catalogue: what it says, how sure that is, and a way to begin an own one from it. */
export function SchemeDetail(props: { detail: Detail; info: SchemeInfo; onDuplicate: () => void }) {
  const { detail, info } = props
  const { scheme } = detail
  const { confidence, settings = [], quirks } = scheme
  return (
    <article className="selectable min-h-0 min-w-0 flex-1 overflow-y-auto bg-surface px-6 py-5">
      <div className="flex max-w-3xl flex-col gap-5">
        <header className="flex flex-col gap-2">
          <div className="flex flex-wrap items-center gap-2">
            <h1 className="text-xl font-semibold">{scheme.name}</h1>
            <Chip>{scheme.id}</Chip>
          </div>
          <p className={isUnsure(confidence) ? 'text-amber' : 'text-ink-2'}>
            {confidenceInFull(confidence)}
          </p>
          <div className="flex flex-wrap gap-2">
            <Button kind="primary" icon={CopyPlus} onPress={props.onDuplicate}>
              Duplicate as my own
            </Button>
            <Button icon={ExternalLink} onPress={() => platform.openLink(scheme.documentationUrl)}>
              Documentation
            </Button>
            <Button icon={Download} onPress={() => void exportScheme(scheme)}>
              Export
            </Button>
          </div>
        </header>
        <dl className="grid grid-cols-[auto_1fr] gap-x-5 gap-y-1.5">
          {factsOf(detail, info).map(([name, value]) => (
            <Fragment key={name}>
              <dt className="text-ink-3">{name}</dt>
              <dd className="min-w-0">{value}</dd>
            </Fragment>
          ))}
        </dl>
        {settings.length > 0 && (
          <section>
            <h2 className="mb-1 text-sm font-semibold text-ink-2">Settings beside the secret</h2>
            <dl className="grid grid-cols-[auto_1fr] gap-x-5 gap-y-1">
              {settings.map(({ name, label, hint, required }) => (
                <Fragment key={name}>
                  <dt>{code(name)}</dt>
                  <dd>
                    {label}
                    {required ? '' : ' (optional)'}: <span className="text-ink-2">{hint}</span>
                  </dd>
                </Fragment>
              ))}
            </dl>
          </section>
        )}
        {quirks.length > 0 && (
          <section>
            <h2 className="mb-1 text-sm font-semibold text-ink-2">Quirks</h2>
            <ul className="flex list-disc flex-col gap-1 pl-4 marker:text-ink-3">
              {quirks.map((quirk) => (
                <li key={quirk}>{quirk}</li>
              ))}
            </ul>
          </section>
        )}
      </div>
    </article>
  )
}
