import { useState } from 'react'
import type { Delivery } from '#contract/delivery.ts'
import type { ClientCertificate } from '#contract/listener-tls.ts'
import { Segments } from '#renderer/controls/choice.tsx'
import { CopyTextButton } from '#renderer/controls/copy-button.tsx'
import { useSchemes } from '#renderer/endpoints/use-endpoints.ts'
import { formatBytes, formatDuration, formatLocal } from '#renderer/words/format.ts'
import { visibleStart } from '#renderer/words/visible-text.ts'
import { isCredentialHeader } from './credential-headers.ts'
import { HeaderList } from './header-list.tsx'

function Facts({ delivery }: { delivery: Delivery }) {
  const { receivedAtMs, completedAtMs, announcedByteLength, bodyByteLength } = delivery
  const facts: [string, string][] = [
    ['Received', formatLocal(receivedAtMs)],
    ['Read in', formatDuration(completedAtMs - receivedAtMs)],
    ['From', `${delivery.remoteAddress}:${delivery.remotePort}`],
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

/** What the sender presented in the TLS handshake. */
function certificateFacts(shown: ClientCertificate): [string, string][] {
  const name = (text: string) => visibleStart(text === '' ? 'without a name' : text, 500)
  return [
    ['Client certificate', shown.authorized ? 'good' : `not good: ${shown.problem ?? ''}`],
    ['Its subject', name(shown.subject)],
    ['Its issuer', name(shown.issuer)],
    ['Its SHA-256', visibleStart(shown.fingerprint256, 120)],
    ['It counts', visibleStart(`${shown.validFrom} to ${shown.validTo}`, 120)],
  ]
}

/** The request without its body: request line, every header in order, trailers, and facts. */
export function HeadersTab({ delivery }: { delivery: Delivery }) {
  const { schemeId } = delivery.verification
  const scheme = useSchemes().find(({ id }) => id === schemeId)
  const line = `${delivery.method} ${delivery.target} HTTP/${delivery.httpVersion}`
  const [order, setOrder] = useState<'raw' | 'parsed'>('raw')
  const all = delivery.rawHeaders.map(([name, value]) => `${name}: ${value}`).join('\r\n')
  return (
    <div className="flex flex-col gap-5">
      <div className="flex items-start gap-2">
        <p className="wire min-w-0 flex-1 rounded-md border border-line bg-sunken px-2.5 py-1.5 break-all">
          {visibleStart(line, 8192)}
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
        <CopyTextButton text={`${line}\r\n${all}`}>Copy all</CopyTextButton>
      </div>
      <HeaderList
        // What was revealed of one delivery stays masked in the next.
        key={delivery.id}
        rawHeaders={delivery.rawHeaders}
        label="Request headers"
        atMs={delivery.receivedAtMs}
        parsed={order === 'parsed'}
        isCredential={(header) => isCredentialHeader(header, scheme)}
      />
      {delivery.rawTrailers.length > 0 && (
        <section className="flex flex-col gap-2">
          <h3 className="text-sm font-semibold text-ink-2">Trailers</h3>
          <HeaderList rawHeaders={delivery.rawTrailers} label="Trailers" />
        </section>
      )}
      <Facts delivery={delivery} />
    </div>
  )
}
