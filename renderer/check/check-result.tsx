import { ChevronRight } from 'lucide-react'
import { Button as AriaButton, Disclosure, DisclosurePanel } from 'react-aria-components'
import type { CheckExchange, CheckResult } from '#contract/check.ts'
import { HeaderList } from '#renderer/detail/header-list.tsx'
import { StatusText } from '#renderer/replay/replay-outcome.tsx'
import { SentenceText } from '#renderer/words/sentence-text.tsx'
import { formatBytes, formatDuration } from '#renderer/words/format.ts'
import { visibleStart } from '#renderer/words/visible-text.ts'
import { outcomeLooks } from './outcome-words.ts'

function Text({ label, text, byteLength }: { label: string; text: string; byteLength: number }) {
  if (byteLength === 0) return <p className="text-sm text-ink-3">Without a body.</p>
  return (
    <>
      <pre
        tabIndex={0}
        aria-label={label}
        className="wire max-h-48 overflow-auto rounded-md border border-line bg-sunken p-2 break-all whitespace-pre-wrap"
      >
        {visibleStart(text, 4_096)}
      </pre>
      {byteLength > text.length && (
        <p className="text-sm text-ink-3">The beginning of {formatBytes(byteLength)}.</p>
      )}
    </>
  )
}

function Exchange({ exchange }: { exchange: CheckExchange }) {
  const { label, method, target, rawHeaders, bodyText, bodyByteLength, answer, error } = exchange
  return (
    <Disclosure className="rounded-md border border-line bg-surface">
      <AriaButton
        slot="trigger"
        className="group flex w-full items-center gap-2 rounded-md px-2.5 py-1 text-left hover:bg-hover"
      >
        <ChevronRight
          size={13}
          aria-hidden
          className="shrink-0 text-ink-3 group-aria-expanded:rotate-90"
        />
        <span className="min-w-0 flex-1 truncate">{visibleStart(label, 160)}</span>
        {answer ? (
          <StatusText status={answer.status} message="" />
        ) : (
          <span className="font-medium text-red">no answer</span>
        )}
        <span className="text-sm text-ink-3">{formatDuration(exchange.totalMs)}</span>
      </AriaButton>
      <DisclosurePanel>
        <div className="grid grid-cols-1 gap-4 border-t border-line p-3 @2xl:grid-cols-2">
          <section className="flex min-w-0 flex-col gap-2">
            <h4 className="text-sm font-semibold text-ink-2">Sent</h4>
            <p className="wire break-all">{visibleStart(`${method} ${target}`, 500)}</p>
            <HeaderList rawHeaders={rawHeaders} label={`Headers sent: ${label}`} />
            <Text label={`Body sent: ${label}`} text={bodyText} byteLength={bodyByteLength} />
          </section>
          <section className="flex min-w-0 flex-col gap-2">
            <h4 className="text-sm font-semibold text-ink-2">Answered</h4>
            {error !== null && <p className="selectable text-red">{visibleStart(error, 600)}</p>}
            {answer && (
              <>
                <StatusText status={answer.status} message="" />
                <HeaderList rawHeaders={answer.rawHeaders} label={`Headers answered: ${label}`} />
                <Text
                  label={`Body answered: ${label}`}
                  text={answer.bodyText}
                  byteLength={answer.bodyByteLength}
                />
              </>
            )}
          </section>
        </div>
      </DisclosurePanel>
    </Disclosure>
  )
}

function Fact({ name, children }: { name: string; children: string }) {
  return (
    <div className="grid grid-cols-[7rem_1fr] gap-3">
      <dt className="text-ink-3">{name}</dt>
      <dd className="selectable">
        <SentenceText>{children}</SentenceText>
      </dd>
    </div>
  )
}

/** One question, what came of it, and when opened all that was sent for it. */
export function CheckResultLine({ result }: { result: CheckResult }) {
  const { icon: Icon, word, text } = outcomeLooks[result.outcome]
  const needsWork = result.outcome !== 'passed' && result.outcome !== 'skipped'
  return (
    <Disclosure className="border-b border-line/60 last:border-0">
      <AriaButton
        slot="trigger"
        className="group flex w-full items-start gap-2 px-3 py-1.5 text-left -outline-offset-2 hover:bg-hover"
      >
        <ChevronRight
          size={14}
          aria-hidden
          className="mt-[3px] shrink-0 text-ink-3 group-aria-expanded:rotate-90"
        />
        <span
          className={`flex w-28 shrink-0 items-center gap-1.5 text-sm leading-5 font-medium ${text}`}
        >
          <Icon size={14} strokeWidth={2.25} aria-hidden />
          {word}
        </span>
        <span className="min-w-0 flex-1">
          <span className="block">{result.title}</span>
          {result.outcome !== 'passed' && (
            <span className="block text-sm text-ink-2 group-aria-expanded:hidden">
              <SentenceText>{result.found}</SentenceText>
            </span>
          )}
        </span>
      </AriaButton>
      <DisclosurePanel>
        <div className="@container flex flex-col gap-3 px-9 pt-1 pb-4">
          <dl className="flex flex-col gap-1.5">
            <Fact name="Expected">{result.expected}</Fact>
            <Fact name="Found">{result.found}</Fact>
            <Fact name="Why it matters">{result.why}</Fact>
            {needsWork && <Fact name="How to fix it">{result.fix}</Fact>}
            <Fact name="Name">{result.id}</Fact>
          </dl>
          {result.exchanges.length > 0 && (
            <div className="flex flex-col gap-1.5">
              {result.exchanges.map((exchange, index) => (
                <Exchange key={index} exchange={exchange} />
              ))}
            </div>
          )}
        </div>
      </DisclosurePanel>
    </Disclosure>
  )
}
