import { useState } from 'react'
import { maskedHeaders, maskedTarget } from '#contract/credentials.ts'
import type { Delivery } from '#contract/delivery.ts'
import type { ClientCertificate } from '#contract/listener-tls.ts'
import type { RawHeader } from '#contract/http.ts'
import { Segments } from '#renderer/controls/choice.tsx'
import { CopyTextButton } from '#renderer/controls/copy-button.tsx'
import { formatBytes, formatDuration, formatLocal } from '#renderer/words/format.ts'
import { visibleStart } from '#renderer/words/visible-text.ts'
import { cameFacts } from './came-facts.ts'
import { HeaderList } from './header-list.tsx'
import { RevealButton } from './reveal-button.tsx'
import { useCredentials } from './use-credentials.ts'

function Facts({ delivery, target }: { delivery: Delivery; target: string }) {
  const { receivedAtMs, completedAtMs, announcedByteLength, bodyByteLength } = delivery
  const facts: [string, string][] = [
    ['Received', formatLocal(receivedAtMs)],
    ['Read in', formatDuration(completedAtMs - receivedAtMs)],
    ...cameFacts(delivery, target),
    ['Body', formatBytes(bodyByteLength)],
  ]
  if (announcedByteLength !== null && announcedByteLength !== bodyByteLength) {
    facts.push(['Announced', formatBytes(announcedByteLength)])
  }
  if (delivery.clientCertificate) facts.push(...certificateFacts(delivery.clientCertificate))
  if (delivery.bodySha256 !== '') facts.push(['SHA-256', delivery.bodySha256])
  return (
    <dl className="grid grid-cols-[auto_1fr] items-baseline gap-x-4 gap-y-0.5">
      {facts.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-ink-3">{name}</dt>
          <dd className="wire break-all">{value}</dd>
        </div>
      ))}
    </dl>
  )
}

const nameShown = (text: string) => visibleStart(text === '' ? 'without a name' : text, 500)

/** What the sender presented in the TLS handshake. */
function certificateFacts(shown: ClientCertificate): [string, string][] {
  return [
    ['Client certificate', shown.authorized ? 'good' : `not good: ${shown.problem ?? ''}`],
    ['Its subject', nameShown(shown.subject)],
    ['Its issuer', nameShown(shown.issuer)],
    ['Its SHA-256', visibleStart(shown.fingerprint256, 120)],
    ['It counts', visibleStart(`${shown.validFrom} to ${shown.validTo}`, 120)],
  ]
}

/** The request without its body: request line, every header in order, trailers, and facts. */
export function HeadersTab({ delivery }: { delivery: Delivery }) {
  const credentials = useCredentials(delivery)
  const { scheme, isCredential, shown } = credentials
  const lineOf = (target: string) => `${delivery.method} ${target} HTTP/${delivery.httpVersion}`
  const textOf = (target: string, rawHeaders: readonly RawHeader[]) =>
    [lineOf(target), ...rawHeaders.map(([name, value]) => `${name}: ${value}`)].join('\r\n')
  const target = shown ? delivery.target : maskedTarget(delivery.target, scheme)
  const headers = shown ? delivery.rawHeaders : maskedHeaders(delivery.rawHeaders, scheme)
  const [order, setOrder] = useState<'raw' | 'parsed'>('raw')
  return (
    <div className="flex flex-col gap-5">
      <div className="flex items-start gap-2">
        <p className="wire min-w-0 flex-1 rounded-md border border-line bg-sunken px-2.5 py-1.5 break-all">
          {visibleStart(lineOf(target), 8192)}
        </p>
      </div>
      <div className="-mb-2 flex flex-wrap items-center justify-between gap-2">
        <Segments
          label="Order of the headers"
          value={order}
          onChange={setOrder}
          options={[
            { id: 'raw', name: 'As they came' },
            { id: 'parsed', name: 'Sorted and parsed' },
          ]}
        />
        <div className="flex flex-wrap gap-2">
          <RevealButton {...credentials} />
          <CopyTextButton text={textOf(target, headers)}>Copy all</CopyTextButton>
          {credentials.any && !shown && (
            <CopyTextButton text={textOf(delivery.target, delivery.rawHeaders)}>
              Copy with credentials
            </CopyTextButton>
          )}
        </div>
      </div>
      <HeaderList
        // What was revealed of one delivery stays masked in the next.
        key={delivery.id}
        rawHeaders={delivery.rawHeaders}
        label="Request headers"
        atMs={delivery.receivedAtMs}
        parsed={order === 'parsed'}
        isCredential={isCredential}
        revealed={shown}
      />
      {delivery.rawTrailers.length > 0 && (
        <section className="flex flex-col gap-2">
          <h3 className="text-sm font-semibold text-ink-2">Trailers</h3>
          <HeaderList
            rawHeaders={delivery.rawTrailers}
            label="Trailers"
            isCredential={isCredential}
            revealed={shown}
          />
        </section>
      )}
      <Facts delivery={delivery} target={target} />
    </div>
  )
}
